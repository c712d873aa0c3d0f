namespace Torch.Cli.Watching;

/// <summary>Lines that stay where they are on a screen: only those that differ are written again.</summary>
internal sealed class ScreenLines(Terminal terminal)
{
    private IReadOnlyList<string> _drawn = [];

    public void Draw(IReadOnlyList<string> lines)
    {
        var fitting = Fit(lines);
        if (_drawn.Count > 0)
            terminal.Output.Write($"\e[{_drawn.Count}A");
        for (var i = 0; i < fitting.Count; i++)
            terminal.Output.Write(i < _drawn.Count && fitting[i] == _drawn[i] ? "\n" : $"\r{fitting[i]}\e[K\n");
        if (fitting.Count < _drawn.Count)
            terminal.Output.Write("\e[J");
        terminal.Output.Flush();
        _drawn = fitting;
    }

    // What has scrolled away cannot be drawn again.
    private List<string> Fit(IReadOnlyList<string> lines)
    {
        // A terminal that was never told its size has none.
        var rows = (terminal.Size().Rows is > 2 and var known ? known : 25) - 1;
        return lines.Count <= rows
            ? [.. lines]
            : [.. lines.Take(rows - 1), $"... and {lines.Count - rows + 1} more (torch watch --problems shows less)"];
    }
}
