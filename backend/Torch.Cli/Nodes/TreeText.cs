using System.Text.Json;
using Torch.Cli.Watching;

namespace Torch.Cli.Nodes;

/// <summary>A hierarchy as lines of text, each with its shape, name and status.</summary>
internal static class TreeText
{
    private static readonly string[] Fine = ["up", "paused", "maintenance"];

    /// <param name="problemsOnly">Only what is not well, with what stands above it.</param>
    public static IEnumerable<string> Lines(
        JsonElement node,
        bool hasColour,
        bool problemsOnly = false,
        string indent = ""
    )
    {
        if (problemsOnly && !HasProblem(node))
            yield break;
        var status = node.GetProperty("status").GetString()!;
        var shape = StatusLook.Coloured(status, hasColour, StatusLook.Shape(status).ToString());
        yield return $"{indent}{shape} {node.GetProperty("name").GetString()}  {StatusLook.Coloured(status, hasColour, status)}";
        foreach (var child in node.GetProperty("children").EnumerateArray())
        foreach (var line in Lines(child, hasColour, problemsOnly, indent + "  "))
            yield return line;
    }

    private static bool HasProblem(JsonElement node) =>
        !Fine.Contains(node.GetProperty("status").GetString())
        || node.GetProperty("children").EnumerateArray().Any(HasProblem);
}
