using Torch.Domain.Rules;

namespace Torch.Domain.Nodes;

public sealed partial class Topology
{
    private const decimal MaxWeight = 1_000;

    /// <summary>A new node, as a root or under a parent.</summary>
    /// <param name="nameOf">For refusals that people can read.</param>
    public Decision Create(Guid nodeId, bool isLeaf, Guid? parentId, decimal weight, Func<Guid, string>? nameOf = null)
    {
        if (Contains(nodeId))
            return Decision.Refuse("node_exists", $"{Name(nodeId, nameOf)} exists already.");
        if (parentId is not { } parent)
            return Decision.Accept(new NodeAdded(nodeId, isLeaf));
        return Parenthood(parent, weight, "as-is", nameOf) is { } refusal
            ? Decision.Refuse(refusal.Code, refusal.Detail)
            : Decision.Accept(new NodeAdded(nodeId, isLeaf), new ChildLinked(parent, nodeId, weight));
    }

    /// <summary>Another parent, or other settings for an edge that stands. What is absent stays, or is 1, false and <c>as-is</c> on a new edge.</summary>
    public Decision Link(
        Guid parentId,
        Guid childId,
        decimal? weight = null,
        bool? required = null,
        string? contribution = null,
        Func<Guid, string>? nameOf = null
    )
    {
        var old = EdgeOf(parentId, childId);
        var edge = new ChildLinked(
            parentId,
            childId,
            weight ?? old?.Weight ?? 1,
            required ?? old?.Required ?? false,
            contribution ?? old?.Contribution ?? "as-is"
        );
        if (Refused(edge, nameOf) is { } refusal)
            return Decision.Refuse(refusal.Code, refusal.Detail);
        return old == new Edge(edge.ParentId, edge.ChildId, edge.Weight, edge.Required, edge.Contribution)
            ? Decision.Nothing
            : Decision.Accept(edge);
    }

    /// <summary>The child leaves the parent; without another it becomes a root.</summary>
    public Decision Unlink(Guid parentId, Guid childId, Func<Guid, string>? nameOf = null) =>
        (Contains(parentId), Contains(childId), EdgeOf(parentId, childId)) switch
        {
            (false, _, _) => UnknownParent(parentId),
            (_, false, _) => UnknownNode(childId),
            (_, _, null) => Decision.Nothing,
            _ => Decision.Accept(new ChildUnlinked(parentId, childId)),
        };

    /// <summary>The node leaves one parent for another, and its edge keeps its settings.</summary>
    /// <param name="fromParentId">Needed where it has several.</param>
    /// <param name="toParentId">Null makes it a root.</param>
    public Decision Move(Guid nodeId, Guid? fromParentId, Guid? toParentId, Func<Guid, string>? nameOf = null)
    {
        if (!Contains(nodeId))
            return UnknownNode(nodeId);
        var parents = Parents(nodeId);
        if (fromParentId is null && parents.Count > 1)
            return Decision.Refuse(
                "from_parent_needed",
                $"{Name(nodeId, nameOf)} has {parents.Count} parents: name the one that it leaves."
            );
        var old = fromParentId is { } from ? EdgeOf(from, nodeId) : parents.FirstOrDefault();
        if (fromParentId is { } named && old is null)
            return Decision.Refuse("not_linked", $"{Name(nodeId, nameOf)} does not stand under {Name(named, nameOf)}.");
        if (toParentId == old?.ParentId)
            return Decision.Nothing;
        return Rehang(nodeId, old, toParentId, nameOf);
    }

    /// <summary>The node goes, and with it every descendant that has no parent left.</summary>
    public Decision Delete(Guid nodeId)
    {
        if (!Contains(nodeId))
            return UnknownNode(nodeId);
        var gone = new HashSet<Guid> { nodeId };
        var order = new List<IEvent>();
        for (var queue = new Queue<Guid>([nodeId]); queue.TryDequeue(out var next); )
        {
            order.Add(new NodeRemoved(next));
            foreach (var edge in Children(next))
                if (Parents(edge.ChildId).All(e => gone.Contains(e.ParentId)) && gone.Add(edge.ChildId))
                    queue.Enqueue(edge.ChildId);
        }
        return Decision.Accept(order);
    }

    private Decision Rehang(Guid nodeId, Edge? old, Guid? toParentId, Func<Guid, string>? nameOf)
    {
        var events = new List<IEvent>();
        if (old is not null)
            events.Add(new ChildUnlinked(old.ParentId, nodeId));
        if (toParentId is { } to && EdgeOf(to, nodeId) is null)
        {
            var edge = new ChildLinked(
                to,
                nodeId,
                old?.Weight ?? 1,
                old?.Required ?? false,
                old?.Contribution ?? "as-is"
            );
            if (Refused(edge, nameOf) is { } refusal)
                return Decision.Refuse(refusal.Code, refusal.Detail);
            events.Add(edge);
        }
        return Decision.Accept(events);
    }

    private Refusal? Refused(ChildLinked edge, Func<Guid, string>? nameOf)
    {
        if (!Contains(edge.ChildId))
            return UnknownNode(edge.ChildId).Refusal;
        return Parenthood(edge.ParentId, edge.Weight, edge.Contribution, nameOf)
            ?? Cycle(edge.ParentId, edge.ChildId, nameOf);
    }

    private Refusal? Parenthood(Guid parentId, decimal weight, string contribution, Func<Guid, string>? nameOf)
    {
        if (!Contains(parentId))
            return UnknownParent(parentId).Refusal;
        if (IsLeaf(parentId))
            return new(
                "leaf_as_parent",
                $"{Name(parentId, nameOf)} is a leaf: it shows a check and cannot have children."
            );
        if (weight is <= 0 or > MaxWeight)
            return new("weight_out_of_range", "A weight is more than 0 and at most 1,000.");
        return Contribution.TryParse(contribution, out _, Statuses)
            ? null
            : new("unknown_contribution", $"\"{contribution}\" is no contribution; expected {Contribution.Expected}.");
    }

    private Refusal? Cycle(Guid parentId, Guid childId, Func<Guid, string>? nameOf)
    {
        if (Way(childId, parentId, id => Children(id).Select(e => e.ChildId)) is not { } way)
            return null;
        var path = string.Join(" > ", way.Append(childId).Select(id => $"{Name(id, nameOf)} ({id})"));
        return new(
            "cycle",
            parentId == childId
                ? $"{Name(childId, nameOf)} ({childId}) cannot stand under itself."
                : $"{Name(childId, nameOf)} cannot stand under {Name(parentId, nameOf)}: this would close the cycle {path}."
        );
    }

    // The way from a node to another, both included, or null.
    private static List<Guid>? Way(Guid from, Guid to, Func<Guid, IEnumerable<Guid>> next)
    {
        var cameFrom = new Dictionary<Guid, Guid> { [from] = from };
        for (var queue = new Queue<Guid>([from]); queue.TryDequeue(out var here); )
        {
            if (here == to)
                return Retrace(cameFrom, from, to);
            foreach (var id in next(here))
                if (cameFrom.TryAdd(id, here))
                    queue.Enqueue(id);
        }
        return null;
    }

    private static List<Guid> Retrace(Dictionary<Guid, Guid> cameFrom, Guid from, Guid to)
    {
        var way = new List<Guid> { to };
        while (way[^1] != from)
            way.Add(cameFrom[way[^1]]);
        way.Reverse();
        return way;
    }

    private static string Name(Guid id, Func<Guid, string>? nameOf) => nameOf?.Invoke(id) ?? "Node";

    private static Decision UnknownNode(Guid id) => Decision.Refuse("unknown_node", $"There is no node {id}.");

    private static Decision UnknownParent(Guid id) =>
        Decision.Refuse("unknown_parent", $"There is no node {id} to be the parent.");
}
