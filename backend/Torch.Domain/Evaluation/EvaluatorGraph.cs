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
        RewatchAbove(child, child.Name);
    }

    private void Unlink(Guid parentId, Guid childId)
    {
        if (
            !_nodes.TryGetValue(childId, out var child)
            || child.Parents.Find(e => e.Parent.Id == parentId) is not { } edge
        )
            return;
        Detach(edge);
        Left(edge.Parent, child);
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
            Left(edge.Parent, node);
    }

    private void Detach(EdgeState edge)
    {
        Uncount(edge);
        edge.Parent.Children.Remove(edge);
        edge.Child.Parents.Remove(edge);
        Lower(edge.Parent);
        Uncover(edge.Child);
    }

    // The parent is asked again, and names in rules may mean somebody else. Heights stand by now.
    private void Left(NodeState parent, NodeState child)
    {
        Enqueue(parent);
        if (parent.Rules.Means(child.Name))
            Rewatch(parent);
        RewatchAbove(parent, child.Name);
    }

    // Who stands above stands higher, so that a new leaf is never looked for.
    private static bool IsAbove(NodeState above, NodeState node) =>
        above.Height > node.Height && Above(node).Contains(above);

    // Each once: ways up may part and meet again at every level.
    private static IEnumerable<NodeState> Above(NodeState node)
    {
        var (next, seen) = (new Stack<NodeState>([node]), new HashSet<NodeState>());
        while (next.TryPop(out var below))
            foreach (var edge in below.Parents)
                if (seen.Add(edge.Parent))
                {
                    next.Push(edge.Parent);
                    yield return edge.Parent;
                }
    }

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
        ref var same = ref (parent.ByRank ??= new Few<EdgeState>[RoomForRanks])[edge.CountsAs];
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

    // Somebody of that name came, left or was renamed: only rules that speak of it may mean somebody else now.
    private void RewatchAbove(NodeState node, string name)
    {
        foreach (var group in Above(node))
            if (group.Rules.Means(name))
                Rewatch(group);
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
