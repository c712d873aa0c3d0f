using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.History;

namespace Torch.Domain.Tests.History;

/// <summary>A log in memory with the evaluator that follows it, and the revisions that late observations bring about, as the server makes them.</summary>
internal sealed class LateLog
{
    private readonly List<(long Position, DateTimeOffset Timestamp, IEvent Event)> _log = [];
    private readonly Dictionary<Guid, EffectiveHistory> _written = [];
    private EvaluatorSnapshot _before;
    private DateTimeOffset _now;

    public LateLog(IEnumerable<(DateTimeOffset Timestamp, IEvent Event)> structure)
    {
        foreach (var (timestamp, @event) in structure)
            Append(timestamp, @event);
        _before = Evaluator.Save();
    }

    public Evaluator Evaluator { get; private set; } = new();

    public List<HistoryRevised> Revisions { get; } = [];

    public IReadOnlyList<StatusChange> History(Guid nodeId) =>
        _written.TryGetValue(nodeId, out var history) ? [.. history.Changes] : [];

    /// <summary>Whether a fold of the whole log from its beginning comes to the same state.</summary>
    public Evaluator Replayed()
    {
        var again = new Evaluator();
        foreach (var (position, timestamp, @event) in _log)
            again.Fold(position, timestamp, @event);
        return again;
    }

    /// <summary>Goes on from a snapshot, as after a restart.</summary>
    public void Restart() => Evaluator = Evaluator.Load(Evaluator.Save());

    public void Append(DateTimeOffset timestamp, IEvent @event)
    {
        _now = timestamp > _now ? timestamp : _now;
        _log.Add((_log.Count + 1, _now, @event));
        foreach (var transition in Evaluator.Fold(_log.Count, _now, @event))
            Write(transition.NodeId, transition);
    }

    /// <summary>What the leader does once per page: nothing where nothing came late.</summary>
    public void Revise()
    {
        for (var rounds = 0; Evaluator.Late is { Count: > 0 } late; rounds++)
        {
            rounds.ShouldBeLessThan(3);
            var paths = Evaluator.PathsOf(late.Select(l => l.CheckId));
            var (checks, around) = Evaluator.Around(paths);
            var (revised, folded) = Revision.Of(
                Evaluator.Load(_before).Replica(paths, [.. around, .. checks]),
                paths,
                late,
                [.. Observed(checks), .. around.SelectMany(Given)],
                _written,
                _now,
                _log.Count,
                paths.Select(Evaluator.StateOf).OfType<RevisedState>().ToDictionary(s => s.NodeId)
            );
            foreach (var revision in revised)
            {
                Revisions.Add(revision);
                Write(revision.NodeId, revision);
                Append(_now, revision);
            }
            Append(_now, folded);
        }
    }

    // What the server reads: the observations of the checks on the paths, and how the nodes beside them fared.
    private IEnumerable<EffectiveEvent> Observed(HashSet<Guid> checks) =>
        _log.Where(e => e.Position > _before.Position && e.Event is ReportReceived r && checks.Contains(r.CheckId))
            .Select(e => EffectiveEvent.Of(e.Position, e.Timestamp, e.Event));

    private IEnumerable<EffectiveEvent> Given(Guid nodeId) =>
        _written.TryGetValue(nodeId, out var history) ? history.AsGiven(nodeId) : [];

    private void Write(Guid nodeId, IEvent @event)
    {
        if (!_written.TryGetValue(nodeId, out var history))
            _written.Add(nodeId, history = new());
        history.Fold(@event);
    }
}
