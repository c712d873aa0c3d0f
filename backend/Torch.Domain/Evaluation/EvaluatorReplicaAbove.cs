namespace Torch.Domain.Evaluation;

/// <summary>What a replica knows of nodes above it: only who stands below them, so that a window over one of them covers what it should.</summary>
public sealed partial class Evaluator
{
    // As it was when the replica was made, by the id of the node above.
    private readonly Dictionary<Guid, List<NodeState>> _above = [];

    private void HoldAbove(NodeState original, HashSet<NodeState> held)
    {
        var above = new HashSet<NodeState>();
        foreach (var edge in original.Parents)
            if (!held.Contains(edge.Parent))
                AddAncestors(edge.Parent, above);
        foreach (var ancestor in above)
        {
            if (!_above.TryGetValue(ancestor.Id, out var below))
                _above.Add(ancestor.Id, below = []);
            below.Add(_nodes[original.Id]);
        }
    }

    private static void AddAncestors(NodeState node, HashSet<NodeState> above)
    {
        if (!above.Add(node))
            return;
        foreach (var edge in node.Parents)
            AddAncestors(edge.Parent, above);
    }

    private void CoverBelow(Guid above, WindowState window)
    {
        if (_above.TryGetValue(above, out var below))
            foreach (var node in below)
                if (!node.Removed)
                    Cover(node, window);
    }

    private bool IsCoveredFromAbove(NodeState node, WindowState window) =>
        _above.Count > 0 && window.NodeIds.Any(id => _above.TryGetValue(id, out var below) && below.Contains(node));
}
