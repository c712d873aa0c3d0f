using Torch.Contracts;
using Torch.Domain.Slo;
using SliKind = Torch.Domain.Slo.SliKind;

namespace Torch.Server.Features.Slos;

/// <summary>How a budget went down over its window. The last point is what the report says.</summary>
internal static class BurnDown
{
    /// <summary>The stretches between so many moments, in whole milliseconds; they share their edges, so nothing counts twice.</summary>
    public static IReadOnlyList<Span> Steps(Span window, int points)
    {
        var steps = points - 1;
        var edges = Enumerable
            .Range(0, points)
            .Select(i => window.From + TimeSpan.FromMilliseconds(window.Milliseconds * i / steps))
            .ToList();
        edges[^1] = window.To;
        return [.. edges.Zip(edges.Skip(1), (from, to) => new Span(from, to))];
    }

    public static BudgetSeries Write(ReportFrame frame, IReadOnlyList<(DateTimeOffset At, Tally Tally)> steps)
    {
        var sum = steps.Aggregate(default(Tally), (all, step) => all + step.Tally);
        var whole = Budget.Of(sum, frame.Settings.Target, ReportText.ToCome(frame));
        return new(
            frame.Position,
            frame.AsOf,
            frame.Window.From,
            frame.Window.To,
            frame.WindowEnd,
            frame.Settings.Sli.Kind is SliKind.Time ? "ms" : "observations",
            whole?.Total,
            whole is null ? [] : [.. Points(frame.Window.From, whole.Total, steps)]
        );
    }

    private static IEnumerable<BudgetPoint> Points(
        DateTimeOffset from,
        long total,
        IReadOnlyList<(DateTimeOffset At, Tally Tally)> steps
    )
    {
        var spent = 0L;
        yield return Point(from, default, 0, total);
        foreach (var (at, tally) in steps)
            yield return Point(at, tally, spent += tally.Bad, total);
    }

    private static BudgetPoint Point(DateTimeOffset at, Tally tally, long spent, long total) =>
        new(at, tally.Eligible, spent, total - spent, total == 0 ? null : Ratios.Percent(total - spent, total));
}
