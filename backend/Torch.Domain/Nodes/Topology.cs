using Torch.Domain.Statuses;

namespace Torch.Domain.Nodes;

/// <summary>How a child stands under a parent.</summary>
public sealed record Edge(Guid ParentId, Guid ChildId, decimal Weight, bool Required, string Contribution);

/// <summary>
/// The structure of every hierarchy, folded from the topology stream, and the decisions on it. Every decision is appended with the
/// version that it was made on, so that two of them cannot close a cycle together.
/// </summary>
public sealed partial class Topology
{
    private readonly Dictionary<Guid, Place> _places = [];

    /// <summary>The statuses that contributions may name.</summary>
    public StatusCatalog Statuses { get; set; } = StatusCatalog.BuiltIn;

    private sealed class Place(bool isLeaf)
    {
        public bool IsLeaf => isLeaf;
        public List<Edge> Parents { get; } = [];
        public List<Edge> Children { get; } = [];
    }

    /// <summary>The same structure, to try several changes on one after the other.</summary>
    public Topology Copy()
    {
        var copy = new Topology { Statuses = Statuses };
        foreach (var (id, place) in _places)
        {
            var same = new Place(place.IsLeaf);
            same.Parents.AddRange(place.Parents);
            same.Children.AddRange(place.Children);
            copy._places.Add(id, same);
        }
        foreach (var (id, on) in _dependencies)
            copy._dependencies.Add(id, [.. on]);
        return copy;
    }

    public bool Contains(Guid nodeId) => _places.ContainsKey(nodeId);

    public bool IsLeaf(Guid nodeId) => _places.TryGetValue(nodeId, out var place) && place.IsLeaf;

    /// <summary>In the order in which they were linked; empty for a root and for an unknown node.</summary>
    public IReadOnlyList<Edge> Parents(Guid nodeId) => _places.TryGetValue(nodeId, out var place) ? place.Parents : [];

    /// <summary>In the order in which they were linked.</summary>
    public IReadOnlyList<Edge> Children(Guid nodeId) =>
        _places.TryGetValue(nodeId, out var place) ? place.Children : [];

    /// <summary>These nodes and all below them; those that are gone are left out.</summary>
    public IReadOnlySet<Guid> Below(IEnumerable<Guid> nodes)
    {
        var below = new HashSet<Guid>();
        var open = new Stack<Guid>(nodes);
        while (open.TryPop(out var id))
            if (_places.TryGetValue(id, out var place) && below.Add(id))
                foreach (var edge in place.Children)
                    open.Push(edge.ChildId);
        return below;
    }

    /// <summary>Takes one event of the topology stream; others leave it as it is.</summary>
    public void Fold(IEvent @event)
    {
        switch (@event)
        {
            case NodeAdded added:
                _places.TryAdd(added.NodeId, new(added.IsLeaf));
                break;
            case ChildLinked linked:
                Draw(linked);
                break;
            case ChildUnlinked unlinked:
                Erase(unlinked.ParentId, unlinked.ChildId);
                break;
            case NodeRemoved removed:
                Remove(removed.NodeId);
                break;
            case DependencyAdded added:
                Depend(added);
                break;
            case DependencyRemoved removed:
                Undepend(removed);
                break;
        }
    }

    private void Draw(ChildLinked linked)
    {
        if (
            !_places.TryGetValue(linked.ParentId, out var parent) || !_places.TryGetValue(linked.ChildId, out var child)
        )
            return;
        var edge = new Edge(linked.ParentId, linked.ChildId, linked.Weight, linked.Required, linked.Contribution);
        var at = child.Parents.FindIndex(e => e.ParentId == edge.ParentId);
        if (at < 0)
        {
            parent.Children.Add(edge);
            child.Parents.Add(edge);
            return;
        }
        child.Parents[at] = edge;
        parent.Children[parent.Children.FindIndex(e => e.ChildId == edge.ChildId)] = edge;
    }

    private void Erase(Guid parentId, Guid childId)
    {
        if (_places.TryGetValue(parentId, out var parent))
            parent.Children.RemoveAll(e => e.ChildId == childId);
        if (_places.TryGetValue(childId, out var child))
            child.Parents.RemoveAll(e => e.ParentId == parentId);
    }

    private void Remove(Guid nodeId)
    {
        if (!_places.Remove(nodeId, out var place))
            return;
        ForgetDependencies(nodeId);
        foreach (var edge in place.Parents)
            _places[edge.ParentId].Children.RemoveAll(e => e.ChildId == nodeId);
        foreach (var edge in place.Children)
            _places[edge.ChildId].Parents.RemoveAll(e => e.ParentId == nodeId);
    }

    private Edge? EdgeOf(Guid parentId, Guid childId) => Parents(childId).FirstOrDefault(e => e.ParentId == parentId);
}
