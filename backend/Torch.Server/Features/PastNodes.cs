using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>Nodes as they were, one by one and page by page.</summary>
internal sealed class PastNodes(NpgsqlDataSource db, PastTrees trees)
{
    // The log keeps cycles out.
    private const int Deepest = 1_000;

    private const string Versions = """
        select e.stream_id, max(e.version) from unnest($1::uuid[]) as i (id)
        join journal.mt_events e on e.stream_id = i.id and e.seq_id <= $2 group by e.stream_id
        """;

    /// <summary>One node with its children and the way to it.</summary>
    /// <param name="version">Of its stream at the position.</param>
    /// <exception cref="FaultException">It was not there.</exception>
    public async Task<NodeView> NodeAsync(Guid id, long version, long position, Sight sight, CancellationToken ct)
    {
        var at = await trees.InstantAsync(position, ct);
        var edges = await PastTables.EdgesOfAsync(db, at, id, ct);
        var around = edges.Select(e => e.ChildId).Append(id).ToHashSet();
        var rows = (await PastTables.NodesAsync(db, at, around, ct)).ToDictionary(r => r.Node.Id, r => r.Node);
        if (!rows.TryGetValue(id, out var node))
            throw new FaultException(Fault.NotFound("node"));
        var suppressed = await trees.SuppressedAsync(at, [node], ct);
        var path = await PastTables.PathAsync(db, at, id, sight.Nodes, ct);
        var inOrder = edges
            .Where(e => sight.Shows(e.ParentId) && sight.Shows(e.ChildId))
            .OrderBy(e => e.Ordinal)
            .ToList();
        return View(
            node with
            {
                Version = version,
            },
            [.. inOrder.Where(e => e.ChildId == id)],
            Children(inOrder.Where(e => e.ParentId == id), rows),
            path,
            position,
            sight.OfAny(suppressed.GetValueOrDefault(id))
        );
    }

    /// <summary>By name, then by id.</summary>
    /// <param name="root">True for roots only, false for all but them.</param>
    /// <param name="name">Only those that are called so.</param>
    public async Task<Page<NodeView>> PageAsync(
        long position,
        bool? root,
        string? name,
        (string? Name, Guid? Id) after,
        int limit,
        CancellationToken ct
    )
    {
        var at = await trees.InstantAsync(position, ct);
        var rows = (await PastTables.NodesAsync(db, at, ct)).ToDictionary(r => r.Node.Id, r => r.Node);
        var edges = (await PastTables.EdgesAsync(db, at, ct)).OrderBy(e => e.Ordinal).ToList();
        var (above, below) = (edges.ToLookup(e => e.ChildId), edges.ToLookup(e => e.ParentId));
        var found = rows
            .Values.Where(n =>
                (root is null || root == !above[n.Id].Any()) && (name ?? n.Name) == n.Name && IsAfter(n, after)
            )
            .OrderBy(n => n.Name, StringComparer.Ordinal)
            .ThenBy(n => n.Id)
            .Take(limit + 1)
            .ToList();
        var page = Paging.Of(found, limit, n => Cursor.Write(n.Name, n.Id), position);
        var suppressed = await trees.SuppressedAsync(at, page.Items, ct);
        var versions = await VersionsAsync(page.Items, position, ct);
        return new(
            [
                .. page.Items.Select(n =>
                    View(
                        n with
                        {
                            Version = versions.GetValueOrDefault(n.Id),
                        },
                        [.. above[n.Id]],
                        Children(below[n.Id], rows),
                        Path(n, rows, above),
                        position,
                        suppressed.GetValueOrDefault(n.Id)
                    )
                ),
            ],
            page.Next,
            position
        );
    }

    private static bool IsAfter(NodeRow node, (string? Name, Guid? Id) after) =>
        after.Name is null
        || string.CompareOrdinal(node.Name, after.Name) is var order
            && (order > 0 || (order == 0 && node.Id.CompareTo(after.Id) > 0));

    private async Task<Dictionary<Guid, long>> VersionsAsync(
        IReadOnlyList<NodeRow> nodes,
        long position,
        CancellationToken ct
    )
    {
        object[] arguments = [nodes.Select(n => n.Id).ToArray(), position];
        var rows = await db.QueryAsync(Versions, arguments, r => (Id: r.GetGuid(0), Version: r.GetInt64(1)), ct);
        return rows.ToDictionary(r => r.Id, r => r.Version);
    }

    private static List<NodeCrumb> Path(NodeRow node, Dictionary<Guid, NodeRow> rows, ILookup<Guid, PastEdge> above)
    {
        var path = new List<NodeCrumb> { new(node.Id, node.Name) };
        while (
            above[node.Id].FirstOrDefault() is { } edge
            && rows.TryGetValue(edge.ParentId, out var parent)
            && path.Count < Deepest
        )
            path.Insert(0, new((node = parent).Id, parent.Name));
        return path;
    }

    private static IReadOnlyList<EdgeView> Children(IEnumerable<PastEdge> edges, Dictionary<Guid, NodeRow> rows) =>
        [.. edges.Where(e => rows.ContainsKey(e.ChildId)).Select(e => Edge(rows[e.ChildId], e))];

    private static EdgeView Edge(NodeRow child, PastEdge edge) =>
        new(
            child.Id,
            child.Name,
            child.Status,
            child.Since,
            child.CheckId,
            child.CheckKind,
            edge.Weight,
            edge.Required,
            edge.Contribution
        );

    private static NodeView View(
        NodeRow node,
        IReadOnlyList<PastEdge> parents,
        IReadOnlyList<EdgeView> children,
        IReadOnlyList<NodeCrumb> path,
        long position,
        IReadOnlyList<Guid>? suppressed
    ) =>
        new(
            node.Id,
            node.Name,
            [.. parents.Select(p => p.ParentId)],
            node.CheckId,
            node.CheckKind,
            node.Status,
            node.Since,
            node.Sentence,
            node.Tags,
            parents.Count == 0 ? 1 : parents[0].Weight,
            node.Paused,
            node.Staleness,
            children,
            path,
            node.Version,
            position,
            Marking.Flapping(node.Marks),
            Marking.Acknowledged(node.Marks),
            Marking.Maintenance(node.Marks),
            Marking.Manual(node.Marks),
            SuppressedBy: suppressed
        );
}
