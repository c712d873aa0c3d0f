namespace Torch.Domain.Slo;

/// <summary>A time in which a node was not as promised, without a break.</summary>
/// <param name="To">Null while it lasts.</param>
/// <param name="Milliseconds">Within the window.</param>
/// <param name="Worst">The status that weighs most of those that it went through.</param>
/// <param name="Cause">Why it began, in words.</param>
public sealed record Outage(DateTimeOffset From, DateTimeOffset? To, long Milliseconds, string Worst, string? Cause);

/// <summary>The outages of a window, and what they say of repair and failure.</summary>
public static class Outages
{
    /// <summary>In their order. What is left out breaks an outage in two.</summary>
    /// <param name="rank">The weight of a status: higher is worse.</param>
    public static IReadOnlyList<Outage> Of(StatusTimeline timeline, Func<string, int> rank)
    {
        var outages = new List<Outage>();
        foreach (var part in timeline.Parts.Where(p => timeline.Of(p.Status) is Counting.Bad))
        foreach (var span in timeline.Without(part.Span))
            if (outages.Count > 0 && outages[^1].To == span.From)
                outages[^1] = Join(outages[^1], span, part, rank);
            else
                outages.Add(new(span.From, span.To, span.Milliseconds, part.Status, part.Why));
        if (outages.Count > 0 && outages[^1].To == timeline.Window.To)
            outages[^1] = outages[^1] with { To = null };
        return outages;
    }

    /// <summary>Mean time to repair in milliseconds, of outages that ended in the window; null where none did.</summary>
    public static long? MeanTimeToRepair(IReadOnlyList<Outage> outages)
    {
        var ended = outages.Where(o => o.To is not null).ToList();
        return ended.Count == 0 ? null : Mean(ended.Sum(o => o.Milliseconds), ended.Count);
    }

    /// <summary>Mean time between failures in milliseconds: good time for each outage; null where there was none.</summary>
    public static long? MeanTimeBetweenFailures(IReadOnlyList<Outage> outages, long goodMs) =>
        outages.Count == 0 ? null : Mean(goodMs, outages.Count);

    private static long Mean(long sum, int count) => (long)Math.Round((decimal)sum / count, MidpointRounding.ToEven);

    private static Outage Join(Outage known, Span span, StatusSpan part, Func<string, int> rank) =>
        known with
        {
            To = span.To,
            Milliseconds = known.Milliseconds + span.Milliseconds,
            Worst = rank(part.Status) > rank(known.Worst) ? part.Status : known.Worst,
        };
}
