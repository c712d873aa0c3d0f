using Torch.EventStore.Retention;

namespace Torch.Server.Retaining;

/// <summary>Where a fold of the log stands.</summary>
internal sealed record FoldAt(string Name, long Position);

/// <summary>Somebody needs raw observations.</summary>
internal sealed record RetentionHold(string Name, DateTimeOffset? FromTime, long? FromPosition, string Reason);

/// <summary>Events of a partition that a fold has parked.</summary>
internal sealed record ParkedIn(string Partition, string Fold, long Events);

/// <summary>What the rules judge by.</summary>
/// <param name="Now">By the log's clock or the wall's, whichever is behind: a clock that stepped ahead alone ages nothing.</param>
internal sealed record RetentionFacts(
    DateTimeOffset Now,
    IReadOnlyList<TelemetryPartition> Partitions,
    IReadOnlyList<FoldAt> Folds,
    IReadOnlyList<RetentionHold> Holds,
    IReadOnlyList<ParkedIn> Parked
);

/// <summary>Why a partition stays.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Detail">For people.</param>
public sealed record KeptReason(string Code, string Detail);

/// <summary>What is to become of a partition.</summary>
/// <param name="IsDue">It is too old, or the telemetry too large.</param>
/// <param name="Kept">Empty when it goes.</param>
internal sealed record PartitionVerdict(TelemetryPartition Partition, bool IsDue, IReadOnlyList<KeptReason> Kept)
{
    public bool Goes => Kept.Count == 0;
}

/// <summary>Which partitions may go. Pure; oldest first, and none before an older one.</summary>
internal static class RetentionRules
{
    public static IReadOnlyList<PartitionVerdict> Judge(RetentionPolicy policy, RetentionFacts facts)
    {
        var verdicts = new List<PartitionVerdict>();
        var excess = facts.Partitions.Sum(p => p.Bytes) - (policy.Bytes ?? long.MaxValue);
        foreach (var partition in facts.Partitions)
        {
            var isDue = partition.Contents is { } contents && (IsOld(policy, facts, contents) || excess > 0);
            var kept = isDue ? Reasons(policy, facts, partition, verdicts) : [NotDue(policy, partition)];
            verdicts.Add(new PartitionVerdict(partition, isDue, kept));
            if (kept.Count == 0)
                excess -= partition.Bytes;
        }
        return verdicts;
    }

    private static bool IsOld(RetentionPolicy policy, RetentionFacts facts, PartitionContents contents) =>
        policy.Age is { } age && facts.Now - Newest(contents) > age;

    private static DateTimeOffset Newest(PartitionContents contents) => contents.Last?.Time ?? contents.ClosedAt;

    private static KeptReason NotDue(RetentionPolicy policy, TelemetryPartition partition) =>
        partition.Contents is null ? new("in_use", "It takes events, or will.")
        : policy.Age is null ? new("retained", "Observations are not kept by age.")
        : new("retained", $"Its newest event is younger than {policy.Age.Value.TotalDays:0.#} days.");

    private static List<KeptReason> Reasons(
        RetentionPolicy policy,
        RetentionFacts facts,
        TelemetryPartition partition,
        IReadOnlyList<PartitionVerdict> older
    )
    {
        var reasons = new List<KeptReason>();
        var newest = Newest(partition.Contents!);
        if (facts.Now - newest < policy.LateWindow)
            reasons.Add(
                new(
                    "late_window",
                    $"Its newest event is younger than {policy.LateWindow.TotalHours:0.##} hours: late observations may still belong to it."
                )
            );
        foreach (var fold in facts.Folds.Where(f => f.Position < partition.Contents!.Last?.Position))
            reasons.Add(new("behind", $"{fold.Name} stands at {fold.Position} and has not read all of it."));
        foreach (
            var parked in facts.Parked.Where(p => string.Equals(p.Partition, partition.Name, StringComparison.Ordinal))
        )
            reasons.Add(new("parked", $"{parked.Events} of its events wait for {parked.Fold}."));
        foreach (var hold in facts.Holds.Where(h => h.FromTime <= newest || h.FromPosition < partition.ToPosition))
            reasons.Add(new("held", $"{hold.Name}: {hold.Reason}"));
        if (reasons.Count == 0 && older.FirstOrDefault(v => !v.Goes) is { } first)
            reasons.Add(new("after_kept", $"{first.Partition.Name}, which is older, stays."));
        return reasons;
    }
}
