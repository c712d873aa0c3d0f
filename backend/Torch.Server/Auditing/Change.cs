using System.Text.Json;
using System.Text.Json.Nodes;

namespace Torch.Server.Auditing;

/// <summary>Reads out of an event's data what a subject has from then on: by name, null for what it no longer has.</summary>
internal static class Change
{
    public delegate IEnumerable<(string Name, JsonNode? Value)> Reader(JsonElement data);

    /// <summary>Members of the event, under their own names.</summary>
    public static Reader Members(params string[] names) => data => names.Select(n => (n, Of(data, n)));

    /// <summary>One thing that the event says by being there.</summary>
    public static Reader Fixed(string name, bool value) => _ => [(name, JsonValue.Create(value))];

    /// <summary>Several members as one thing; without members it is taken away.</summary>
    public static Reader Together(string name, params string[] members) => data => [(name, Object(data, members))];

    /// <summary>One of many in a stream that several subjects share: <c>parents/0192...</c>. Without members it is taken away.</summary>
    public static Reader Keyed(string owner, string name, string key, params string[] members) =>
        data => [($"{Text(data, owner)}/{name}/{Text(data, key)}", Object(data, members))];

    /// <summary>Each of its settings.</summary>
    public static IEnumerable<(string Name, JsonNode? Value)> Settings(JsonElement data) =>
        data.GetProperty("settings").EnumerateObject().Select(m => (m.Name, Node(m.Value)));

    /// <summary>The named settings of one of many in a stream that they share.</summary>
    public static Reader KeyedSettings(string owner, params string[] names) =>
        data => names.Select(n => ($"{Text(data, owner)}/{n}", Of(data.GetProperty("settings"), n)));

    /// <summary>One of many in a stream that they share is no more.</summary>
    public static Reader KeyedEnd(string owner, params string[] names) =>
        data => names.Select(n => ($"{Text(data, owner)}/{n}", (JsonNode?)null));

    /// <summary>Rules with their version.</summary>
    public static IEnumerable<(string Name, JsonNode? Value)> Published(JsonElement data) =>
        [("rules", Of(data, "rules")), ("rulesVersion", Of(data, "version"))];

    private static JsonNode? Object(JsonElement data, string[] members)
    {
        if (members.Length == 0)
            return null;
        var made = new JsonObject();
        foreach (var member in members)
            if (Of(data, member) is { } value)
                made[member] = value;
        return made;
    }

    private static JsonNode? Of(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) ? Node(value) : null;

    private static string Text(JsonElement data, string name) => data.GetProperty(name).GetString()!;

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
