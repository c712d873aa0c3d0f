using Torch.Domain.Slo;
using Torch.Domain.Statuses;

namespace Torch.Domain.Backtests;

/// <summary>How an objective stands after a span of time, in milliseconds.</summary>
/// <param name="Met">Null where nothing counted.</param>
/// <param name="Budget">Of the span alone; null where nothing counted.</param>
public sealed record ObjectiveStanding(Tally Tally, bool? Met, Budget? Budget);

/// <summary>What a draft would have meant for an objective by time: counted as a report counts it, over the replayed window.</summary>
public sealed record ObjectiveDifference(
    Guid Id,
    ObjectiveSettings Settings,
    ObjectiveStanding Before,
    ObjectiveStanding After
)
{
    /// <param name="leftOut">The objective's exclusions, and when Torch was away.</param>
    public static ObjectiveDifference Of(
        Objective objective,
        HistoryDifference difference,
        IReadOnlyList<Span> leftOut,
        StatusCatalog statuses
    )
    {
        var settings = objective.Settings!;
        var policy = CountingPolicy.Of(statuses, settings);
        return new(objective.Id, settings, Stand(difference.Before), Stand(difference.After));

        ObjectiveStanding Stand(StatusHistory history)
        {
            var window = new Span(Spans.Whole(history.From), Spans.Whole(history.To));
            var tally = new StatusTimeline(Taken(history), window, leftOut, policy).Count(window);
            bool? met = tally.Availability is { } availability ? availability >= settings.Target : null;
            return new(tally, met, Budget.Of(tally, settings.Target));
        }
    }

    private static IEnumerable<StatusTaken> Taken(StatusHistory history) =>
        history.Spans.Select(s => new StatusTaken(s.From, s.Status));
}
