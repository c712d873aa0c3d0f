namespace Torch.Contracts;

/// <summary>One page of a list.</summary>
/// <param name="Next">An opaque cursor; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, long Position);

/// <summary>What a command answers.</summary>
/// <param name="Position">Pass it as <c>minPosition</c> to read your own write.</param>
/// <param name="Version">The stream's version, also the ETag.</param>
public sealed record Accepted(Guid Id, long Position, long Version);

/// <summary>What the overview draws for one node, beside its status.</summary>
/// <param name="Heartbeat">One status per bucket, oldest first; null where there is no data.</param>
/// <param name="Response">Mean response per bucket in ms; null where there is no data. Leaves with a probe only.</param>
/// <param name="P95">Of the last hour, in ms.</param>
/// <param name="Uptime">Percent of the last 30 days; null without data.</param>
public sealed record NodeHistory(
    Guid NodeId,
    IReadOnlyList<string?> Heartbeat,
    IReadOnlyList<double?>? Response,
    double? P95,
    decimal? Uptime
);

/// <summary>History of every node, in one answer, for the overview.</summary>
public sealed record Overview(
    DateTimeOffset From,
    DateTimeOffset To,
    TimeSpan Bucket,
    IReadOnlyList<NodeHistory> Nodes,
    long Position
);

/// <summary>What Torch knows of itself.</summary>
/// <param name="Workspace">The name shown beside the brand.</param>
/// <param name="Agents">Names of live agents.</param>
/// <param name="Warnings">What somebody should look at; empty when all is well.</param>
public sealed record SystemView(
    string Version,
    string Workspace,
    long Head,
    IReadOnlyDictionary<string, long> Checkpoints,
    IReadOnlyList<string> Agents,
    DateTimeOffset StartedAt,
    StorageView Storage,
    IReadOnlyList<SystemWarning> Warnings
);

/// <summary>What the log takes on disk, in bytes, with its indexes.</summary>
/// <param name="DatabaseBytes">The whole database, read tables included.</param>
public sealed record StorageView(long JournalBytes, long TelemetryBytes, long DatabaseBytes);

/// <summary>Something that somebody should look at.</summary>
/// <param name="Code">A stable word: <c>held-snapshot</c>, <c>clock-behind</c>, <c>parked</c>, <c>projection-behind</c>, <c>evaluator-behind</c>, <c>unknown-events</c>.</param>
/// <param name="Message">What it is and what it does, for people.</param>
public sealed record SystemWarning(string Code, string Message);

/// <summary>An event as the audit trail shows it.</summary>
public sealed record EventView(
    long Position,
    Guid Id,
    string Log,
    string Type,
    Guid StreamId,
    long Version,
    DateTimeOffset Timestamp,
    string? Actor,
    string? Reason,
    System.Text.Json.JsonElement Data
);
