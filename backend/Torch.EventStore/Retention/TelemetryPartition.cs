namespace Torch.EventStore.Retention;

/// <summary>How a partition stands to the telemetry.</summary>
public enum PartitionState
{
    /// <summary>Part of it.</summary>
    Attached,

    /// <summary>On its way out, and not read any more: a DETACH CONCURRENTLY has begun and not ended.</summary>
    Detaching,

    /// <summary>Out: a table of its own, to be dropped.</summary>
    Detached,
}

/// <summary>A partition of the telemetry as the catalogue knows it.</summary>
/// <param name="FromPosition">Inclusive.</param>
/// <param name="ToPosition">Exclusive.</param>
/// <param name="Bytes">On disk, with its indexes.</param>
/// <param name="Contents">Null until it is closed: no position of it can be drawn any more.</param>
public sealed record TelemetryPartition(
    string Name,
    long FromPosition,
    long ToPosition,
    PartitionState State,
    long Bytes,
    PartitionContents? Contents
);

/// <summary>What a closed partition holds.</summary>
/// <param name="First">Null, as <paramref name="Last"/>, where it holds nothing.</param>
public sealed record PartitionContents(DateTimeOffset ClosedAt, long Rows, EventAt? First, EventAt? Last);

/// <summary>A place in the log and its time.</summary>
public sealed record EventAt(long Position, DateTimeOffset Time);
