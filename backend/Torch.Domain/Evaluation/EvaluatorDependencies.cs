using Torch.Domain.Nodes;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>Whom a node depends on, and who on it. Only nodes that have either have this.</summary>
internal sealed class DependencyState
{
    public List<NodeState> On { get; } = [];
    public List<NodeState> Dependants { get; } = [];

    /// <summary>What its last transition was the consequence of.</summary>
    public IReadOnlyList<Guid> SuppressedBy { get; set; } = [];
}

/// <summary>
/// Dependencies are about reachability: they mark a new problem as the consequence of another one, and change no status. Marks are set
/// once everything that an event brings about has settled, so that it does not matter which of the two was evaluated first.
/// </summary>
public sealed partial class Evaluator
{
    private const int MostSuppressing = 16;

    private int _dependencies;

    private void Depend(DependencyAdded e)
    {
        if (!_nodes.TryGetValue(e.NodeId, out var node) || !_nodes.TryGetValue(e.DependsOnId, out var other))
            return;
        // The topology's decisions let no cycle into the log; a foreign log may hold one.
        if (node == other || Reaches(other, node) || node.Dependencies?.On.Contains(other) == true)
            return;
        Connect(node, other);
    }

    private void Connect(NodeState node, NodeState other)
    {
        (node.Dependencies ??= new()).On.Add(other);
        (other.Dependencies ??= new()).Dependants.Add(node);
        _dependencies++;
    }

    private void Undepend(DependencyRemoved e)
    {
        if (_nodes.TryGetValue(e.NodeId, out var node) && _nodes.TryGetValue(e.DependsOnId, out var other))
            Disconnect(node, other);
    }

    private void Disconnect(NodeState node, NodeState other)
    {
        if (node.Dependencies?.On.Remove(other) != true)
            return;
        other.Dependencies!.Dependants.Remove(node);
        _dependencies--;
    }

    private void ForgetDependencies(NodeState node)
    {
        foreach (var other in (NodeState[])[.. node.Dependencies?.On ?? []])
            Disconnect(node, other);
        foreach (var dependant in (NodeState[])[.. node.Dependencies?.Dependants ?? []])
            Disconnect(dependant, node);
    }

    private static bool Reaches(NodeState from, NodeState to) => All(from).Contains(to);

    // The node itself first, then whom it depends on, near ones first.
    private static List<NodeState> All(NodeState node)
    {
        List<NodeState> all = [node];
        var seen = new HashSet<NodeState> { node };
        for (var i = 0; i < all.Count; i++)
            foreach (var other in all[i].Dependencies?.On ?? [])
                if (seen.Add(other))
                    all.Add(other);
        return all;
    }

    private void MarkSuppressed(int first)
    {
        for (var i = first; i < _transitions?.Count; i++)
            if (_nodes.TryGetValue(_transitions[i].NodeId, out var node) && node.Dependencies is { } dependencies)
            {
                dependencies.SuppressedBy = IsNewProblem(_transitions[i]) ? Unavailable(node) : [];
                if (dependencies.SuppressedBy.Count > 0)
                    _transitions[i] = _transitions[i] with { Suppressed = dependencies.SuppressedBy };
            }
    }

    // Worse than before and worse than up. A recovery is never suppressed, not even one that stops halfway.
    private bool IsNewProblem(NodeTransitioned transition) =>
        _statuses.RankOf(transition.To) is var to
        && to > _statuses.RankOf(transition.From)
        && to > _statuses.RankOf(StatusCatalog.Up);

    private List<Guid> Unavailable(NodeState node) =>
        [.. All(node).Skip(1).Where(IsUnavailable).Take(MostSuppressing).Select(n => n.Id)];

    private bool IsUnavailable(NodeState node) => _statuses.Ordered[node.Status].Available == false;

    // As long as what it was the consequence of lasts.
    private IReadOnlyList<Guid> SuppressedBy(NodeState node) =>
        node.Dependencies is { SuppressedBy.Count: > 0 } marked
            ? [.. marked.SuppressedBy.Intersect(Unavailable(node))]
            : [];
}
