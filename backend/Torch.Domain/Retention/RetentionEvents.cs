namespace Torch.Domain.Retention;

/// <summary>What a partition of the telemetry came to is kept: it may go.</summary>
/// <param name="FromPosition">Inclusive.</param>
/// <param name="ToPosition">Exclusive.</param>
/// <param name="FirstTime">Null, as <paramref name="LastTime"/>, where it held nothing.</param>
/// <param name="Events">How many observations and ticks it held.</param>
/// <param name="Rollups">How many rollup rows its observations came to.</param>
/// <param name="RollupsSha256">Over those rows; lower-case hex.</param>
/// <param name="Archive">Null where none was asked for.</param>
public sealed record PartitionSealed(
    string Partition,
    long FromPosition,
    long ToPosition,
    DateTimeOffset? FirstTime,
    DateTimeOffset? LastTime,
    long Events,
    long Rollups,
    string RollupsSha256,
    ArchiveFile? Archive
) : IEvent;

/// <summary>A file that holds a partition's events.</summary>
/// <param name="Sha256">Of the file; lower-case hex.</param>
public sealed record ArchiveFile(string Name, long Bytes, string Sha256);

/// <summary>A sealed partition is gone.</summary>
public sealed record PartitionDropped(string Partition, long FromPosition, long ToPosition) : IEvent;
