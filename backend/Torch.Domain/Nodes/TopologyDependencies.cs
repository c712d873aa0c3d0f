namespace Torch.Domain.Nodes;

public sealed partial class Topology
{
    // Node to those that it depends on; nodes without any have no entry.
    private readonly Dictionary<Guid, List<Guid>> _dependencies = [];

    /// <summary>What the node depends on itself, in the order in which it came to.</summary>
    public IReadOnlyList<Guid> DependenciesOf(Guid nodeId) => _dependencies.GetValueOrDefault(nodeId) ?? [];

    /// <summary>The node comes to depend on another one: while that one is not available, new problems of the node are its consequence.</summary>
    public Decision Depend(Guid nodeId, Guid dependsOnId, Func<Guid, string>? nameOf = null) =>
        (Contains(nodeId), Contains(dependsOnId)) switch
        {
            (false, _) => UnknownNode(nodeId),
            (_, false) => UnknownNode(dependsOnId),
            _ when DependenciesOf(nodeId).Contains(dependsOnId) => Decision.Nothing,
            _ when DependencyCycle(nodeId, dependsOnId, nameOf) is { } refusal => Decision.Refuse(
                refusal.Code,
                refusal.Detail
            ),
            _ => Decision.Accept(new DependencyAdded(nodeId, dependsOnId)),
        };

    /// <summary>The node depends on the other one no longer.</summary>
    public Decision Undepend(Guid nodeId, Guid dependsOnId) =>
        !Contains(nodeId) ? UnknownNode(nodeId)
        : DependenciesOf(nodeId).Contains(dependsOnId) ? Decision.Accept(new DependencyRemoved(nodeId, dependsOnId))
        : Decision.Nothing;

    private Refusal? DependencyCycle(Guid nodeId, Guid dependsOnId, Func<Guid, string>? nameOf)
    {
        if (nodeId == dependsOnId)
            return new("cycle", $"{Name(nodeId, nameOf)} ({nodeId}) cannot depend on itself.");
        if (Way(dependsOnId, nodeId, DependenciesOf) is not { } way)
            return null;
        var path = string.Join(" > ", way.Prepend(nodeId).Select(id => $"{Name(id, nameOf)} ({id})"));
        return new(
            "cycle",
            $"{Name(nodeId, nameOf)} cannot depend on {Name(dependsOnId, nameOf)}: this would close the cycle {path}."
        );
    }

    private void Depend(DependencyAdded added)
    {
        if (!Contains(added.NodeId) || !Contains(added.DependsOnId))
            return;
        if (!_dependencies.TryGetValue(added.NodeId, out var on))
            _dependencies.Add(added.NodeId, on = []);
        if (!on.Contains(added.DependsOnId))
            on.Add(added.DependsOnId);
    }

    private void Undepend(DependencyRemoved removed)
    {
        if (_dependencies.TryGetValue(removed.NodeId, out var on) && on.Remove(removed.DependsOnId) && on.Count == 0)
            _dependencies.Remove(removed.NodeId);
    }

    private void ForgetDependencies(Guid nodeId)
    {
        _dependencies.Remove(nodeId);
        foreach (var (dependant, on) in _dependencies.ToList())
            if (on.Remove(nodeId) && on.Count == 0)
                _dependencies.Remove(dependant);
    }
}
