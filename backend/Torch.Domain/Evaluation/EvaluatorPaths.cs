using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>From the roots over a node down to what caused its status: each node once, each edge between two of them once.</summary>
/// <param name="IsCut">There are more nodes than were asked for.</param>
public sealed record CauseGraph(IReadOnlyList<CauseNode> Nodes, IReadOnlyList<CauseEdge> Edges, bool IsCut);

/// <summary>A node on the way.</summary>
/// <param name="Sentence">Why it has its status.</param>
/// <param name="IsCause">Nothing below it decided its status: here it begins.</param>
/// <param name="OtherProblems">Children with a problem that are not drawn.</param>
/// <param name="OtherCalm">Children without one that are not drawn.</param>
public sealed record CauseNode(
    Guid Id,
    string Name,
    Guid? CheckId,
    string Status,
    DateTimeOffset Since,
    string Sentence,
    bool IsCause,
    int OtherProblems,
    int OtherCalm
);

/// <param name="Decides">The child decided the parent's status.</param>
public sealed record CauseEdge(Guid ParentId, Guid ChildId, decimal Weight, bool Decides);

public sealed partial class Evaluator
{
    /// <summary>Some nodes and whatever stands above them, children before their parents; unknown ones are left out.</summary>
    public IReadOnlyList<Guid> UpFrom(IEnumerable<Guid> nodes)
    {
        var found = new HashSet<NodeState>();
        foreach (var id in nodes)
            if (_nodes.TryGetValue(id, out var node) && found.Add(node))
                found.UnionWith(Above(node));
        return [.. found.OrderBy(node => node.Height).Select(node => node.Id)];
    }

    /// <summary>Where a status comes from; null for an unknown node.</summary>
    /// <param name="most">How many nodes are told; those nearest to it come first.</param>
    public CauseGraph? CausesOf(Guid nodeId, int most)
    {
        if (!_nodes.TryGetValue(nodeId, out var node))
            return null;
        var drawn = new Dictionary<NodeState, List<NodeState>> { [node] = Deciders(node) };
        var isCut = false;
        foreach (var above in Above(node))
            isCut |= !Draw(above, drawn, most);
        for (var queue = new Queue<NodeState>([node]); queue.TryDequeue(out var next); )
            foreach (var child in drawn[next].Where(child => !drawn.ContainsKey(child)))
                if (Draw(child, drawn, most))
                    queue.Enqueue(child);
                else
                    isCut = true;
        return new(
            [.. drawn.Keys.Select(n => Told(n, drawn))],
            [.. drawn.Keys.SelectMany(n => Told(n.Children, drawn))],
            isCut
        );
    }

    private bool Draw(NodeState node, Dictionary<NodeState, List<NodeState>> drawn, int most)
    {
        if (drawn.Count >= most)
            return false;
        drawn.TryAdd(node, Deciders(node));
        return true;
    }

    // What is up has nothing that brought it about.
    private List<NodeState> Deciders(NodeState node) =>
        node.Check is not null || _statuses.Ordered[node.Raw.Status].Name == StatusCatalog.Up
            ? []
            : _explainer.Deciders(node, node.Raw, _now);

    private CauseNode Told(NodeState node, Dictionary<NodeState, List<NodeState>> drawn)
    {
        var others = node
            .Children.Where(e => !drawn.ContainsKey(e.Child))
            .Select(e => _statuses.Ordered[e.Child.Status])
            .ToList();
        var problems = others.Count(status => status.Severity > 0);
        var status = _statuses.Ordered[node.Status];
        return new(
            node.Id,
            node.Name,
            node.Check?.Id,
            status.Name,
            node.Since,
            _explainer.Sentence(node, node.Verdict, _now),
            status.Severity > 0 && drawn[node].Count == 0,
            problems,
            others.Count - problems
        );
    }

    private static IEnumerable<CauseEdge> Told(
        IEnumerable<EdgeState> edges,
        Dictionary<NodeState, List<NodeState>> drawn
    ) =>
        from edge in edges
        where drawn.ContainsKey(edge.Child)
        select new CauseEdge(edge.Parent.Id, edge.Child.Id, edge.Weight, drawn[edge.Parent].Contains(edge.Child));
}
