using Torch.Contracts;
using Torch.Domain.History;
using Torch.EventStore;
using Torch.Server.Http;
using Torch.Server.Projecting;
using NodeChange = Torch.Contracts.NodeChange;

namespace Torch.Server.Features.Trees;

internal static class GetTreeDiff
{
    /// <summary>What differs between two instants.</summary>
    /// <remarks>
    /// Nodes that were added, removed, renamed, moved, that show another check, have other tags, were paused, got other rules, or have
    /// another status: as Torch showed each instant then. A moment before the beginning knows no node, so all are added; one in the future
    /// is refused (400).
    /// </remarks>
    /// <param name="from">RFC 3339: the one instant.</param>
    /// <param name="fromPosition">Instead of <paramref name="from"/>: after the events up to a position.</param>
    /// <param name="to">RFC 3339: the other; now where absent.</param>
    /// <param name="toPosition">Instead of <paramref name="to"/>.</param>
    /// <param name="root">Only this node and what was below it at either instant.</param>
    /// <param name="rules"><c>then</c>, the default, or <c>now</c>: with the statuses that the rules of now would have given at both.</param>
    /// <param name="limit">How many nodes are told; 1,000 where absent, and at most.</param>
    public static async Task<TreeDiff> Handle(
        string? from,
        string? fromPosition,
        string? to,
        string? toPosition,
        Guid? root,
        string? rules,
        int? limit,
        PastReading past,
        PastTrees trees,
        LogTimes times,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var first =
            await past.PositionAsync(from, fromPosition, cancellationToken, "from", "fromPosition")
            ?? throw new FaultException(Fault.Invalid("from", "must be given"));
        var last = await past.PositionAsync(to, toPosition, cancellationToken, "to", "toPosition") ?? reads.Position;
        if (first > last)
            throw new FaultException(Fault.Invalid("from", "must not be after to"));
        var ofNow = PastReading.IsUnderRulesOfNow(rules);
        var before = await OutlinesAsync(trees, first, root, ofNow, cancellationToken);
        var after = await OutlinesAsync(trees, last, root, ofNow, cancellationToken);
        var differences = TreeDifference.Between(before.Asked, after.Asked);
        return new(
            new(first, await times.OfAsync(first, cancellationToken)),
            new(last, await times.OfAsync(last, cancellationToken)),
            Counts(differences),
            differences.Count,
            [.. differences.Take(Limit.Of(limit ?? 1_000)).Select(d => View(d, before.All, after.All))]
        );
    }

    private sealed record Outlines(Dictionary<Guid, NodeOutline> All, Dictionary<Guid, NodeOutline> Asked);

    private static async Task<Outlines> OutlinesAsync(
        PastTrees trees,
        long position,
        Guid? root,
        bool ofNow,
        CancellationToken ct
    )
    {
        var all = await trees.OutlinesAsync(position, ct, ofNow);
        return new(all, root is { } id ? Below(all, id) : all);
    }

    private static Dictionary<Guid, NodeOutline> Below(Dictionary<Guid, NodeOutline> all, Guid root)
    {
        var children = all
            .Values.SelectMany(n => n.ParentIds.Select(p => (Parent: p, n.Id)))
            .ToLookup(e => e.Parent, e => e.Id);
        var found = new Dictionary<Guid, NodeOutline>();
        var open = new Stack<Guid>([root]);
        while (open.TryPop(out var id))
            if (all.TryGetValue(id, out var node) && found.TryAdd(id, node))
                foreach (var child in children[id])
                    open.Push(child);
        return found;
    }

    private static SortedDictionary<string, int> Counts(IReadOnlyList<NodeDifference> differences)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var change in Enum.GetNames<NodeChange>())
            counts[char.ToLowerInvariant(change[0]) + change[1..]] = 0;
        foreach (var change in differences.SelectMany(d => d.Changes).Select(c => c.ToString()))
            counts[char.ToLowerInvariant(change[0]) + change[1..]]++;
        return counts;
    }

    private static NodeDiff View(
        NodeDifference difference,
        Dictionary<Guid, NodeOutline> before,
        Dictionary<Guid, NodeOutline> after
    ) =>
        new(
            difference.Node.Id,
            difference.Node.Name,
            [.. difference.Changes.Select(c => (NodeChange)(int)c)],
            Then(difference.Before, before),
            Then(difference.After, after)
        );

    private static NodeThen? Then(NodeOutline? node, Dictionary<Guid, NodeOutline> all) =>
        node is null
            ? null
            : new(
                node.Name,
                PathOf(node, all),
                node.ParentIds,
                node.CheckId,
                node.Tags,
                node.Paused,
                node.Status,
                node.Since,
                node.RulesVersion
            );

    private static List<string> PathOf(NodeOutline node, Dictionary<Guid, NodeOutline> all)
    {
        var path = new List<string> { node.Name };
        while (node.ParentIds.Count > 0 && all.TryGetValue(node.ParentIds[0], out var parent))
        {
            node = parent;
            path.Insert(0, node.Name);
        }
        return path;
    }
}
