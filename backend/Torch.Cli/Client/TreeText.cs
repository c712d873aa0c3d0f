using System.Text.Json;

namespace Torch.Cli.Client;

/// <summary>A hierarchy as lines of text, each with its shape, status and name.</summary>
internal static class TreeText
{
    private static readonly Dictionary<string, char> Shapes = new(StringComparer.Ordinal)
    {
        ["up"] = '●',
        ["degraded"] = '▲',
        ["critical"] = '■',
        ["down"] = '⬣',
        ["expired"] = '◆',
    };

    public static IEnumerable<string> Lines(JsonElement node, string indent = "")
    {
        var status = node.GetProperty("status").GetString()!;
        yield return $"{indent}{Shapes.GetValueOrDefault(status, '○')} {node.GetProperty("name").GetString()}  {status}";
        foreach (var child in node.GetProperty("children").EnumerateArray())
        foreach (var line in Lines(child, indent + "  "))
            yield return line;
    }
}
