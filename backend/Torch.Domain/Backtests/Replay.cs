using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Backtests;

/// <summary>
/// Lets recorded events happen once more to a part of the tree, with drafts in force from a moment on. Up to that moment everything is
/// as it was: durations and counts that were running then run on where no draft takes their place.
/// </summary>
public sealed class Replay
{
    private readonly Evaluator _replica;
    private readonly IReadOnlyDictionary<Guid, RuleSet> _drafts;
    private readonly DateTimeOffset _from;
    private readonly Dictionary<Guid, List<HistoryChange>> _changes = [];
    private readonly Dictionary<Guid, string> _first = [];
    private readonly HashSet<Guid> _flapping = [];
    private readonly StatusCatalog? _statuses;
    private readonly DraftedEdges _edges;

    /// <param name="replica">In a state at or before <paramref name="from"/>. It belongs to the replay from now on.</param>
    /// <param name="evaluated">The nodes whose histories are asked for.</param>
    /// <param name="statuses">Those that drafts may name, though they may not have been defined at that moment.</param>
    /// <param name="edges">Their parents are evaluated, and the replica knows their children.</param>
    public Replay(
        Evaluator replica,
        IReadOnlyCollection<Guid> evaluated,
        IReadOnlyDictionary<Guid, RuleSet> drafts,
        DateTimeOffset from,
        StatusCatalog? statuses = null,
        DraftedEdges? edges = null
    )
    {
        (_replica, _drafts, _from, _statuses) = (replica, drafts, from, statuses);
        _edges = edges ?? DraftedEdges.None;
        foreach (var node in evaluated)
            _changes.Add(node, []);
    }

    /// <summary>Whether the drafts are in force.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>A drafted edge that would have closed a cycle with what stood when the drafts came into force; null where none would.</summary>
    public ChildLinked? Cycle { get; private set; }

    /// <summary>An event of the log, in its order.</summary>
    public void Fold(long position, DateTimeOffset timestamp, IEvent @event)
    {
        if (timestamp > _from)
            Begin();
        if (HasBegun && IsReplaced(@event))
            return;
        Take(_replica.Fold(position, timestamp, @event));
        if (HasBegun && @event is NodeAdded added)
            foreach (var edge in _edges.At(added.NodeId))
                Draw(edge);
    }

    /// <summary>What happened at a moment to nodes beside those that are asked for.</summary>
    public void Give(DateTimeOffset at, IReadOnlyList<NodeTransitioned> recorded)
    {
        if (at > _from)
            Begin();
        Take(_replica.Give(at, recorded));
    }

    /// <summary>Nothing more happens up to a moment. Answers the history of each node.</summary>
    public IReadOnlyDictionary<Guid, StatusHistory> End(DateTimeOffset to)
    {
        Begin();
        if (to > _replica.Now)
            Take(_replica.Fold(_replica.Position, to, new ClockTicked()));
        return _changes.ToDictionary(
            c => c.Key,
            c => new StatusHistory(_from, to, _first[c.Key], c.Value, _replica.Statuses)
        );
    }

    // Where a draft begins, it begins with its own judgement of that moment.
    private void Begin()
    {
        if (HasBegun)
            return;
        if (_from > _replica.Now)
            Take(_replica.Fold(_replica.Position, _from, new ClockTicked()));
        HasBegun = true;
        foreach (var s in _statuses?.Own.Where(s => !s.Removed && _replica.Statuses.Find(s.Name) is null) ?? [])
            Take(_replica.Fold(_replica.Position, _replica.Now, Defined(s)));
        foreach (var (node, rules) in _drafts)
            Take(_replica.Fold(_replica.Position, _replica.Now, new RulesPublished(node, 0, rules, null)));
        // First those that go: together with one that is still to go, a new one might close a cycle.
        foreach (var edge in _edges.Erased)
            Take(_replica.Fold(_replica.Position, _replica.Now, edge));
        foreach (var edge in _edges.Drawn)
            Draw(edge);
        foreach (var (node, changes) in _changes)
        {
            changes.Clear();
            _first[node] = _replica.StatusOf(node);
        }
    }

    private bool IsReplaced(IEvent @event) =>
        @event switch
        {
            // What was learned late was learned of what was, not of what would have been.
            LateDataFolded => true,
            RulesPublished e => _drafts.ContainsKey(e.NodeId),
            _ => _edges.Replace(@event),
        };

    // One whose nodes are not there yet waits for them.
    private void Draw(ChildLinked edge)
    {
        if (_replica.NameOf(edge.ParentId) is null || _replica.NameOf(edge.ChildId) is null)
            return;
        Take(_replica.Fold(_replica.Position, _replica.Now, edge));
        if (!_replica.IsLinked(edge.ParentId, edge.ChildId))
            Cycle ??= edge;
    }

    private static StatusDefined Defined(Status s) => new(s.Name, s.Label, s.Severity, s.Available, s.Shape, s.Colour!);

    private void Take(IReadOnlyList<NodeTransitioned> transitions)
    {
        foreach (var marked in _replica.Marked)
            if (marked.Marks.Flapping)
                _flapping.Add(marked.NodeId);
            else
                _flapping.Remove(marked.NodeId);
        if (HasBegun)
            foreach (var transition in transitions)
                Take(transition);
    }

    // To the microsecond, as recorded histories are kept.
    private void Take(NodeTransitioned e)
    {
        var at = e.At.ToMicrosecond();
        if (_changes.TryGetValue(e.NodeId, out var changes))
            changes.Add(
                new(at, e.From, e.To, e.Suppressed is { Count: > 0 } || _flapping.Contains(e.NodeId)) { Why = e.Why }
            );
    }
}
