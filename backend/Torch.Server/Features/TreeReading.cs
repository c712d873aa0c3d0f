using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>Hierarchies with statuses, each read with two statements.</summary>
internal static class TreeReading
{
    // A node under several parents is shown under each: shared subtrees multiply.
    private const int MostNodes = 200_000;

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
        select n.id from torch.nodes n where not exists (select from torch.edges e where e.child_id = n.id) order by n.name, n.id
        """;

    public static Task<List<Guid>> RootsAsync(NpgsqlDataSource db, CancellationToken ct) =>
        db.QueryAsync(Roots, [], r => r.GetGuid(0), ct);

    /// <summary>The trees under some nodes, in their order; nodes that are gone are left out.</summary>
    public static async Task<IReadOnlyList<TreeNode>> ReadAsync(
        NpgsqlDataSource db,
        IReadOnlyList<Guid> roots,
        long position,
        CancellationToken ct
    )
    {
        var nodes = await db.QueryAsync(Nodes, [roots.ToArray()], NodeReading.Row, ct);
        var edges = await db.QueryAsync(
            Edges,
            [roots.ToArray()],
            r => new Place(r.GetGuid(0), r.GetGuid(1), r.GetDecimal(2)),
            ct
        );
        var suppressedBy = await NodeReading.SuppressedByAsync(db, nodes, ct);
        var children = edges.ToLookup(e => e.Parent);
        return new Building(nodes.ToDictionary(n => n.Id), children, suppressedBy, position).Build(roots);
    }

    private sealed record Place(Guid Parent, Guid Child, decimal Weight);

    private sealed class Building(
        Dictionary<Guid, NodeRow> nodes,
        ILookup<Guid, Place> children,
        Dictionary<Guid, IReadOnlyList<Guid>> suppressedBy,
        long position
    )
    {
        private int _built;

        public IReadOnlyList<TreeNode> Build(IEnumerable<Guid> ids) =>
            [.. ids.Where(nodes.ContainsKey).Select(id => Build(nodes[id], null))];

        private IReadOnlyList<TreeNode> Below(Guid id) =>
            [
                .. children[id]
                    .Where(e => nodes.ContainsKey(e.Child))
                    .Select(e => Build(nodes[e.Child], e.Weight == 1 ? null : e.Weight)),
            ];

        private TreeNode Build(NodeRow node, decimal? weight)
        {
            if (++_built > MostNodes)
                throw new FaultException(
                    new Fault(422, "tree_too_large", $"The tree has more than {MostNodes:N0} places.")
                );
            return new TreeNode(
                node.Id,
                node.Name,
                node.Status,
                node.Since,
                node.Sentence,
                node.CheckId,
                node.CheckKind,
                node.Tags,
                node.Paused,
                Below(node.Id),
                position,
                Marking.Flapping(node.Marks),
                Marking.Acknowledged(node.Marks),
                Marking.Maintenance(node.Marks),
                Marking.Manual(node.Marks),
                suppressedBy.GetValueOrDefault(node.Id),
                weight
            );
        }
    }
}
