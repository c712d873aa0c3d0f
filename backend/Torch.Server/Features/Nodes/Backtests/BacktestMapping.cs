using Torch.Contracts;
using Torch.Domain.Backtests;
using Torch.Server.Backtesting;

namespace Torch.Server.Features.Nodes.Backtests;

/// <summary>A backtest's result in the API's words, with lists that end.</summary>
internal static class BacktestMapping
{
    private const int MostListed = 200;
    private const int MostSpans = 1_000;

    public static BacktestView View(BacktestResult result, IReadOnlySet<Guid> drafted) =>
        new(
            result.From,
            result.To,
            result.CutAt,
            result.Events,
            [.. result.Nodes.Select(n => View(n, drafted.Contains(n.NodeId)))],
            result.Position
        );

    private static NodeBacktest View(NodeResult node, bool drafted)
    {
        var difference = node.Difference;
        return new(
            node.NodeId,
            node.Name,
            drafted,
            View(difference.Before),
            View(difference.After),
            [.. difference.Added.Take(MostListed).Select(View)],
            difference.Added.Count,
            [.. difference.Removed.Take(MostListed).Select(View)],
            difference.Removed.Count,
            [.. difference.Missed.Take(MostListed).Select(View)],
            difference.Missed.Count,
            [.. difference.New.Take(MostListed).Select(View)],
            difference.New.Count,
            [.. node.Objectives.Select(View)]
        );
    }

    private static BacktestObjective View(ObjectiveDifference objective) =>
        new(
            objective.Id,
            objective.Settings.Name,
            objective.Settings.Target,
            View(objective.Before),
            View(objective.After)
        );

    private static BacktestStanding View(ObjectiveStanding standing) =>
        new(
            standing.Tally.Availability,
            standing.Met,
            standing.Budget is { } b ? new(b.Total, b.Spent, b.Left, b.LeftPercent) : null
        );

    private static BacktestHistory View(StatusHistory history) =>
        new(
            history
                .Times.OrderBy(t => t.Key, StringComparer.Ordinal)
                .ToDictionary(
                    t => t.Key,
                    t => decimal.Round((decimal)t.Value.TotalMinutes, 2, MidpointRounding.ToEven)
                ),
            history.Changes.Count,
            history.Notices,
            history.Incidents.Count,
            history.Availability,
            [.. history.Drawn(MostSpans).Select(s => new StatusSpan(s.From, s.To, s.Status))]
        );

    private static BacktestTransition View(HistoryChange change) =>
        new(change.At, change.From, change.To, change.Sentence);

    private static BacktestIncident View(Incident incident) => new(incident.From, incident.To, incident.Worst);
}
