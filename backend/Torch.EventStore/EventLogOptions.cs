namespace Torch.EventStore;

/// <summary>Bounds of the log's writer and maintenance.</summary>
public sealed record EventLogOptions
{
    /// <summary>Requests that may wait for their turn; one more is refused with <see cref="LogBusyException"/>.</summary>
    public int MaxWaiting { get; init; } = 10_000;

    /// <summary>Bytes of event data that may wait.</summary>
    public long MaxWaitingBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Requests in one commit.</summary>
    public int MaxMembersPerCommit { get; init; } = 2_000;

    /// <summary>Bytes of event data in one commit; a single request may be larger.</summary>
    public long MaxBytesPerCommit { get; init; } = 8 * 1024 * 1024;

    /// <summary>Limit of a commit, of waiting for its lock, and of an idle transaction.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the writer tries to reach a database that is away before it answers that it is.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(1.2);

    /// <summary>Positions in one partition of the telemetry, at most: they are made to measure.</summary>
    public long PartitionWidth { get; init; } = 10_000_000;

    /// <summary>How often partitions are created ahead and expired keys are dropped.</summary>
    public TimeSpan MaintenanceInterval { get; init; } = TimeSpan.FromMinutes(1);
}
