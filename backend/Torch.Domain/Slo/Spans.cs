namespace Torch.Domain.Slo;

/// <summary>Cutting and joining spans of time.</summary>
public static class Spans
{
    /// <summary>The beginning of the millisecond that a moment is in.</summary>
    public static DateTimeOffset Whole(DateTimeOffset at) =>
        new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    /// <summary>What two spans share; empty, and perhaps the wrong way round, where they share nothing.</summary>
    public static Span Within(Span a, Span b) => new(a.From > b.From ? a.From : b.From, a.To < b.To ? a.To : b.To);

    /// <summary>In their order, without overlaps, cut at the window's edges, in whole milliseconds.</summary>
    public static IReadOnlyList<Span> Merge(IEnumerable<Span> spans, Span window)
    {
        var merged = new List<Span>();
        foreach (var span in spans.Select(s => Within(new(Whole(s.From), Whole(s.To)), window)).OrderBy(s => s.From))
            if (span.From >= span.To)
                continue;
            else if (merged.Count > 0 && span.From <= merged[^1].To)
                merged[^1] = new(merged[^1].From, span.To > merged[^1].To ? span.To : merged[^1].To);
            else
                merged.Add(span);
        return merged;
    }

    /// <summary>What is left of a span.</summary>
    /// <param name="gaps">In their order, without overlaps.</param>
    public static IEnumerable<Span> Without(Span span, IReadOnlyList<Span> gaps)
    {
        var from = span.From;
        foreach (var gap in gaps)
        {
            if (gap.To <= from || gap.From >= span.To)
                continue;
            if (gap.From > from)
                yield return new(from, gap.From);
            from = gap.To;
        }
        if (from < span.To)
            yield return new(from, span.To);
    }
}
