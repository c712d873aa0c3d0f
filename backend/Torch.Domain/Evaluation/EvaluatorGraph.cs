using Torch.Domain.Nodes;
using Torch.Domain.Rules;

namespace Torch.Domain.Evaluation;

public sealed partial class Evaluator
{
    private void Link(ChildLinked e)
    {
        if (IsForeign(e))
            return;
        var (parent, child) = (NodeOf(e.ParentId), NodeOf(e.ChildId));
        // The topology's decisions let no cycle into the log; a foreign log must not hang the evaluator.
        if (parent == child || IsAbove(child, parent))
            return;
        var edge = child.Parents.Find(x => x.Parent == parent);
        if (edge is null)
        {
            edge = new EdgeState(parent, child);
            parent.Children.Add(edge);
            child.Parents.Add(edge);
        }
        Uncount(edge);
        edge.Weight = e.Weight;
        edge.Required = e.Required;
        edge.Map = MapOf(e.Contribution);
        Lift(parent, child.Height + 1);
        Count(edge);
        CoverAs(parent, child);
        Enqueue(parent);
        RewatchAbove(child);
    }

    private void Unlink(Guid parentId, Guid childId)
    {
        if (
            !_nodes.TryGetValue(childId, out var child)
            || child.Parents.Find(e => e.Parent.Id == parentId) is not { } edge
        )
            return;
        Detach(edge);
        Left(edge.Parent);
    }

    private void Remove(Guid nodeId)
    {
        if (!_nodes.Remove(nodeId, out var node))
            return;
        Unwatch(node);
        ForgetDependencies(node);
        node.Removed = true;
        node.Check?.Leaves.Remove(node);
        Uncover(node);
        List<EdgeState> above = [.. node.Parents];
        foreach (var edge in (EdgeState[])[.. node.Parents, .. node.Children])
            Detach(edge);
        foreach (var edge in above)
            Left(edge.Parent);
    }

    private void Detach(EdgeState edge)
    {
        Uncount(edge);
        edge.Parent.Children.Remove(edge);
        edge.Child.Parents.Remove(edge);
        Lower(edge.Parent);
        Uncover(edge.Child);
    }

    // A child left: the parent is asked again, and names in rules may mean somebody else. Heights stand by now.
    private void Left(NodeState parent)
    {
        Enqueue(parent);
        Rewatch(parent);
        RewatchAbove(parent);
    }

    private static bool IsAbove(NodeState above, NodeState node) =>
        node.Parents.Find(e => e.Parent == above || IsAbove(above, e.Parent)) is not null;

    private static void Lift(NodeState node, int height)
    {
        if (node.Height >= height)
            return;
        node.Height = height;
        foreach (var edge in node.Parents)
            Lift(edge.Parent, height + 1);
    }

    private static void Lower(NodeState node)
    {
        var height = node.Children.Count == 0 ? 0 : node.Children.Max(e => e.Child.Height) + 1;
        if (height == node.Height)
            return;
        node.Height = height;
        foreach (var edge in node.Parents)
            Lower(edge.Parent);
    }

    private ContributionMap MapOf(string contribution)
    {
        if (_maps.TryGetValue(contribution, out var map))
            return map;
        if (!Contribution.TryParse(contribution, out var parsed, _statuses))
            parsed = Contribution.AsIs;
        var ranks = _statuses.Ordered.Select(s =>
            parsed.CountsAs(s, _statuses) is { } counts ? _statuses.RankOf(counts.Name) : -1
        );
        return _maps[contribution] = new(contribution, [.. ranks]);
    }

    private void Uncount(NodeState child)
    {
        foreach (var edge in child.Parents)
            Uncount(edge);
    }

    private void Recounted(NodeState child)
    {
        foreach (var edge in child.Parents)
        {
            Count(edge);
            Enqueue(edge.Parent);
        }
        Enqueue(child);
    }

    private void Recount(EdgeState edge)
    {
        if (RankOf(edge) == edge.CountsAs)
            return;
        Uncount(edge);
        Count(edge);
        Enqueue(edge.Parent);
    }

    private void Count(EdgeState edge)
    {
        var rank = RankOf(edge);
        if (rank != MaskedEdge)
        {
            Put(edge, rank);
            return;
        }
        edge.CountsAs = rank;
        Mask(edge);
    }

    private void Put(EdgeState edge, int rank)
    {
        edge.CountsAs = rank;
        if (rank < 0)
            return;
        var parent = edge.Parent;
        ref var same = ref (parent.ByRank ??= new Few<EdgeState>[_statuses.Ordered.Count])[edge.CountsAs];
        edge.Slot = same.Count;
        same.Add(edge);
        parent.Counted++;
        parent.RequiredFailing += Missed(edge);
        Tell(edge, 1);
    }

    private void Uncount(EdgeState edge)
    {
        if (edge.CountsAs == MaskedEdge)
            Unmask(edge);
        Withdraw(edge);
        edge.CountsAs = -1;
    }

    private void Withdraw(EdgeState edge)
    {
        if (edge.CountsAs < 0)
            return;
        ref var same = ref edge.Parent.ByRank![edge.CountsAs];
        var last = same[same.Count - 1];
        same[edge.Slot] = last;
        last.Slot = edge.Slot;
        same.RemoveLast();
        edge.Parent.Counted--;
        edge.Parent.RequiredFailing -= Missed(edge);
        Tell(edge, -1);
        edge.CountsAs = -1;
    }

    private int Missed(EdgeState edge) => edge.Required && _statuses.Ordered[edge.CountsAs].Available == false ? 1 : 0;

    private static void Tell(EdgeState edge, int sign)
    {
        foreach (var clause in edge.Parent.Rules.Counting)
            clause.Count(edge, sign);
    }

    private void RewatchAbove(NodeState node)
    {
        foreach (var edge in node.Parents)
        {
            if (edge.Parent.Rules.Named.Length > 0)
                Rewatch(edge.Parent);
            RewatchAbove(edge.Parent);
        }
    }

    private void Rewatch(NodeState group)
    {
        Unwatch(group);
        Watch(group);
    }

    private void Watch(NodeState group)
    {
        foreach (var clause in group.Rules.Named)
        {
            clause.Resolve(group);
            foreach (var target in clause.Targets)
                target.Watchers.Add(group);
        }
        if (group.Rules.Named.Length > 0)
            Enqueue(group);
    }

    private static void Unwatch(NodeState group)
    {
        foreach (var clause in group.Rules.Named)
        {
            foreach (var target in clause.Targets)
                target.Watchers.Remove(group);
            clause.Targets.Clear();
        }
    }
}
