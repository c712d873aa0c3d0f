namespace Torch.Domain.Evaluation;

/// <summary>Which nodes are saved, all or a part of them, and by which index they are known.</summary>
internal sealed class Saving
{
    private readonly Dictionary<NodeState, int> _indexes;
    private readonly HashSet<NodeState>? _whole;
    private readonly ILookup<NodeState, EdgeState>? _below;

    /// <param name="nodes">In any order.</param>
    /// <param name="whole">Those that are saved with all that decides them; null for all.</param>
    public Saving(IEnumerable<NodeState> nodes, HashSet<NodeState>? whole = null)
    {
        _whole = whole;
        Nodes = [.. nodes.OrderBy(n => n.Ordinal)];
        _indexes = new(Nodes.Length);
        for (var i = 0; i < Nodes.Length; i++)
            _indexes.Add(Nodes[i], i);
        // From below: a node beside the part may have many more children than stand in it.
        if (whole is not null)
            _below = Nodes
                .SelectMany<NodeState, EdgeState>(n => [.. n.Parents])
                .Where(e => !whole.Contains(e.Parent) && _indexes.ContainsKey(e.Parent))
                .ToLookup(e => e.Parent);
    }

    /// <summary>In the order of their appearance.</summary>
    public NodeState[] Nodes { get; }

    public bool IsEverything => _whole is null;

    public bool IsWhole(NodeState node) => _whole is null || _whole.Contains(node);

    public int IndexOf(NodeState node) => _indexes[node];

    /// <summary>Those of them that are saved, in their order.</summary>
    public IReadOnlyList<int> IndexesOf(IEnumerable<NodeState> nodes)
    {
        var found = new List<int>();
        foreach (var node in nodes)
            if (_indexes.TryGetValue(node, out var index))
                found.Add(index);
        return found;
    }

    /// <summary>The edges to children that are saved.</summary>
    public IEnumerable<EdgeState> ChildrenOf(NodeState node) => IsWhole(node) ? node.Children : _below![node];
}
