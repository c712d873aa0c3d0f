namespace Torch.Cli.Watching;

/// <summary>How a status looks at a terminal: a shape and a word, and a colour where there are colours.</summary>
internal static class StatusLook
{
    private const string Plain = "\e[0m";

    private static readonly Dictionary<string, (char Shape, string Colour)> Looks = new(StringComparer.Ordinal)
    {
        ["up"] = ('●', "\e[32m"),
        ["degraded"] = ('▲', "\e[33m"),
        ["critical"] = ('■', "\e[35m"),
        ["down"] = ('⬣', "\e[31m"),
        ["expired"] = ('◆', "\e[36m"),
    };

    /// <summary><c>● up</c>.</summary>
    public static string Marked(string status, bool hasColour) =>
        Coloured(status, hasColour, $"{Shape(status)} {status}");

    public static char Shape(string status) => Looks.TryGetValue(status, out var look) ? look.Shape : '○';

    /// <summary>A text in a status's colour.</summary>
    public static string Coloured(string status, bool hasColour, string text)
    {
        if (!hasColour)
            return text;
        var colour = Looks.TryGetValue(status, out var look) ? look.Colour : "\e[90m";
        return colour + text + Plain;
    }
}
