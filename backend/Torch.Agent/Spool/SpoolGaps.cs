using Torch.Contracts;

namespace Torch.Agent.Spool;

/// <summary>Tells what was dropped at the cap: one gap per check.</summary>
internal static class SpoolGaps
{
    // A server takes 5,000 in a delivery, and refuses one with more for ever.
    private const int Most = 4_000;

    /// <summary>What is told of more checks than a delivery can name comes together as one gap of nobody's.</summary>
    public static IReadOnlyList<ResultGap> Of(IEnumerable<SpoolDrop> drops)
    {
        var gaps = Together(drops)
            .Select(drop => new ResultGap(drop.CheckId, drop.From, drop.To, drop.Results, GapReasons.Full))
            .OrderByDescending(gap => gap.Results)
            .ToList();
        if (gaps.Count <= Most)
            return gaps;
        var rest = gaps[Most..];
        var all = new ResultGap(
            null,
            rest.Min(gap => gap.From),
            rest.Max(gap => gap.To),
            rest.Sum(gap => gap.Results),
            GapReasons.Full
        );
        return [.. gaps[..Most], all];
    }

    /// <summary>One drop per check, all over the same span of offsets.</summary>
    public static IReadOnlyList<SpoolDrop> Together(IEnumerable<SpoolDrop> drops)
    {
        var all = drops.ToList();
        if (all.Count == 0)
            return [];
        var (first, last) = (all.Min(drop => drop.First), all.Max(drop => drop.Last));
        return
        [
            .. all.GroupBy(drop => drop.CheckId)
                .Select(check => new SpoolDrop(
                    first,
                    last,
                    check.Key,
                    check.Min(drop => drop.From),
                    check.Max(drop => drop.To),
                    check.Sum(drop => drop.Results)
                )),
        ];
    }
}
