using Torch.Domain.History;

namespace Torch.Domain.Evaluation;

/// <summary>
/// Observations that come late. One that is older than what a node on its path was last judged at has changed a past that transitions
/// were already written for. The evaluator notes it; <see cref="Revision"/> finds out what follows, and its result comes back as an event.
/// </summary>
public sealed partial class Evaluator
{
    private readonly SortedDictionary<Guid, LateData> _late = [];

    // A path on which something happens all the time is never still: what it was is right by then, and what it is will be soon.
    private const int MostTries = 5;

    // Leaves whose observation came so late that it does not count any more, as all of a spool after a cut. Judged as of its time, each would be a
    // status for a moment, with one more right after: they are judged as of now, and their revision tells the past.
    private readonly List<NodeState> _ceased = [];

    private Guid _observed;

    /// <summary>How old an observation may be and still be folded.</summary>
    public TimeSpan LateWindow { get; private set; } = TimeSpan.FromHours(24);

    /// <summary>What came late and is not yet in effective history, by check.</summary>
    public IReadOnlyList<LateData> Late => [.. _late.Values];

    /// <summary>The position of the newest of it; null where there is none.</summary>
    public long? NewestLate => _late.Count == 0 ? null : _late.Values.Max(l => l.Position);

    /// <summary>The nodes whose history late observations of these checks may change: the leaves that show them and everything above, lowest first.</summary>
    public IReadOnlyList<Guid> PathsOf(IEnumerable<Guid> checks)
    {
        var paths = new HashSet<NodeState>();
        foreach (var id in checks)
            if (_checks.TryGetValue(id, out var check))
                foreach (var leaf in check.Leaves)
                    Climb(leaf, paths);
        return [.. paths.OrderBy(n => n.Height).ThenBy(n => n.Ordinal).Select(n => n.Id)];
    }

    /// <summary>The checks that nodes show, and the nodes beside them that decide them: their other children, and whom their rules name.</summary>
    public (HashSet<Guid> Checks, HashSet<Guid> Nodes) Around(IReadOnlyList<Guid> nodes)
    {
        var (checks, around) = (new HashSet<Guid>(), new HashSet<NodeState>());
        foreach (var node in nodes.Where(_nodes.ContainsKey).Select(id => _nodes[id]))
        {
            if (node.Check is { } check)
                checks.Add(check.Id);
            HoldAround(node, around);
        }
        return (checks, [.. around.Select(n => n.Id).Except(nodes)]);
    }

    private static void Climb(NodeState node, HashSet<NodeState> paths)
    {
        if (!paths.Add(node))
            return;
        foreach (var edge in node.Parents)
            Climb(edge.Parent, paths);
        foreach (var watcher in node.Watchers)
            Climb(watcher, paths);
    }

    /// <summary>What a node is now, as <see cref="LateDataFolded"/> carries it; null for an unknown one.</summary>
    public RevisedState? StateOf(Guid nodeId) =>
        !_nodes.TryGetValue(nodeId, out var node)
            ? null
            : new(
                node.Id,
                _statuses.Ordered[node.Status].Name,
                node.Since,
                Save(node.Verdict),
                node.Rules == _noRules ? null : node.Rules.Save(null),
                node.Layers is { } layers ? Save(layers) : null,
                SavePlaces(node, null)
            );

    private bool IsTooLate(DateTimeOffset at) => at < _now - LateWindow;

    private void NoteLate(DateTimeOffset from)
    {
        if (_observed == Guid.Empty)
            return;
        var earlier = _late.TryGetValue(_observed, out var noted) && noted.From < from ? noted.From : from;
        _late[_observed] = new(_observed, earlier, _position);
    }

    private bool HasCeased(NodeState node) =>
        node.Check is { Last: not null } check && Decider.StaleAt(node, check) <= _now;

    private void EvaluateCeased()
    {
        if (_ceased.Count == 0)
            return;
        foreach (var leaf in _ceased)
            Enqueue(leaf);
        _ceased.Clear();
        Evaluate(_now);
        FireDue(_now);
    }

    private void Learn(LateDataFolded e)
    {
        foreach (var late in e.Late)
            if (_late.TryGetValue(late.CheckId, out var noted) && noted.Position <= e.Through)
                _late.Remove(late.CheckId);
        var passed = false;
        foreach (var state in e.States)
            if (_nodes.TryGetValue(state.NodeId, out var node) && _statuses.RankOf(state.Status) >= 0)
                passed |= !TryRevise(node, state, e.Through);
        // Something happened on a path while it was looked at: it is looked at once more.
        if (passed)
            foreach (var late in e.Late)
                if (late.Tries is not { } tries || tries < MostTries)
                    _late.TryAdd(late.CheckId, late with { Position = _position, Tries = (late.Tries ?? 0) + 1 });
    }

    private bool TryRevise(NodeState node, RevisedState state, long through)
    {
        if (node.JudgedPosition > through)
            return false;
        Uncount(node);
        node.Status = _statuses.RankOf(state.Status);
        node.Since = state.Since;
        node.Verdict = Restored(state.Verdict) with { Status = node.Status };
        if (node.Recorded is null)
            _deadlines.Set(node, node.Verdict.DueTicks);
        if (node.Recorded is null && state.Memory is { } memory && node.Rules.Fits(memory))
            node.Rules.Remember(memory);
        if (node.Places is { } views && state.Places is { } past && past.Count == views.Length)
            Revise(views, past);
        if (node.Recorded is null && state.Layers is { } layers)
            Revise(node.Layers ??= new(node.Verdict), Restored(layers));
        Recounted(node);
        foreach (var watcher in node.Watchers)
            Enqueue(watcher);
        return true;
    }

    private static void Revise(NodeState[] places, IReadOnlyList<SavedView> past)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var (place, was) = (places[i], past[i]);
            (place.Verdict, place.Status) = (Restored(was.Verdict), was.Verdict.Status);
            if (was.Memory is { } memory && place.Rules.Fits(memory))
                place.Rules.Remember(memory);
        }
    }

    // The masks are what they are now, and the log was told of them; only what is soft has another past.
    private static void Revise(Layers layers, Layers past) =>
        (layers.Raw, layers.Own, layers.Beneath, layers.Damper) = (past.Raw, past.Own, past.Beneath, past.Damper);
}
