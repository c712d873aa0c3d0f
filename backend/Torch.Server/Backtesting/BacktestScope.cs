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

    private const string Named = """
        with recursive way (id, path, depth) as (
            select g.id, string_to_array(g.path, '/'), 0 from unnest($1::uuid[], $2::text[]) as g (id, path)
            union
            select e.child_id, way.path, way.depth + 1 from way
            cross join lateral (
                select child_id from torch.edges where parent_id = way.id
                union all
                select child_id from unnest($3::uuid[], $4::uuid[]) as drawn (parent_id, child_id) where parent_id = way.id
            ) e
            join torch.nodes n on n.id = e.child_id and n.name = way.path[way.depth + 1]
        )
        select distinct id from way where depth > 0
        """;

    private static readonly string Published = $"""
        select type, data, stream_id, timestamp from journal.mt_events
        where stream_id = any($1) and type = '{EventCodec.AliasOf<RulesPublished>()}' and seq_id > $2
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

    /// <summary>Whom paths mean in the structure of now with some edges more, and those on the way to them.</summary>
    public async Task<IReadOnlyList<Guid>> NamedAsync(
        IReadOnlyList<(Guid From, string Path)> paths,
        IReadOnlyList<ChildLinked> drawn,
        CancellationToken ct
    )
    {
        if (paths.Count == 0)
            return [];
        object[] arguments =
        [
            paths.Select(p => p.From).ToArray(),
            paths.Select(p => p.Path).ToArray(),
            drawn.Select(e => e.ParentId).ToArray(),
            drawn.Select(e => e.ChildId).ToArray(),
        ];
        return await db.QueryAsync(Named, arguments, row => row.GetGuid(0), ct);
    }

    /// <summary>Rules that some nodes got after a position.</summary>
    public async Task<IEnumerable<RulesPublished>> PublishedAsync(
        IReadOnlyList<Guid> nodes,
        long after,
        CancellationToken ct
    )
    {
        var events = await db.QueryAsync(
            Published,
            [nodes.ToArray(), after],
            row =>
                RowFacts.PutBack(
                    EventCodec.Decode(row.GetString(0), row.GetFieldValue<byte[]>(1)),
                    row.GetGuid(2),
                    row.GetFieldValue<DateTimeOffset>(3)
                ),
            ct
        );
        return events.OfType<RulesPublished>();
    }

    /// <summary>Children that came to stand below some nodes after a position, and whom those came to depend on.</summary>
    public async Task<IReadOnlyList<Guid>> LinkedAsync(IReadOnlyList<Guid> nodes, long after, CancellationToken ct) =>
        await db.QueryAsync(Linked, [WellKnown.Topology, after, nodes.ToArray()], row => row.GetGuid(0), ct);

    /// <summary>Checks that some nodes came to show after a position.</summary>
    public async Task<IReadOnlyList<Guid>> ShownAsync(IReadOnlyList<Guid> nodes, long after, CancellationToken ct) =>
        await db.QueryAsync(Shown, [nodes.ToArray(), after], row => row.GetGuid(0), ct);
}
