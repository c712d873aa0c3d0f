using System.Text.Json;

namespace Torch.Cli.Tests;

/// <summary>What a command printed, as JSON.</summary>
internal static class JsonLines
{
    /// <summary>A value for each line; what is none fails.</summary>
    public static IReadOnlyList<JsonElement> Lines(this string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    /// <summary>A member that is text.</summary>
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
