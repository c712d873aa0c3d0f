namespace Torch.Contracts;

/// <summary>A read model: where it stands, what it could not fold, and whether it is being rebuilt.</summary>
/// <param name="Position">Its tables show the log up to here.</param>
/// <param name="LagEvents">Positions between that and the head of the log.</param>
/// <param name="LagSeconds">How long the oldest event that it has not folded has been in the log.</param>
/// <param name="ParkedStreams">Streams it does not fold, because one of their events could not be folded in three tries.</param>
/// <param name="ParkedEvents">Events of those streams.</param>
/// <param name="Waiting">Why nothing is folded at the moment; null while all goes on.</param>
/// <param name="Rebuild">The rebuild that goes on, or null.</param>
/// <param name="LastRebuild">How the last one ended, or null.</param>
public sealed record ProjectionView(
    string Name,
    long Position,
    long LagEvents,
    double LagSeconds,
    long ParkedStreams,
    long ParkedEvents,
    string? Waiting,
    RebuildView? Rebuild,
    RebuildEndView? LastRebuild
);

/// <summary>How far a rebuild is. The live tables are read as ever meanwhile.</summary>
/// <param name="Purpose"><c>swap</c>: it will take the place of the live tables; <c>verify</c>: it will be compared with them.</param>
/// <param name="EventsPerSecond">Positions of the log passed per second.</param>
/// <param name="Share">Of the log, from 0 to 1.</param>
/// <param name="TimeLeft">At this rate; null while there is none.</param>
/// <param name="Waiting">Why it does not go on; null while it does.</param>
public sealed record RebuildView(
    string Purpose,
    DateTimeOffset StartedAt,
    long Position,
    double EventsPerSecond,
    double Share,
    TimeSpan? TimeLeft,
    string? Waiting
);

/// <summary>How a rebuild ended.</summary>
/// <param name="Outcome"><c>swapped</c>, <c>cancelled</c>, <c>equal</c> or <c>different</c>.</param>
/// <param name="Position">Where the rebuilt tables stood then.</param>
/// <param name="LiveHash">SHA-256 of the live tables at that position, when they were compared; lower-case hex.</param>
/// <param name="RebuiltHash">SHA-256 of the rebuilt ones.</param>
/// <param name="DifferentTable">The first table that differs.</param>
/// <param name="DifferentKey">The primary key of its first row that differs.</param>
public sealed record RebuildEndView(
    string Outcome,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    long Position,
    string? LiveHash,
    string? RebuiltHash,
    string? DifferentTable,
    string? DifferentKey
);

/// <summary>A stream that a projection does not fold until somebody says so.</summary>
/// <param name="Log"><c>journal</c> or <c>telemetry</c>.</param>
/// <param name="Position">Of the event that could not be folded.</param>
/// <param name="Type">Its name.</param>
/// <param name="Events">How many wait, that one included.</param>
public sealed record ParkedStreamView(
    Guid StreamId,
    string Log,
    long Position,
    string Type,
    string Error,
    DateTimeOffset ParkedAt,
    long Events
);

/// <summary>A parked stream has been folded.</summary>
/// <param name="Events">How many waited.</param>
public sealed record ParkedRetried(long Events);
