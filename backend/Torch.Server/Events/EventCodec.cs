using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Rules;
using Torch.EventStore;

namespace Torch.Server.Events;

/// <summary>
/// Between the domain's events and the log's bytes. Names and shapes are on disk: a change to them needs an upcaster, and a test
/// holds them against a committed snapshot.
/// </summary>
public static class EventCodec
{
    private sealed record Entry(string Alias, JsonTypeInfo Shape);

    private static readonly FrozenDictionary<Type, Entry> ByType = EventJson
        .EventTypes.Select(t => (Type: t, Entry: new Entry(EventAlias.Of(t.Name), RowFacts.Shape(t))))
        .ToFrozenDictionary(e => e.Type, e => e.Entry);

    private static readonly FrozenDictionary<string, Entry> ByAlias = ByType.Values.ToFrozenDictionary(
        e => e.Alias,
        StringComparer.Ordinal
    );

    /// <summary>Every alias that this version can read.</summary>
    public static IReadOnlyCollection<string> Aliases => ByAlias.Keys;

    /// <summary>The name of an event type on disk.</summary>
    public static string AliasOf<TEvent>()
        where TEvent : IEvent => AliasOf(typeof(TEvent));

    /// <inheritdoc cref="AliasOf{TEvent}"/>
    public static string AliasOf(Type @event) => ByType[@event].Alias;

    /// <summary>An event as the log takes it.</summary>
    /// <param name="id">UUIDv7, or derived from something stable where a repeat must be recognised.</param>
    public static EventData Encode(IEvent @event, Guid id, EventMetadata? metadata = null)
    {
        var entry = ByType[@event.GetType()];
        return new EventData(id, entry.Alias, Bytes(@event, entry.Shape), metadata);
    }

    /// <summary>
    /// The event, or null for a type that this version does not know: such events are carried along, not lost. An observation's check,
    /// and the time of a report that gave none, are in its row only.
    /// </summary>
    /// <exception cref="JsonException">The type is known, but its data is not of that shape.</exception>
    public static IEvent? Decode(string type, ReadOnlySpan<byte> data) => Decode(type, data, Upcasters.Current);

    /// <inheritdoc cref="Decode(string, ReadOnlySpan{byte})"/>
    /// <param name="upcasters">The old shapes that can be read too.</param>
    public static IEvent? Decode(string type, ReadOnlySpan<byte> data, Upcasters upcasters)
    {
        if (!ByAlias.TryGetValue(type, out var entry))
            return null;
        return (IEvent?)JsonSerializer.Deserialize(upcasters.Lift(type, data) ?? data, entry.Shape)
            ?? throw new JsonException("an event is not null");
    }

    /// <summary>As <see cref="Decode(string, ReadOnlySpan{byte})"/>, with what only its row says.</summary>
    public static IEvent? Decode(RecordedEvent recorded) =>
        RowFacts.PutBack(Decode(recorded.Type, recorded.Data.Span), recorded.StreamId, recorded.Timestamp);

    /// <summary>As <see cref="Decode(RecordedEvent)"/>, with null also for data that cannot be read.</summary>
    /// <param name="fault">Why it cannot be read, or null.</param>
    public static IEvent? TryDecode(RecordedEvent recorded, out JsonException? fault)
    {
        fault = null;
        try
        {
            return Decode(recorded);
        }
        catch (JsonException exception)
        {
            fault = exception;
            return null;
        }
    }

    private static byte[] Bytes(IEvent @event, JsonTypeInfo shape) =>
        JsonSerializer.SerializeToUtf8Bytes(RowFacts.TakeOut(@event), shape);

    /// <summary>Rules as the read tables hold them.</summary>
    public static byte[] Write(RuleSet rules) => JsonSerializer.SerializeToUtf8Bytes(rules, EventJson.Default.RuleSet);

    /// <summary>A check's settings as the read tables hold them.</summary>
    public static byte[] Write(CheckSettings settings) =>
        JsonSerializer.SerializeToUtf8Bytes(settings, EventJson.Default.CheckSettings);

    /// <summary>A channel's settings as the read tables hold them.</summary>
    public static byte[] Write(Domain.Notices.ChannelSettings settings) =>
        JsonSerializer.SerializeToUtf8Bytes(settings, EventJson.Default.ChannelSettings);

    /// <inheritdoc cref="Write(Domain.Notices.ChannelSettings)"/>
    public static Domain.Notices.ChannelSettings ChannelSettings(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EventJson.Default.ChannelSettings)
        ?? throw new JsonException("a channel's settings are not null");

    /// <summary>A notice rule's settings as the read tables hold them.</summary>
    public static byte[] Write(Domain.Notices.NoticeRuleSettings settings) =>
        JsonSerializer.SerializeToUtf8Bytes(settings, EventJson.Default.NoticeRuleSettings);

    /// <inheritdoc cref="Write(Domain.Notices.NoticeRuleSettings)"/>
    public static Domain.Notices.NoticeRuleSettings NoticeRuleSettings(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EventJson.Default.NoticeRuleSettings)
        ?? throw new JsonException("a rule's settings are not null");

    /// <summary>A status page's settings as the read tables hold them.</summary>
    public static byte[] Write(Domain.StatusPages.StatusPageSettings settings) =>
        JsonSerializer.SerializeToUtf8Bytes(settings, EventJson.Default.StatusPageSettings);

    /// <inheritdoc cref="Write(Domain.StatusPages.StatusPageSettings)"/>
    public static Domain.StatusPages.StatusPageSettings StatusPageSettings(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EventJson.Default.StatusPageSettings)
        ?? throw new JsonException("a status page's settings are not null");

    /// <summary>The explanation of a transition as the read tables hold it.</summary>
    public static byte[] Write(Domain.Nodes.Why why) => JsonSerializer.SerializeToUtf8Bytes(why, EventJson.Default.Why);

    /// <summary>What marks a node as the read tables hold it.</summary>
    public static byte[] Write(Domain.Nodes.Marks marks) =>
        JsonSerializer.SerializeToUtf8Bytes(marks, EventJson.Default.Marks);

    /// <inheritdoc cref="Write(Domain.Nodes.Marks)"/>
    public static Domain.Nodes.Marks Marks(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EventJson.Default.Marks) ?? throw new JsonException("marks are not null");

    /// <summary>When a maintenance window is open, as the read tables hold it.</summary>
    public static byte[] Write(Domain.Maintenance.MaintenanceSchedule schedule) =>
        JsonSerializer.SerializeToUtf8Bytes(schedule, EventJson.Default.MaintenanceSchedule);

    /// <inheritdoc cref="Write(Domain.Maintenance.MaintenanceSchedule)"/>
    public static Domain.Maintenance.MaintenanceSchedule MaintenanceSchedule(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EventJson.Default.MaintenanceSchedule)
        ?? throw new JsonException("a schedule is not null");

    /// <summary>A service period as the read tables hold it.</summary>
    public static byte[] Write(Domain.Nodes.ServicePeriod period) =>
        JsonSerializer.SerializeToUtf8Bytes(period, EventJson.Default.ServicePeriod);

    /// <inheritdoc cref="Write(Domain.Nodes.ServicePeriod)"/>
    public static Domain.Nodes.ServicePeriod ServicePeriod(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EventJson.Default.ServicePeriod)
        ?? throw new JsonException("a service period is not null");

    /// <inheritdoc cref="Write(RuleSet)"/>
    public static RuleSet Rules(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EventJson.Default.RuleSet) ?? RuleSet.Empty;

    /// <inheritdoc cref="Write(CheckSettings)"/>
    public static CheckSettings Settings(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EventJson.Default.CheckSettings)
        ?? throw new JsonException("a check's settings are not null");

    /// <inheritdoc cref="Write(Domain.Nodes.Why)"/>
    public static Domain.Nodes.Why Why(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EventJson.Default.Why)
        ?? throw new JsonException("an explanation is not null");
}
