using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

public sealed partial class Evaluator
{
    private readonly Queue<(NodeState Node, NodeTransitioned Transition)> _given = new();

    // Null in an evaluator of everything.
    private HashSet<Guid>? _evaluated;

    // Nodes and checks that a replica follows because later events will need them.
    private HashSet<Guid> _also = [];

    // When the event that is being folded took effect, where it is one that can change a status.
    private DateTimeOffset? _effective;

    /// <summary>
    /// A small evaluator with the memory of some nodes, which goes its own way from here. It folds the same log as this one and finds the
    /// same transitions of the nodes that it evaluates, given those of the nodes around them: their other children, and whom their rules
    /// name. Costs as much as it holds.
    /// </summary>
    /// <param name="evaluated">Nodes that it evaluates; those that do not exist yet, as soon as they do.</param>
    /// <param name="also">Nodes, and checks, that it must know beside them: those which later events will link, depend on or show. Whoever else is made later is nobody to it.</param>
    public Evaluator Replica(IReadOnlyCollection<Guid> evaluated, IReadOnlyCollection<Guid>? also = null)
    {
        var replica = new Evaluator(_statuses) { _evaluated = [.. evaluated], _also = [.. also ?? []] };
        HashSet<NodeState> whole = [.. replica._evaluated.Where(_nodes.ContainsKey).Select(id => _nodes[id])];
        HashSet<NodeState> held = [.. whole, .. replica._also.Where(_nodes.ContainsKey).Select(id => _nodes[id])];
        foreach (var node in whole)
            HoldAround(node, held);
        HashSet<CheckState> checks = [.. held.Select(n => n.Check).OfType<CheckState>()];
        checks.UnionWith(replica._also.Where(_checks.ContainsKey).Select(id => _checks[id]));
        replica.Restore(Save(new(held, whole), checks));
        foreach (var node in held)
            replica.HoldAbove(node, held);
        return replica;
    }

    /// <summary>Folds an event together with what it brought about in the nodes that a replica does not evaluate.</summary>
    /// <param name="recorded">Their transitions with this event as their cause, in their order. Those of other nodes are left out.</param>
    /// <inheritdoc cref="Fold(long, DateTimeOffset, IEvent, string)"/>
    public IReadOnlyList<NodeTransitioned> Fold(
        long position,
        DateTimeOffset timestamp,
        IEvent @event,
        IReadOnlyList<NodeTransitioned> recorded
    )
    {
        foreach (var transition in recorded)
            Give(transition);
        return Fold(position, timestamp, @event);
    }

    /// <summary>What happened around a replica at one moment, wherever it came from; all of it is judged together.</summary>
    /// <param name="at">When it took effect.</param>
    /// <returns>What follows, and what was due by then.</returns>
    public IReadOnlyList<NodeTransitioned> Give(DateTimeOffset at, IReadOnlyList<NodeTransitioned> recorded)
    {
        (_transitions, _marked) = (null, null);
        FireDue(at);
        _now = at > _now ? at : _now;
        foreach (var transition in recorded)
            Give(transition);
        while (_given.Count > 0)
            TakeNext();
        Evaluate(at);
        FireDue(_now);
        EvaluateCeased();
        return _transitions ?? (IReadOnlyList<NodeTransitioned>)[];
    }

    /// <summary>In a replica: the nodes around those that it evaluates.</summary>
    public IReadOnlyCollection<Guid> Surrounding =>
        [.. _nodes.Values.Where(n => n.Recorded is not null).Select(n => n.Id)];

    /// <summary>The checks that evaluated nodes show, or will show.</summary>
    public IReadOnlyCollection<Guid> Followed =>
        [.. _nodes.Values.Where(n => n.Recorded is null).Select(n => n.Check?.Id).OfType<Guid>().Distinct()];

    /// <summary>The nodes from some up to one above them, it and they included, children before their parents; empty for an unknown one.</summary>
    public IReadOnlyCollection<Guid> UpTo(Guid top, IEnumerable<Guid> nodes)
    {
        var between = new Dictionary<NodeState, bool>();
        if (_nodes.TryGetValue(top, out var above))
            foreach (var id in nodes)
                if (_nodes.TryGetValue(id, out var node))
                    LeadsTo(above, node, between);
        return [.. between.Where(n => n.Value).Select(n => n.Key.Id).Reverse()];
    }

    // Its children, those on the way to the ones that its rules name, and whatever it depends on.
    private static void HoldAround(NodeState node, HashSet<NodeState> held)
    {
        foreach (var edge in node.Children)
            held.Add(edge.Child);
        if (node.Dependencies is not null)
            held.UnionWith(All(node));
        var between = new Dictionary<NodeState, bool>();
        foreach (var target in node.Rules.Named.SelectMany(c => c.Targets))
            LeadsTo(node, target, between);
        held.UnionWith(between.Where(n => n.Value).Select(n => n.Key));
    }

    private static bool LeadsTo(NodeState top, NodeState node, Dictionary<NodeState, bool> known)
    {
        if (known.TryGetValue(node, out var leads))
            return leads;
        leads = node == top;
        if (!leads)
            foreach (var edge in node.Parents)
                leads |= LeadsTo(top, edge.Parent, known);
        return known[node] = leads;
    }

    private bool IsForeign(Guid nodeId) => _evaluated is not null && !_evaluated.Contains(nodeId);

    // Of the edges, those count that stand below an evaluated node, or between two that are known.
    private bool IsForeign(ChildLinked e)
    {
        if (_evaluated is null || _evaluated.Contains(e.ParentId))
            return false;
        return !_nodes.ContainsKey(e.ParentId) || !_nodes.ContainsKey(e.ChildId);
    }

    private bool IsNobodysHere(Guid checkId) =>
        _evaluated is not null
        && !_also.Contains(checkId)
        && !(
            _checks.TryGetValue(checkId, out var check) && check.Leaves.Find(leaf => leaf.Recorded is null) is not null
        );

    // A node that appears while a replica goes on may come to stand near one that it evaluates.
    private bool Admits(Guid nodeId)
    {
        if (IsNobody(nodeId) && _also.Contains(nodeId))
            _nodes.Add(nodeId, Record(Fresh(nodeId)));
        return !NodeOf(nodeId).Removed;
    }

    private bool IsNobody(Guid nodeId) => IsForeign(nodeId) && !_nodes.ContainsKey(nodeId);

    // What happens to a node outside happens to nobody.
    private NodeState Stranger(Guid id)
    {
        var stranger = Record(Fresh(id));
        stranger.Removed = true;
        return stranger;
    }

    private NodeState Record(NodeState node)
    {
        node.Recorded = new RecordedStatus();
        Show(node, node.Verdict with { Status = _statuses.RankOf(StatusCatalog.Up) });
        return node;
    }

    // One in maintenance is masked in its parents. What it is beneath is not told: what it was before is taken for it.
    private void Show(NodeState recorded, Verdict before)
    {
        var isMasked = recorded.Status == _statuses.RankOf(StatusCatalog.Maintenance);
        var decider = isMasked ? DeciderKind.Maintenance : DeciderKind.Nothing;
        recorded.Verdict = new(recorded.Status, decider, -1, recorded.Since, long.MaxValue);
        if (isMasked && before.Decider != DeciderKind.Maintenance)
            (recorded.Layers ??= new(before)).Beneath = before;
        else if (isMasked)
            recorded.Layers ??= new(before with { Status = _statuses.RankOf(StatusCatalog.Up) });
    }

    private void Give(NodeTransitioned transition)
    {
        if (_nodes.TryGetValue(transition.NodeId, out var node) && node.Recorded is not null)
            _given.Enqueue((node, transition));
    }

    private void Give(IEvent @event, DateTimeOffset timestamp)
    {
        if (_evaluated is null)
            return;
        if (@event is NodeTransitioned transition)
            Give(transition);
        _effective = @event is ClockTicked or NodeTransitioned ? null : Effective(@event, timestamp);
    }

    // Deadlines of nodes outside are among those that the log's clock fires: each at its place between those of the nodes inside.
    private void GiveDue(DateTimeOffset until)
    {
        while (_given.TryPeek(out var next) && next.Transition.At <= until && !IsOfTheEvent(next))
        {
            while (
                NextEdge <= next.Transition.At || (_deadlines.First is { } first && IsBefore(first, next.Transition))
            )
                FireNext();
            GiveOne(next.Transition.At);
        }
    }

    private static bool IsBefore(NodeState due, NodeTransitioned next) =>
        (due.DueTicks, due.Id).CompareTo((next.At.UtcTicks, next.NodeId)) < 0;

    private void GiveThoseOfTheEvent()
    {
        // What changes once more at that moment has another cause, which came after all that follows from the first.
        while (_given.TryPeek(out var next) && IsOfTheEvent(next) && next.Node.Recorded!.Next is null)
            TakeNext();
    }

    private bool GiveTheRest()
    {
        _effective = null;
        var isAny = _given.Count > 0;
        GiveDue(DateTimeOffset.MaxValue);
        return isAny;
    }

    private bool IsOfTheEvent((NodeState Node, NodeTransitioned Transition) next) =>
        _effective is { } at && next.Transition.At == (next.Node.Since > at ? next.Node.Since : at);

    // What follows from one deadline climbs: a transition that stands no higher than the one before it has another cause.
    private void GiveOne(DateTimeOffset at)
    {
        int height;
        do height = TakeNext().Height;
        while (
            _given.TryPeek(out var next) && next.Transition.At == at && next.Node.Height > height && !IsOfTheEvent(next)
        );
        _now = at > _now ? at : _now;
        Evaluate(at);
    }

    private NodeState TakeNext()
    {
        var (node, transition) = _given.Dequeue();
        if (node.Recorded!.Next is not null)
            TakeGiven(node, node.Recorded);
        node.Recorded.Next = transition;
        Enqueue(node);
        return node;
    }

    private void TakeGiven(NodeState node, RecordedStatus recorded)
    {
        if (recorded.Next is not { } next)
            return;
        (recorded.Last, recorded.Next) = (next, null);
        var rank = _statuses.RankOf(next.To);
        node.Status = rank < 0 ? _statuses.RankOf(StatusCatalog.Unknown) : rank;
        node.Since = next.At;
        Show(node, node.Verdict);
        Climb(node);
    }
}
