using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>
/// Folds the log into every hierarchy and says which nodes take another status. Deterministic: the same events in the same order give
/// the same transitions. Its only clock is the timestamp of the event that it folds. Not safe for several threads.
/// </summary>
public sealed partial class Evaluator
{
    private StatusCatalog _statuses;
    private Decider _decider;
    private Explainer _explainer;
    private CompiledRules _noRules;
    private readonly Deadlines _deadlines = new();
    private readonly Dictionary<Guid, NodeState> _nodes = [];
    private readonly Dictionary<Guid, CheckState> _checks = [];
    private readonly Dictionary<string, ContributionMap> _maps = new(StringComparer.Ordinal);
    private readonly List<List<NodeState>> _pending = [];
    private List<NodeTransitioned>? _transitions;
    private DateTimeOffset _now = DateTimeOffset.MinValue;
    private long _position;
    private int _ordinals;
    private int _lowest;
    private string? _by;

    /// <param name="statuses">The built-in ones where absent.</param>
    public Evaluator(StatusCatalog? statuses = null) =>
        (_statuses, _decider, _explainer, _noRules) = Of(statuses ?? StatusCatalog.BuiltIn);

    /// <summary>The next moment at which a status may change without an event; null where there is none.</summary>
    public DateTimeOffset? NextDeadline =>
        _deadlines.Next is { } deadline && !(NextEdge <= deadline) ? deadline : NextEdge;

    /// <summary>Of the last event that was folded.</summary>
    public long Position => _position;

    /// <summary>The statuses that it knows.</summary>
    public StatusCatalog Statuses => _statuses;

    /// <summary>The log's clock: of the last event, or of the last deadline.</summary>
    public DateTimeOffset Now => _now;

    /// <summary>Fires every deadline at or before the event's timestamp, in the order of (deadline, node id), then folds the event.</summary>
    /// <param name="timestamp">When the log took it; never earlier than the last one.</param>
    /// <param name="by">Who brought it about, where that is known.</param>
    /// <returns>The transitions in the order in which they happened. Transitions read back from the log change nothing.</returns>
    public IReadOnlyList<NodeTransitioned> Fold(
        long position,
        DateTimeOffset timestamp,
        IEvent @event,
        string? by = null
    )
    {
        (_transitions, _marked, _began, _by) = (null, null, null, by);
        _position = position;
        Give(@event, timestamp);
        _observed = Guid.Empty;
        // While Torch was away, staleness stood still: nothing may expire between the two moments.
        FireDue(@event is ServiceResumed resumed && resumed.AwaySince < timestamp ? resumed.AwaySince : timestamp);
        _now = timestamp > _now ? timestamp : _now;
        Take(@event);
        GiveThoseOfTheEvent();
        Evaluate(Effective(@event));
        FireDue(_now);
        EvaluateCeased();
        if (GiveTheRest())
            FireDue(_now);
        return _transitions ?? (IReadOnlyList<NodeTransitioned>)[];
    }

    /// <summary>Why the node has its status now, down to the leaves; null for an unknown node.</summary>
    public NodeExplanation? Explain(Guid nodeId) =>
        _nodes.TryGetValue(nodeId, out var node)
            ? _explainer.Explain(node, node.Rules, node.Verdict, node.Raw, _now, _position) with
            {
                SuppressedBy = SuppressedBy(node),
            }
            : null;

    // What was recorded up to now; the last one may be newer than what was read.
    private IEnumerable<(DateTimeOffset At, IEvent Observation)> UntilNow(
        CheckState check,
        IReadOnlyList<IEvent> recorded
    )
    {
        var read = recorded.Select(o => (At: Readings.At(o), o)).Where(o => o.At <= _now).ToList();
        return check.Last is { } last && !read.Exists(o => o.At >= check.LastAt)
            ? read.Append((check.LastAt, last.Event))
            : read;
    }

    /// <summary>How much of a check's past a draft asks for; null where it looks at the last observation alone.</summary>
    public LookBack? LooksBack(RuleSet draft) => new CompiledRules(draft, _statuses).Samples?.Asked;

    /// <summary>What a draft would say of current data; null for an unknown node. Counts and durations start with the draft.</summary>
    /// <param name="recorded">Observations of a leaf's check, for what looks back; the last one alone where absent.</param>
    public NodeExplanation? Try(Guid nodeId, RuleSet draft, IReadOnlyList<IEvent>? recorded = null)
    {
        if (!_nodes.TryGetValue(nodeId, out var node))
            return null;
        var rules = new CompiledRules(draft, _statuses);
        if (node.Places is not null)
        {
            var copy = WithDraft(node, rules, recorded);
            var found = _decider.Decide(copy, rules, _now, _now);
            return _explainer.Explain(copy, rules, found, found, _now, _position);
        }
        foreach (var clause in rules.Named)
            clause.Resolve(node);
        foreach (var edge in node.Children)
            if (edge.CountsAs >= 0)
                foreach (var clause in rules.Counting)
                    clause.Count(edge, 1);
        rules.Begin(node.Check, _now);
        if (recorded is { Count: > 0 } && node.Check is { } check)
            rules.Samples?.Recall(UntilNow(check, recorded));
        Observe(node, rules, _now);
        var verdict = _decider.Decide(node, rules, _now, _now);
        return _explainer.Explain(node, rules, verdict, verdict, _now, _position);
    }

    // An observation counts at its own time, but not in the future.
    private DateTimeOffset Effective(IEvent @event) => Effective(@event, _now);

    private static DateTimeOffset Effective(IEvent @event, DateTimeOffset now) =>
        @event is ReportReceived or ProbeCompleted or ResultsLost && Readings.At(@event) is var at && at < now
            ? at
            : now;

    private void FireDue(DateTimeOffset until)
    {
        GiveDue(until);
        while (NextDeadline is { } deadline && deadline <= until)
            FireNext();
    }

    private void FireNext()
    {
        var deadline = NextDeadline!.Value;
        _now = deadline > _now ? deadline : _now;
        if (NextEdge == deadline)
            Turn(_windows[_edges.Min.Id], deadline);
        else
            Enqueue(_deadlines.Take());
        Evaluate(deadline);
    }

    private void Enqueue(NodeState node)
    {
        if (node.Queued || node.Removed)
            return;
        node.Queued = true;
        while (_pending.Count <= node.Height)
            _pending.Add([]);
        _pending[node.Height].Add(node);
        _lowest = Math.Min(_lowest, node.Height);
    }

    // Lowest first: when a node's turn comes, all its children have settled, so each is asked once.
    private void Evaluate(DateTimeOffset at)
    {
        var first = _transitions?.Count ?? 0;
        for (var height = 0; height < _pending.Count; height = Math.Min(height + 1, _lowest))
        {
            _lowest = int.MaxValue;
            var level = _pending[height];
            for (var i = 0; i < level.Count; i++)
            {
                level[i].Queued = false;
                if (!level[i].Removed)
                    Evaluate(level[i], at);
            }
            level.Clear();
        }
        if (_dependencies > 0)
            MarkSuppressed(first);
    }

    // Judged as of the moment that counts, not of the log's: what is due between the two comes up right after.
    private void Evaluate(NodeState node, DateTimeOffset at)
    {
        if (node.Recorded is { } recorded)
        {
            TakeGiven(node, recorded);
            return;
        }
        if (at < _now && HasCeased(node))
        {
            NoteLate(at);
            _ceased.Add(node);
            return;
        }
        if (at < node.JudgedAt)
            NoteLate(at);
        else
            node.JudgedAt = at;
        node.JudgedPosition = _position;
        var raw = _decider.Decide(node, node.Rules, at, at);
        var verdict = node.Layers is { } layers ? Layered(node, layers, raw, at) : raw;
        var from = node.Status;
        node.Verdict = verdict;
        _deadlines.Set(node, verdict.DueTicks);
        if (verdict.Status == from)
            return;
        node.Status = verdict.Status;
        node.Since = verdict.At > node.Since ? verdict.At : node.Since;
        var why = _explainer.Why(node, node.Rules, verdict, at, _position);
        (_transitions ??= new(12)).Add(
            new(node.Id, _statuses.Ordered[from].Name, _statuses.Ordered[verdict.Status].Name, node.Since, why)
        );
        Climb(node);
    }

    private void Climb(NodeState node)
    {
        foreach (var edge in node.Parents)
            Recount(edge);
        foreach (var watcher in node.Watchers)
            Enqueue(watcher);
    }
}
