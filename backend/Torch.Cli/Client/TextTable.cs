namespace Torch.Cli.Client;

/// <summary>Rows as lines, each column as wide as its widest cell.</summary>
internal static class TextTable
{
    public static IEnumerable<string> Lines(IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(head).ToList();
        var widths = Enumerable.Range(0, head.Count).Select(c => all.Max(row => row[c].Length)).ToList();
        return all.Select(row => string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd());
    }
}
