namespace Torch.Domain.Slo;

/// <summary>How much may be bad, how much was, and how much is left; in the units of the tally.</summary>
/// <param name="Left">Below zero where more was bad than may be.</param>
/// <param name="LeftPercent">Null where nothing may be bad (a target of 100).</param>
public sealed record Budget(long Total, long Spent, long Left, decimal? LeftPercent)
{
    /// <summary>Null where nothing was eligible.</summary>
    /// <param name="toCome">What of the window is still to come and will count: of a calendar window by time.</param>
    public static Budget? Of(Tally tally, decimal target, long toCome = 0)
    {
        if (tally.Eligible + toCome == 0)
            return null;
        var total = (long)Math.Floor((tally.Eligible + toCome) * (100 - target) / 100);
        var left = total - tally.Bad;
        return new(total, tally.Bad, left, total == 0 ? null : Ratios.Percent(left, total));
    }
}

/// <summary>How urgent a burn rate is.</summary>
public enum BurnTier
{
    Page,
    Ticket,
}

/// <summary>
/// A pair of windows over which the budget is watched (Google SRE workbook, "Alerting on SLOs"): both must burn faster than the rate
/// at which the long one alone spends its share of the budget.
/// </summary>
/// <param name="Share">Percent of the budget.</param>
public sealed record BurnPair(BurnTier Tier, decimal Share, TimeSpan Long, TimeSpan Short)
{
    public static IReadOnlyList<BurnPair> All { get; } =
    [
        new(BurnTier.Page, 2, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5)),
        new(BurnTier.Page, 5, TimeSpan.FromHours(6), TimeSpan.FromMinutes(30)),
        new(BurnTier.Ticket, 10, TimeSpan.FromDays(1), TimeSpan.FromHours(2)),
        new(BurnTier.Ticket, 10, TimeSpan.FromDays(3), TimeSpan.FromHours(6)),
    ];

    /// <summary>The rate that both windows must exceed: budget share x period / long window.</summary>
    public decimal Threshold(TimeSpan period) => Ratios.Round(Share * period.Ticks / Long.Ticks / 100);
}

/// <summary>How fast the budget was spent over a pair of windows; 1 spends it exactly by the end of the period.</summary>
/// <param name="LongRate">Null where nothing was eligible, or nothing may be bad.</param>
public sealed record Burn(BurnPair Pair, decimal? LongRate, decimal? ShortRate, decimal Threshold, bool Firing)
{
    public static Burn Of(BurnPair pair, Tally inLong, Tally inShort, decimal target, TimeSpan period)
    {
        var threshold = pair.Threshold(period);
        var (slow, fast) = (Rate(inLong, target), Rate(inShort, target));
        // Where nothing may be bad, whatever is bad in both windows is too much.
        var firing = target == 100 ? inLong.Bad > 0 && inShort.Bad > 0 : slow > threshold && fast > threshold;
        return new(pair, slow, fast, threshold, firing);
    }

    private static decimal? Rate(Tally tally, decimal target) =>
        tally.Eligible == 0 || target == 100
            ? null
            : Ratios.Round((decimal)tally.Bad / tally.Eligible / (100 - target) * 100);
}

/// <summary>When the budget will be spent if it goes on as in the last three days.</summary>
/// <param name="Exhausted">It is spent already.</param>
/// <param name="At">Null where it is spent already, or never at this pace, or after the window's end of a calendar.</param>
public sealed record Forecast(bool Exhausted, DateTimeOffset? At)
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(3660);

    /// <summary>The pace that is looked at.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromDays(3);

    /// <param name="lately">What the last three days brought.</param>
    public static Forecast? Of(Budget? budget, Tally lately, DateTimeOffset asOf, DateTimeOffset? end)
    {
        if (budget is null)
            return null;
        if (budget.Left < 0 || (budget.Left == 0 && budget.Spent > 0))
            return new(true, null);
        if (lately.Bad == 0)
            return new(false, null);
        var milliseconds = Math.Floor(budget.Left * (decimal)Pace.TotalMilliseconds / lately.Bad);
        if (milliseconds > (decimal)Furthest.TotalMilliseconds)
            return new(false, null);
        var at = asOf + TimeSpan.FromMilliseconds((long)milliseconds);
        return new(false, at < end || end is null ? at : null);
    }
}
