using Npgsql;
using Torch.Contracts;
using Torch.Domain;

namespace Torch.Server.Features.Slos;

/// <summary>What an objective stands on: its node, the node's check, the statuses that it names.</summary>
internal sealed class ObjectiveGround(JournalStreams streams, Catalogue catalogue, NpgsqlDataSource db)
{
    private const string Kind = "select kind from torch.checks where id = $1";

    /// <summary>Refuses what cannot be measured.</summary>
    public async Task RequireAsync(ObjectiveRequest objective, CancellationToken ct)
    {
        var node = (await streams.NodeAsync(objective.NodeId, ct)).State;
        var decision = objective switch
        {
            _ when !node.Exists => Decision.Refuse("unknown_objective_node", $"There is no node {objective.NodeId}."),
            { Sli.Kind: SliKind.Count or SliKind.Latency } when node.CheckId is null => Decision.Refuse(
                "no_observations",
                $"{node.Name} is a group: only a leaf has observations to count."
            ),
            { Sli.Kind: SliKind.Latency } when !await IsProbeAsync(node.CheckId!.Value, ct) => Decision.Refuse(
                "no_observations",
                $"{node.Name} shows no probe, so it has no latency."
            ),
            { Counts: { } counts } when await StrangerAsync(counts.Keys, ct) is { } stranger => Decision.Refuse(
                "unknown_counted_status",
                $"There is no status \"{stranger}\"."
            ),
            _ => Decision.Nothing,
        };
        decision.EventsOrRefuse();
    }

    private async Task<bool> IsProbeAsync(Guid checkId, CancellationToken ct) =>
        await db.QueryAsync(Kind, [checkId], r => r.GetString(0), ct) is [not ("report" or "heartbeat")];

    private async Task<string?> StrangerAsync(IEnumerable<string> names, CancellationToken ct)
    {
        var statuses = (await catalogue.NowAsync(ct)).State;
        return names.FirstOrDefault(n => statuses.Find(n) is null);
    }
}
