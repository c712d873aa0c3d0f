using Torch.Contracts;
using Torch.EventStore.Retention;
using Torch.Server.Retaining;

namespace Torch.Server.Features.Retention;

internal static class RetentionMapping
{
    public static RetentionView View(IRetentionStatus status, RetentionOutcome outcome) =>
        new(
            status.Policy.Age,
            status.Policy.Bytes,
            status.Policy.Archive,
            status.Latest?.At,
            outcome.Partitions.Sum(p => p.Partition.Bytes),
            [.. outcome.Partitions.Select(View)],
            outcome.Dropped,
            outcome.IsUnfinished
        );

    private static PartitionView View(PartitionFate fate)
    {
        var (partition, contents) = (fate.Partition, fate.Partition.Contents);
        return new PartitionView(
            partition.Name,
            partition.FromPosition,
            partition.ToPosition,
            StateOf(partition),
            partition.Bytes,
            contents?.Rows,
            contents?.First?.Time,
            contents?.Last?.Time,
            contents?.ClosedAt,
            fate.IsDue,
            [.. fate.Kept.Select(k => new PartitionKept(k.Code, k.Detail))]
        );
    }

    private static string StateOf(TelemetryPartition partition) =>
        partition.State switch
        {
            PartitionState.Attached => "attached",
            PartitionState.Detaching => "detaching",
            _ => "detached",
        };
}
