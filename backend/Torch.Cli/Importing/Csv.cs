using System.Text;
using Torch.Domain.Importing;

namespace Torch.Cli.Importing;

/// <summary>Comma-separated values as RFC 4180 and PostgreSQL's <c>copy ... csv header</c> write them.</summary>
internal static class Csv
{
    /// <summary>The rows below the header; empty where the file is.</summary>
    public static IEnumerable<V1Row> Read(string text)
    {
        using var records = Records(text.TrimStart('\uFEFF')).GetEnumerator();
        if (!records.MoveNext())
            yield break;
        var header = records.Current;
        while (records.MoveNext())
            if (records.Current is not [""])
                yield return new(
                    header
                        .Zip(records.Current, (name, value) => KeyValuePair.Create(name.Trim(), (string?)value))
                        .DistinctBy(p => p.Key, StringComparer.OrdinalIgnoreCase)
                );
    }

    private static IEnumerable<List<string>> Records(string text)
    {
        var record = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
            switch (text[i])
            {
                case '"' when isQuoted && i + 1 < text.Length && text[i + 1] == '"':
                    field.Append(text[i++]);
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    Close();
                    break;
                case '\r' when !isQuoted && i + 1 < text.Length && text[i + 1] == '\n':
                    break;
                case '\n' when !isQuoted:
                    Close();
                    yield return record;
                    record = [];
                    break;
                default:
                    field.Append(text[i]);
                    break;
            }
        if (field.Length > 0 || record.Count > 0)
        {
            Close();
            yield return record;
        }

        void Close()
        {
            record.Add(field.ToString());
            field.Clear();
        }
    }
}
