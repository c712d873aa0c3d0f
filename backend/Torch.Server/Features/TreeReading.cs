using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features;

/// <summary>Hierarchies with statuses, each read with two statements.</summary>
internal static class TreeReading
{
    private const string Below = """
        with recursive below as (
            select n.id from unnest($1::uuid[]) as n (id)
            union
            select e.child_id from below join torch.edges e on e.parent_id = below.id
        )
        """;

    private const string Nodes =
        Below
        + $"""

            select {NodeReading.Columns} from below join torch.nodes n on n.id = below.id {NodeReading.Beside}
            """;

    private const string Edges =
        Below
        + """

            select e.parent_id, e.child_id, e.weight from below join torch.edges e on e.parent_id = below.id
            order by e.parent_id, e.ordinal, e.child_id
            """;

    private const string Roots = """
        select n.id from torch.nodes n
        where ($1::uuid[] is null or n.id = any($1)) and not exists (
            select from torch.edges e where e.child_id = n.id and ($2::uuid[] is null or e.parent_id = any($2)))
        order by n.name, n.id
        """;

    /// <summary>By name. Of who sees certain hierarchies only, those, where none of them stands below another.</summary>
    public static Task<List<Guid>> RootsAsync(NpgsqlDataSource db, Sight sight, CancellationToken ct) =>
        db.QueryAsync(Roots, [sight.Roots?.ToArray(), sight.Nodes], r => r.GetGuid(0), ct);

    /// <summary>The trees under some nodes, in their order; nodes that are gone are left out.</summary>
    public static async Task<IReadOnlyList<TreeNode>> ReadAsync(
        NpgsqlDataSource db,
        IReadOnlyList<Guid> roots,
        long position,
        Sight sight,
        CancellationToken ct
    )
    {
        var nodes = await db.QueryAsync(Nodes, [roots.ToArray()], NodeReading.Row, ct);
        var edges = await db.QueryAsync(
            Edges,
            [roots.ToArray()],
            r => (Parent: r.GetGuid(0), Child: new Place(r.GetGuid(1), r.GetDecimal(2))),
            ct
        );
        var suppressedBy = await NodeReading.SuppressedByAsync(db, nodes, ct);
        var children = edges.ToLookup(e => e.Parent, e => e.Child);
        return new TreeBuilding(nodes.ToDictionary(n => n.Id), children, suppressedBy, sight, position).Build(roots);
    }
}
