namespace Torch.Domain.Slo;

/// <summary>How long a node was in each status since its first one, up to its last change.</summary>
/// <param name="At">Of the last change, in whole milliseconds.</param>
/// <param name="Status">From then on.</param>
public sealed record RunningTotals(DateTimeOffset At, string Status, IReadOnlyDictionary<string, long> Milliseconds)
{
    private static readonly SortedDictionary<string, long> Nothing = new(StringComparer.Ordinal);

    /// <summary>After a further change. Changes come in the order of time.</summary>
    /// <param name="known">Null before the first.</param>
    public static RunningTotals After(RunningTotals? known, StatusTaken change)
    {
        var at = Spans.Whole(change.At);
        return new(at, change.Status, known?.Until(at) ?? Nothing);
    }

    /// <summary>Milliseconds per status up to a moment, which is not before the last change.</summary>
    public IReadOnlyDictionary<string, long> Until(DateTimeOffset moment)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (status, milliseconds) in Milliseconds)
            sums[status] = milliseconds;
        sums[Status] = sums.GetValueOrDefault(Status) + new Span(At, moment).Milliseconds;
        return sums;
    }
}
