using System.Text.Json;

namespace Torch.EventStore;

/// <summary>An event's headers as the <c>headers</c> column holds them: one object of strings.</summary>
internal static class HeadersJson
{
    public static string? Write(EventMetadata? metadata) =>
        metadata?.Headers is { Count: > 0 } headers ? JsonSerializer.Serialize(headers) : null;

    public static IReadOnlyDictionary<string, string> Read(string json) =>
        JsonSerializer
            .Deserialize<Dictionary<string, JsonElement>>(json)!
            .ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
}
