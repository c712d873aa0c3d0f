using Torch.Contracts;

namespace Torch.Agent.Spool;

/// <summary>Finds what damage has taken: within a life every offset was given to a result, so one that lacks was lost.</summary>
internal static class SpoolHoles
{
    /// <summary>One gap over everything that lacks in a span of offsets; null where nothing does.</summary>
    /// <param name="records">Those that are there, in order.</param>
    /// <param name="after">The offset before the span.</param>
    /// <param name="drops">What was dropped on purpose explains what lacks between its ends.</param>
    /// <param name="began">When the life began.</param>
    public static ResultGap? Find(
        IReadOnlyList<SpoolRecord> records,
        long after,
        long to,
        IReadOnlyList<SpoolDrop> drops,
        DateTimeOffset began,
        DateTimeOffset now
    )
    {
        var (lost, from, until) = (0L, began, now);
        var (last, lastAt) = (after, began);
        for (var i = 0; i <= records.Count; i++)
        {
            var (next, nextAt) = i < records.Count ? (records[i].Offset, records[i].At) : (to + 1, now);
            var lacking = next - last - 1 - Explained(last + 1, next - 1, drops);
            if (lacking > 0)
            {
                from = lost == 0 ? lastAt : from;
                until = nextAt;
                lost += lacking;
            }
            (last, lastAt) = (next, nextAt);
        }
        return lost == 0 ? null : new ResultGap(null, from, until > from ? until : from, lost, GapReasons.Damaged);
    }

    private static long Explained(long first, long last, IReadOnlyList<SpoolDrop> drops) =>
        first > last
            ? 0
            : drops
                .DistinctBy(drop => drop.Last)
                .Sum(drop => Math.Max(0, Math.Min(last, drop.Last) - Math.Max(first, drop.First) + 1));
}
