using Torch.Contracts;
using Torch.Domain.Slo;
using SliKind = Torch.Domain.Slo.SliKind;
using SloWindowKind = Torch.Domain.Slo.SloWindowKind;

namespace Torch.Server.Features.Slos;

/// <summary>Writes a report out.</summary>
internal static class ReportText
{
    /// <summary>So many outages are listed at most.</summary>
    public const int MostOutages = 1_000;

    public static ObjectiveReport Write(
        ReportFrame frame,
        Counted counted,
        StatusTimeline timeline,
        IReadOnlyList<Outage> outages,
        IReadOnlyList<NodeAvailability>? nodes,
        int mostOutages
    )
    {
        var tally = counted.Window;
        var budget = Budget.Of(tally, frame.Settings.Target, ToCome(frame));
        var isOpen = frame.Settings.Window.Kind is SloWindowKind.Calendar || frame.WindowEnd > frame.Window.To;
        var end = isOpen ? frame.WindowEnd : (DateTimeOffset?)null;
        var forecast = Forecast.Of(budget, counted.Lately, frame.Window.To, end);
        return new ObjectiveReport(
            ObjectiveOf(frame),
            new(
                frame.Node.Id,
                frame.Node.Name,
                frame.Node.DeletedAt,
                frame.Node.RulesVersion,
                frame.Node.ServicePeriod is { } period ? new(period.Schedule, period.TimeZone) : null
            ),
            frame.Position,
            frame.AsOf,
            frame.Window.From,
            frame.Window.To,
            frame.WindowEnd,
            IsTime(frame) ? "ms" : "observations",
            tally.Good,
            tally.Bad,
            tally.Excluded,
            IsTime(frame) ? frame.Window.Milliseconds - tally.Eligible - tally.Excluded : 0,
            tally.Availability,
            tally.Eligible == 0 ? null : 100m * tally.Good >= frame.Settings.Target * tally.Eligible,
            SloMapping.View(budget),
            [.. counted.Burns.Select(SloMapping.View)],
            forecast is null ? null : new(forecast.Exhausted, forecast.At),
            timeline.ByStatus(),
            outages.Count,
            Of(Outages.MeanTimeToRepair(outages)),
            Of(Outages.MeanTimeBetweenFailures(outages, timeline.Count(frame.Window).Good)),
            [.. outages.Skip(Math.Max(0, outages.Count - mostOutages)).Select(SloMapping.View)],
            frame.Known.Exclusions,
            nodes
        );
    }

    private static ReportedObjective ObjectiveOf(ReportFrame frame) =>
        new(
            frame.Known.Objective.Id,
            frame.Settings.Name,
            frame.Settings.Target,
            SloMapping.View(frame.Settings.Window),
            SloMapping.View(frame.Settings.Sli),
            SloMapping.View(frame.Policy),
            frame.Known.Version
        );

    /// <summary>What of a calendar window is still to come: what of it is not left out will count. How many observations will come, nobody knows.</summary>
    public static long ToCome(ReportFrame frame)
    {
        var rest = new Span(frame.Window.To, frame.WindowEnd);
        return IsTime(frame) ? Spans.Without(rest, Spans.Merge(frame.LeftOut, rest)).Sum(s => s.Milliseconds) : 0;
    }

    private static bool IsTime(ReportFrame frame) => frame.Settings.Sli.Kind is SliKind.Time;

    private static TimeSpan? Of(long? milliseconds) => milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
}
