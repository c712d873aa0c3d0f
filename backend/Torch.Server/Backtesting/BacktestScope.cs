using Npgsql;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Backtesting;

/// <summary>Which nodes a backtest evaluates, and whom later events will bring near them.</summary>
internal sealed class BacktestScope(NpgsqlDataSource db)
{
    private const string Above = """
        with recursive up as (
            select n.id from unnest($1::uuid[]) as n (id)
            union
            select e.parent_id from up join torch.edges e on e.child_id = up.id
        )
        select id from up
        """;

    private static readonly string Linked = $"""
        select (data->>'childId')::uuid from journal.mt_events
        where stream_id = $1 and type = '{EventCodec.AliasOf<ChildLinked>()}' and seq_id > $2 and (data->>'parentId')::uuid = any($3)
        union
        select (data->>'dependsOnId')::uuid from journal.mt_events
        where stream_id = $1 and type = '{EventCodec.AliasOf<DependencyAdded>()}' and seq_id > $2 and (data->>'nodeId')::uuid = any($3)
        """;

    private static readonly string Shown = $"""
        select (data->>'checkId')::uuid from journal.mt_events
        where stream_id = any($1) and type in ('{EventCodec.AliasOf<NodeCreated>()}', '{EventCodec.AliasOf<NodeCheckChanged>()}')
            and seq_id > $2 and data->>'checkId' is not null
        """;

    /// <summary>The nodes and everything above them.</summary>
    public async Task<IReadOnlyList<Guid>> AboveAsync(IReadOnlyCollection<Guid> nodes, CancellationToken ct) =>
        await db.QueryAsync(Above, [nodes.ToArray()], row => row.GetGuid(0), ct);

    /// <summary>The service periods of those that have one.</summary>
    public async Task<IReadOnlyDictionary<Guid, ServicePeriod>> ServicePeriodsAsync(
        IReadOnlyList<Guid> nodes,
        CancellationToken ct
    )
    {
        const string periods =
            "select id, service_period from torch.nodes where id = any($1) and service_period is not null";
        var found = await db.QueryAsync(
            periods,
            [nodes.ToArray()],
            row => (Id: row.GetGuid(0), Period: EventCodec.ServicePeriod(row.GetFieldValue<byte[]>(1))),
            ct
        );
        return found.ToDictionary(f => f.Id, f => f.Period);
    }

    /// <summary>Children that came to stand below some nodes after a position, and whom those came to depend on.</summary>
    public async Task<IReadOnlyList<Guid>> LinkedAsync(IReadOnlyList<Guid> nodes, long after, CancellationToken ct) =>
        await db.QueryAsync(Linked, [WellKnown.Topology, after, nodes.ToArray()], row => row.GetGuid(0), ct);

    /// <summary>Checks that some nodes came to show after a position.</summary>
    public async Task<IReadOnlyList<Guid>> ShownAsync(IReadOnlyList<Guid> nodes, long after, CancellationToken ct) =>
        await db.QueryAsync(Shown, [nodes.ToArray(), after], row => row.GetGuid(0), ct);
}
