using System.Runtime.InteropServices;

namespace Torch.Domain.Slo;

/// <summary>A node took a status.</summary>
/// <param name="Why">In words; only looked at where an outage begins.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StatusTaken(DateTimeOffset At, string Status, string? Why = null);

/// <summary>A span of time, its end left out.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Span(DateTimeOffset From, DateTimeOffset To)
{
    public long Milliseconds => Math.Max(0, (To - From).Ticks / TimeSpan.TicksPerMillisecond);
}

/// <summary>A span in one status.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StatusSpan(Span Span, string Status, string? Why);

/// <summary>
/// What statuses a node had over a window, as an objective counts them: cut at the edges of the window and of what is left out. Moments
/// are whole milliseconds, so the parts add up to the whole.
/// </summary>
public sealed class StatusTimeline
{
    private readonly IReadOnlyDictionary<string, Counting> _policy;
    private readonly IReadOnlyList<StatusSpan> _spans;
    private readonly IReadOnlyList<Span> _leftOut;

    /// <param name="changes">In the order of time; what held when the window began comes first. Before the first nothing is known.</param>
    /// <param name="leftOut">Exclusions and recorded gaps, in any order.</param>
    /// <param name="policy">How each status counts; one that is not there is left out.</param>
    public StatusTimeline(
        IEnumerable<StatusTaken> changes,
        Span window,
        IEnumerable<Span> leftOut,
        IReadOnlyDictionary<string, Counting> policy
    )
    {
        _policy = policy;
        _leftOut = Spans.Merge(leftOut, window);
        _spans = Cut(changes, window);
        Window = window;
    }

    public Span Window { get; }

    /// <summary>The parts of the window in their order, each in one status; times without data are in none.</summary>
    public IReadOnlyList<StatusSpan> Parts => _spans;

    /// <summary>What counts of a part of the window.</summary>
    public Tally Count(Span part)
    {
        var tally = default(Tally);
        foreach (var span in _spans)
            if (span.Span.From < part.To && span.Span.To > part.From)
                tally += Count(span, Spans.Within(span.Span, part));
        return tally;
    }

    /// <summary>Milliseconds in each status within the window, exclusions left out.</summary>
    public IReadOnlyDictionary<string, long> ByStatus()
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var span in _spans)
            sums[span.Status] = sums.GetValueOrDefault(span.Status) + Eligible(span.Span);
        return sums;
    }

    /// <summary>How a status counts.</summary>
    public Counting Of(string status) => _policy.GetValueOrDefault(status, Counting.Excluded);

    /// <summary>What of a span is not left out.</summary>
    public IEnumerable<Span> Without(Span span) => Spans.Without(span, _leftOut);

    private Tally Count(StatusSpan span, Span part)
    {
        var (whole, counts) = (part.Milliseconds, Eligible(part));
        return Of(span.Status) switch
        {
            Counting.Good => new(counts, 0, whole - counts),
            Counting.Bad => new(0, counts, whole - counts),
            _ => new(0, 0, whole),
        };
    }

    private long Eligible(Span span)
    {
        var left = span.Milliseconds;
        foreach (var gap in _leftOut)
            if (gap.From < span.To && gap.To > span.From)
                left -= Spans.Within(gap, span).Milliseconds;
        return left;
    }

    private static List<StatusSpan> Cut(IEnumerable<StatusTaken> changes, Span window)
    {
        var spans = new List<StatusSpan>();
        StatusTaken? before = null;
        foreach (var change in changes)
        {
            var at = Spans.Whole(change.At);
            if (before is { } held)
                Add(spans, held, new(held.At, at), window);
            before = change with { At = at };
        }
        if (before is { } last)
            Add(spans, last, new(last.At, window.To), window);
        return spans;
    }

    private static void Add(List<StatusSpan> spans, StatusTaken change, Span span, Span window)
    {
        var within = Spans.Within(span, window);
        if (within.From < within.To)
            spans.Add(new StatusSpan(within, change.Status, change.Why));
    }
}
