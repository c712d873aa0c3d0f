using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.EventStore;

namespace Torch.Server.Auth;

/// <summary>Hides secrets in events on their way out: what is encrypted, and in checks also what was stored before secrets were.</summary>
internal static class SecretMask
{
    private static readonly string[] Named = ["password", "bearer"];

    /// <summary>The event as it may be shown.</summary>
    public static RecordedEvent Masked(this RecordedEvent recorded) =>
        recorded.Log == Log.Journal && MayHold(recorded)
            ? recorded with
            {
                Data = JsonSerializer.SerializeToUtf8Bytes(Hide(JsonNode.Parse(recorded.Data.Span))),
            }
            : recorded;

    /// <summary>What a change found or left, as it may be shown.</summary>
    public static JsonObject? Masked(this JsonObject? shown) => (JsonObject?)Hide(shown);

    private static bool MayHold(RecordedEvent recorded) =>
        recorded.Type is "check_created" or "check_changed" || recorded.Data.Span.IndexOf("secret:v1:"u8) >= 0;

    private static JsonNode? Hide(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                    members[name] = IsSecret(name, value) ? Secrets.Mask : Hide(value?.DeepClone());
                return members;
            case JsonArray items:
                return new JsonArray([.. items.Select(i => Hide(i?.DeepClone()))]);
            case JsonValue value when value.TryGetValue<string>(out var text) && Secrets.IsProtected(text):
                return Secrets.Mask;
            default:
                return node;
        }
    }

    private static bool IsSecret(string name, JsonNode? value) =>
        value is JsonValue text
        && text.TryGetValue<string>(out _)
        && (Named.Contains(name, StringComparer.OrdinalIgnoreCase) || SecretHeaders.IsSecret(name));
}

/// <summary>Which headers of a request carry secrets, by their names.</summary>
internal static class SecretHeaders
{
    private static readonly string[] Whole = ["authorization", "proxy-authorization", "cookie"];
    private static readonly string[] Ends = ["key", "token", "secret", "password", "signature", "auth"];

    public static bool IsSecret(string name)
    {
        var words = name.ToLowerInvariant();
        return Whole.Contains(words) || (words.Contains('-') && Ends.Any(words.EndsWith));
    }
}
