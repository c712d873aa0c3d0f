using Npgsql;
using Torch.Domain.Backtests;
using Torch.Domain.Slo;
using Torch.Server.Features;
using Torch.Server.Features.Slos;

namespace Torch.Server.Backtesting;

/// <summary>
/// What is promised of nodes, judged over the replayed window before and under the draft. Only objectives by time: what counts
/// observations is the same whatever rules say.
/// </summary>
internal sealed class BacktestObjectives(NpgsqlDataSource db, ObjectiveReading reading)
{
    private const string OfNodes = "select node_id, id from torch.objectives where node_id = any($1) order by name, id";

    public async Task<List<NodeResult>> AddAsync(
        IReadOnlyList<NodeResult> nodes,
        Span window,
        long position,
        CancellationToken ct
    )
    {
        var ids = nodes.Select(n => n.NodeId).ToArray();
        var promised = await db.QueryAsync(OfNodes, [ids], r => (Node: r.GetGuid(0), Id: r.GetGuid(1)), ct);
        if (promised.Count == 0)
            return [.. nodes];
        var absences = await TransitionHistory.AbsencesAsync(db, window, position, ct);
        var statuses = await reading.StatusesAsync(position, ct);
        var differences = new List<(Guid Node, ObjectiveDifference Difference)>();
        foreach (var (node, id) in promised)
        {
            var objective = (await reading.AtAsync(id, position, ct)).Objective;
            if (objective.Settings is not { Sli.Kind: SliKind.Time })
                continue;
            var replayed = nodes.First(n => n.NodeId == node).Difference;
            Span[] leftOut =
            [
                .. objective.Exclusions.Select(x => new Span(x.From, x.To)),
                .. absences,
                .. replayed.Before.OutOfService,
            ];
            differences.Add((node, ObjectiveDifference.Of(objective, replayed, leftOut, statuses)));
        }
        var of = differences.ToLookup(d => d.Node, d => d.Difference);
        return [.. nodes.Select(n => n with { Objectives = [.. of[n.NodeId]] })];
    }
}
