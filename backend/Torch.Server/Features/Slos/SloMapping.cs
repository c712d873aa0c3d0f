using Torch.Contracts;
using Model = Torch.Domain.Slo;

namespace Torch.Server.Features.Slos;

/// <summary>Objectives between the API's words and the domain's; their enums have the same members.</summary>
internal static class SloMapping
{
    public static Model.ObjectiveSettings Settings(ObjectiveRequest request) =>
        new(
            request.Name,
            request.NodeId,
            request.Target,
            new(
                (Model.SloWindowKind)(int)request.Window.Kind,
                request.Window.Duration,
                (Model.CalendarPeriod?)(int?)request.Window.Period,
                request.Window.TimeZone
            ),
            request.Sli is { } sli ? new((Model.SliKind)(int)sli.Kind, sli.Threshold) : new(Model.SliKind.Time),
            request.Counts is { Count: > 0 } counts
                ? counts.ToDictionary(c => c.Key, c => (Model.Counting)(int)c.Value, StringComparer.Ordinal)
                : null
        );

    public static ObjectiveView View(Guid id, KnownObjective known, long position)
    {
        var settings = known.Objective.Settings!;
        return new(
            id,
            settings.Name,
            settings.NodeId,
            settings.Target,
            View(settings.Window),
            View(settings.Sli),
            settings.Counts is { } counts ? View(counts) : null,
            known.Exclusions,
            known.CreatedBy,
            known.CreatedAt,
            known.Version,
            position
        );
    }

    public static SloWindow View(Model.SloWindow window) =>
        new((SloWindowKind)(int)window.Kind, window.Duration, (CalendarPeriod?)(int?)window.Period, window.TimeZone);

    public static Sli View(Model.Sli sli) => new((SliKind)(int)sli.Kind, sli.Threshold);

    /// <summary>In the order of their names, so that a report is the same to the byte.</summary>
    public static SortedDictionary<string, Counting> View(IReadOnlyDictionary<string, Model.Counting> counts) =>
        new(
            counts.ToDictionary(c => c.Key, c => (Counting)(int)c.Value, StringComparer.Ordinal),
            StringComparer.Ordinal
        );

    public static BudgetView? View(Model.Budget? budget) =>
        budget is null ? null : new(budget.Total, budget.Spent, budget.Left, budget.LeftPercent);

    public static BurnView View(Model.Burn burn) =>
        new(
            burn.Pair.Tier is Model.BurnTier.Page ? "page" : "ticket",
            burn.Pair.Long,
            burn.Pair.Short,
            burn.LongRate,
            burn.ShortRate,
            burn.Threshold,
            burn.Firing
        );

    public static OutageView View(Model.Outage outage) =>
        new(outage.From, outage.To, TimeSpan.FromMilliseconds(outage.Milliseconds), outage.Worst, outage.Cause);
}
