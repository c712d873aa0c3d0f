using System.Text.Json;
using System.Text.Json.Nodes;

namespace Torch.Server.Events;

/// <summary>Reads one old shape of an event: what an older Torch wrote becomes what this one reads. The log itself never changes.</summary>
/// <param name="Alias">The event's name on disk, which is for ever.</param>
/// <param name="IsOld">Whether data has the old shape. An event carries no version: its shape must tell.</param>
/// <param name="Lift">From the old shape to the next one.</param>
public sealed record Upcaster(string Alias, Func<JsonObject, bool> IsOld, Func<JsonObject, JsonObject> Lift);

/// <summary>The old shapes that can be read. Several of one event are tried in their order, so each need only know its successor.</summary>
public sealed class Upcasters
{
    private readonly Dictionary<string, List<Upcaster>> _byAlias = new(StringComparer.Ordinal);

    public Upcasters(IEnumerable<Upcaster> upcasters)
    {
        foreach (var upcaster in upcasters)
            if (_byAlias.TryGetValue(upcaster.Alias, out var others))
                others.Add(upcaster);
            else
                _byAlias.Add(upcaster.Alias, [upcaster]);
    }

    /// <summary>Those of this version. No shape has changed yet. An event that is named here is parsed twice when it is read.</summary>
    public static Upcasters Current { get; } = new([]);

    /// <summary>The data in today's shape; null where it has that already.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public byte[]? Lift(string alias, ReadOnlySpan<byte> data)
    {
        if (!_byAlias.TryGetValue(alias, out var upcasters))
            return null;
        var reader = new Utf8JsonReader(data);
        if (JsonNode.Parse(ref reader) is not JsonObject json)
            throw new JsonException("an event's data is an object");
        var lifted = upcasters.Aggregate(json, (shape, u) => u.IsOld(shape) ? u.Lift(shape) : shape);
        return JsonSerializer.SerializeToUtf8Bytes(lifted, EventJson.Default.JsonObject);
    }
}
