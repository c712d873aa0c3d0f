namespace Torch.EventStore;

/// <summary>An event that is about to be appended.</summary>
/// <param name="Id">Unique per event; UUIDv7 unless the caller derives it from something stable.</param>
/// <param name="Type">The alias on disk, in Marten's form: <c>probe_completed</c> for ProbeCompleted.</param>
/// <param name="Data">One JSON object, UTF-8, camelCase. Must be acceptable to PostgreSQL's <c>jsonb</c> (no <c>\u0000</c>, no lone surrogates).</param>
/// <param name="Metadata">Who, why and cause. Stored for the journal only.</param>
public sealed record EventData(Guid Id, string Type, ReadOnlyMemory<byte> Data, EventMetadata? Metadata = null);

/// <summary>Who, why and cause of an event; Marten's three metadata columns.</summary>
/// <param name="CorrelationId">One id for everything that a request brought about.</param>
/// <param name="CausationId">The id of the event or command that caused this one.</param>
/// <param name="Headers">Further facts, such as <c>actor</c>, <c>origin</c> and <c>reason</c>.</param>
public sealed record EventMetadata(
    string? CorrelationId = null,
    string? CausationId = null,
    IReadOnlyDictionary<string, string>? Headers = null
);

/// <summary>An event as the log holds it.</summary>
/// <param name="Position">Its place in the one order of both logs. Commit order equals position order; positions may have gaps.</param>
/// <param name="Version">Its place in its stream, from 1.</param>
/// <param name="Timestamp">Written under the append lock; never decreases along positions. UTC.</param>
public sealed record RecordedEvent(
    Log Log,
    long Position,
    Guid Id,
    Guid StreamId,
    long Version,
    string Type,
    DateTimeOffset Timestamp,
    ReadOnlyMemory<byte> Data,
    EventMetadata? Metadata
);

/// <summary>A run of events in position order, as one statement saw it.</summary>
/// <param name="Events">Possibly empty.</param>
/// <param name="Through">Everything up to and including this position has been read: the next page starts after it.</param>
/// <param name="IsLive">True when the page reached the head of the log at the time of reading.</param>
public sealed record EventPage(IReadOnlyList<RecordedEvent> Events, long Through, bool IsLive);
