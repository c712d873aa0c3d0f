using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.EventStore;

namespace Torch.Server.Auditing;

/// <summary>What a change found and what it left.</summary>
/// <param name="Name">The subject's name then, where its own stream says it.</param>
internal sealed record ChangeEffect(JsonObject? Before, JsonObject? After, string? Name);

/// <summary>Folds one stream of changes, and says of each what was before it and after.</summary>
internal sealed class ChangeFold
{
    private readonly SortedDictionary<string, JsonNode?> _state = new(StringComparer.Ordinal);
    private HashSet<string> _settings = new(StringComparer.Ordinal);

    /// <summary>Null for an event that is no change.</summary>
    public ChangeEffect? Next(RecordedEvent recorded)
    {
        if (!ChangeCatalog.Forms.TryGetValue(recorded.Type, out var form))
            return null;
        var name = Name;
        if (form.Read is not { } read)
            return new(End(), null, name);
        var (before, after) = (new JsonObject(), new JsonObject());
        var given = read(JsonSerializer.Deserialize<JsonElement>(recorded.Data.Span)).ToList();
        foreach (var (key, value) in form.Read == Change.Settings ? given.Concat(Dropped(given)) : given)
            Note(key, value, before, after);
        return new(before.Count > 0 ? before : null, after.Count > 0 ? after : null, Name ?? name);
    }

    // Settings come as a whole: what they no longer name is gone.
    private IEnumerable<(string, JsonNode?)> Dropped(IEnumerable<(string Name, JsonNode? Value)> given)
    {
        var former = _settings;
        _settings = [.. given.Select(g => g.Name)];
        return former.Except(_settings, StringComparer.Ordinal).Select(name => (name, (JsonNode?)null));
    }

    private void Note(string key, JsonNode? value, JsonObject before, JsonObject after)
    {
        var was = _state.GetValueOrDefault(key);
        if (JsonNode.DeepEquals(was, value))
            return;
        var shown = Shown(key);
        if (was is not null)
            before[shown] = was.DeepClone();
        after[shown] = value?.DeepClone();
        if (value is null)
            _state.Remove(key);
        else
            _state[key] = value;
    }

    private JsonObject? End()
    {
        var was = new JsonObject();
        foreach (var (key, value) in _state)
            was[Shown(key)] = value?.DeepClone();
        _state.Clear();
        return was.Count > 0 ? was : null;
    }

    // In a shared stream the owner stands in front, so that each has its own; it is the subject anyway.
    private static string Shown(string key) =>
        key.IndexOf('/', StringComparison.Ordinal) is var slash && slash < 0 ? key : key[(slash + 1)..].TrimStart('/');

    // A status page is called by its title.
    private string? Name =>
        (_state.GetValueOrDefault("name") ?? _state.GetValueOrDefault("title")) is { } name
        && name.GetValueKind() == JsonValueKind.String
            ? name.GetValue<string>()
            : null;
}
