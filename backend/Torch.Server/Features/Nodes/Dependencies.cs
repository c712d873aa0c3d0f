using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Nodes;

internal static class GetDependencies
{
    private const string Neighbours = """
        select d.node_id = $1, n.id, n.name, coalesce(s.status, 'unknown'), coalesce(s.since, n.created_at), d.added_at, d.added_by
        from torch.dependencies d
        join torch.nodes n on n.id = case when d.node_id = $1 then d.depends_on_id else d.node_id end
        left join torch.node_statuses s on s.node_id = n.id
        where d.node_id = $1 or d.depends_on_id = $1
        order by d.ordinal, n.id
        """;

    /// <summary>What a node depends on, and what depends on it.</summary>
    public static async Task<DependenciesView> Handle(
        Guid id,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        sight.Require(id);
        var position = reads.Position;
        var node = await NodeReading.OneAsync(db, id, cancellationToken);
        var rows = await db.QueryAsync(
            Neighbours,
            [id],
            r => (IsOn: r.GetBoolean(0), View: View(r)),
            cancellationToken
        );
        rows.RemoveAll(r => !sight.Shows(r.View.NodeId));
        return new(
            id,
            [.. rows.Where(r => r.IsOn).Select(r => r.View)],
            [.. rows.Where(r => !r.IsOn).Select(r => r.View)],
            sight.OfAny(await NodeReading.SuppressedByAsync(db, node, cancellationToken)) ?? [],
            position
        );
    }

    private static DependencyView View(NpgsqlDataReader row) =>
        new(
            row.GetGuid(1),
            row.GetString(2),
            row.GetString(3),
            row.GetFieldValue<DateTimeOffset>(4),
            row.GetFieldValue<DateTimeOffset>(5),
            row.Maybe<string>(6)
        );
}

internal static class PutDependency
{
    /// <summary>Say that a node can only be reached while another one works.</summary>
    /// <remarks>
    /// While the other one is not available, new problems of the node are marked as its consequence. Statuses stay what they are, nothing
    /// ceases to be watched, and a recovery is never marked. Refused where it would close a cycle, which is named.
    /// </remarks>
    public static Task<IResult> Handle(
        Guid id,
        Guid dependsOnId,
        HttpContext http,
        Commands commands,
        Structure structure,
        JournalStreams streams
    ) =>
        commands.RunAsync(
            http,
            [],
            ct => EdgeChange.DecideAsync(id, http, structure, streams, (t, name) => t.Depend(id, dependsOnId, name), ct)
        );
}

internal static class DeleteDependency
{
    /// <summary>Say that a node depends on another one no longer.</summary>
    public static Task<IResult> Handle(
        Guid id,
        Guid dependsOnId,
        HttpContext http,
        Commands commands,
        Structure structure,
        JournalStreams streams
    ) =>
        commands.RunAsync(
            http,
            [],
            ct => EdgeChange.DecideAsync(id, http, structure, streams, (t, _) => t.Undepend(id, dependsOnId), ct)
        );
}
