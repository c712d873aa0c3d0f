using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Torch.Server.Http;
using static Torch.Server.Importing.Loose;

namespace Torch.Server.Importing;

/// <summary>
/// A table with a header: <c>name</c>, <c>group</c> (a path with slashes), <c>kind</c>, <c>target</c> (a URL, host or host:port; of a report
/// or heartbeat its source), <c>interval</c>, <c>timeout</c>, <c>tags</c> (with spaces between), <c>weight</c>. Only name and target are needed.
/// </summary>
internal static class CsvImport
{
    private static readonly string[] Known =
    [
        "name",
        "group",
        "kind",
        "target",
        "interval",
        "timeout",
        "tags",
        "weight",
    ];

    public static Imported Read(string text, string root)
    {
        var builder = new ImportBuilder(root);
        var rows = Records(text.TrimStart('\uFEFF')).ToList();
        var header = rows.FirstOrDefault()?.ConvertAll(h => h.Trim().ToLowerInvariant()) ?? [];
        foreach (var missing in (string[])["name", "target"])
            if (!header.Contains(missing))
                throw Refused($"the header has no column {missing}; it reads {string.Join(", ", Known)}");
        foreach (var other in header.Except(Known).Where(h => h.Length > 0))
            builder.Left.Add($"the column {other}");
        foreach (var (row, i) in rows.Skip(1).Select((r, i) => (r, i)).Where(r => r.r is not [""]))
            if (row.Count > header.Count && row.Skip(header.Count).Any(f => f.Trim().Length > 0))
                builder.Left.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"row {i + 2}: it has {row.Count} fields and the header {header.Count}; a separator within a field needs quotation marks around the field"
                    )
                );
            else
                Row(builder, Of(header, row), i + 2);
        return builder.Done();
    }

    private static FaultException Refused(string what) => new(Fault.Invalid("/text", $"this is no such table: {what}"));

    private static JsonObject Of(List<string> header, List<string> row)
    {
        var whole = new JsonObject();
        foreach (var (name, value) in header.Zip(row))
            whole.TryAdd(name, value.Trim());
        return whole;
    }

    private static void Row(ImportBuilder builder, JsonObject row, int line)
    {
        var (name, target) = (row.Text("name"), row.Text("target"));
        if (name is null || target is null)
        {
            builder.Left.Add(string.Create(CultureInfo.InvariantCulture, $"row {line}: it has no name or no target"));
            return;
        }
        var check = Check(row.Text("kind")?.ToLowerInvariant() ?? Guess(target), target);
        if (check is null)
        {
            builder.Left.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"row {line}, {name}: no check of the kind {row.Text("kind")} for {target}"
                )
            );
            return;
        }
        if (check.Text("kind") is not "report")
            check["interval"] = row.Text("interval") ?? "1m";
        if (check.Text("kind") is not ("report" or "heartbeat") && row.Text("timeout") is { } timeout)
            check["timeout"] = timeout;
        var group = builder.Root;
        foreach (
            var step in (row.Text("group") ?? "").Split(
                '/',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
            group = builder.Group(group, step);
        var tags = Texts(
            (row.Text("tags") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)
        );
        builder.Leaf(
            group,
            name,
            check,
            Whole(
                ("tags", tags.Count > 0 ? tags : null),
                ("weight", row.Number("weight") is { } weight ? (decimal)weight : null)
            )
        );
    }

    private static string Guess(string target) =>
        target.StartsWith("http://", StringComparison.Ordinal)
        || target.StartsWith("https://", StringComparison.Ordinal)
            ? "http"
        : Address(target) is not null ? "tcp"
        : "icmp";

    private static JsonObject? Check(string kind, string target) =>
        kind switch
        {
            "http" => Whole(("kind", kind), ("http", Whole(("url", target)))),
            "tcp" when Address(target) is var (host, port) => Whole(
                ("kind", kind),
                ("tcp", Whole(("host", host), ("port", port)))
            ),
            "tls" when Address(target, 443) is var (host, port) => Whole(
                ("kind", kind),
                ("tls", Whole(("host", host), ("port", port)))
            ),
            "icmp" or "ping" => Whole(("kind", "icmp"), ("icmp", Whole(("host", target)))),
            "dns" => Whole(("kind", kind), ("dns", Whole(("name", target)))),
            "report" or "heartbeat" => Whole(("kind", kind), ("source", target)),
            _ => null,
        };

    // RFC 4180; a semicolon or a tab separates where the header has no comma. A line ends with LF, CRLF or CR.
    private static IEnumerable<List<string>> Records(string text)
    {
        var first = text.Split('\n', '\r')[0];
        var separator = first.FirstOrDefault(c => c is ',' or ';' or '\t', ',');
        if (first.Contains(',', StringComparison.Ordinal))
            separator = ',';
        var (record, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                field.Append(text[i++]);
            else if (c == '"' && (isQuoted || string.IsNullOrWhiteSpace(field.ToString())))
            {
                if (!isQuoted)
                    field.Clear();
                isQuoted = !isQuoted;
            }
            else if (isQuoted || (c != separator && c is not ('\n' or '\r')))
                field.Append(c);
            else if (c == separator)
                Close();
            else if (c == '\n' || i + 1 == text.Length || text[i + 1] != '\n')
            {
                Close();
                yield return record;
                record = [];
            }
        }
        if (isQuoted)
            throw Refused("a quotation mark that was opened is not closed");
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
