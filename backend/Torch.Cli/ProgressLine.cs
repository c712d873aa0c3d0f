using System.Globalization;

namespace Torch.Cli;

/// <summary>A bar that is drawn again and again on standard error; only at a screen, elsewhere it would be in the way.</summary>
internal sealed class ProgressLine(Terminal terminal)
{
    private const int Width = 30;
    private int _said;

    /// <param name="share">0 to 1.</param>
    /// <param name="rest">What stands behind the bar.</param>
    public void Show(double share, string rest)
    {
        if (!terminal.ErrorIsScreen)
            return;
        var line = Bar(share) + "  " + rest;
        terminal.Error.Write("\r" + line.PadRight(_said));
        terminal.Error.Flush();
        _said = line.Length;
    }

    /// <summary>Leaves an empty line for the result.</summary>
    public void Clear()
    {
        if (_said > 0)
            terminal.Error.Write("\r" + new string(' ', _said) + "\r");
        _said = 0;
    }

    private static string Bar(double share)
    {
        var full = (int)(Math.Clamp(share, 0, 1) * Width);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{new string('#', full)}{new string('.', Width - full)}] {share, 6:P0}"
        );
    }
}
