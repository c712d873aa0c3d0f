using Torch.EventStore.Retention;

namespace Torch.Server.Retaining;

/// <summary>What became of a partition, or is to.</summary>
/// <param name="Kept">Why it stays; empty where it goes.</param>
public sealed record PartitionFate(TelemetryPartition Partition, bool IsDue, IReadOnlyList<KeptReason> Kept);

/// <summary>What a run of retention found and did.</summary>
/// <param name="Partitions">As they were found, oldest first.</param>
/// <param name="Dropped">Names of those that went, oldest first.</param>
/// <param name="IsUnfinished">Its time was up before its work was.</param>
public sealed record RetentionOutcome(
    DateTimeOffset At,
    IReadOnlyList<PartitionFate> Partitions,
    IReadOnlyList<string> Dropped,
    bool IsUnfinished
);

/// <summary>What retention last did, for those who show it.</summary>
public interface IRetentionStatus
{
    /// <summary>The settings.</summary>
    RetentionPolicy Policy { get; }

    /// <summary>The last run of this server; null before the first.</summary>
    RetentionOutcome? Latest { get; }

    /// <summary>What a run would do now.</summary>
    Task<RetentionOutcome> JudgeAsync(CancellationToken cancellationToken);
}
