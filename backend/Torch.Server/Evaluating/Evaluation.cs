using Torch.Domain;
using Torch.Domain.Evaluation;
using Torch.Domain.History;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;
using Torch.EventStore;
using Torch.Server.Evaluating.Late;

namespace Torch.Server.Evaluating;

/// <summary>The one evaluator of a server behind one lock, and how far it is. What is folded here is not yet written: see <see cref="EvaluatorHost"/>.</summary>
internal sealed class Evaluation(ILogger<Evaluation> logger) : IEvaluation
{
    private readonly Lock _lock = new();
    private FoldedEvaluator _folded = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _written;
    private long _position;

    public long Position => Interlocked.Read(ref _position);

    public bool IsCurrent { get; internal set; }

    public bool IsLeading { get; internal set; }

    /// <summary>Whether another server is known to lead. Both are false while the database is away.</summary>
    public bool IsFollowing { get; internal set; }

    /// <summary>The events up to it are in the evaluator's state.</summary>
    public long Folded
    {
        get
        {
            lock (_lock)
                return _folded.Position;
        }
    }

    /// <summary>When the evaluator next has something to do without an event.</summary>
    public DateTimeOffset? NextDeadline
    {
        get
        {
            lock (_lock)
                return _folded.Evaluator.NextDeadline;
        }
    }

    public StatusCatalog Statuses
    {
        get
        {
            lock (_lock)
                return _folded.Evaluator.Statuses;
        }
    }

    public NodeExplanation? Explain(Guid nodeId)
    {
        lock (_lock)
            return _folded.Evaluator.Explain(nodeId);
    }

    public (IReadOnlyList<MissingChild> Missing, IReadOnlyList<string> Children)? MissingChildren(
        Guid nodeId,
        RuleSet rules
    )
    {
        lock (_lock)
            return _folded.Evaluator.MissingChildren(nodeId, rules) is { } missing
                ? (missing, missing.Count == 0 ? [] : _folded.Evaluator.ChildrenOf(nodeId))
                : null;
    }

    public NodeExplanation? Try(Guid nodeId, RuleSet draft, IReadOnlyList<IEvent> recorded)
    {
        lock (_lock)
            return _folded.Evaluator.Try(nodeId, draft, recorded);
    }

    public LookBack? LooksBack(RuleSet draft)
    {
        lock (_lock)
            return _folded.Evaluator.LooksBack(draft);
    }

    public Simulation Assume(Guid top, IReadOnlyDictionary<Guid, string> assumed)
    {
        lock (_lock)
            return new Simulation(_folded.Evaluator, top, assumed);
    }

    public MoveSimulation Rehang(IReadOnlyList<IEvent> edges)
    {
        lock (_lock)
            return new MoveSimulation(_folded.Evaluator, edges);
    }

    public CauseGraph? CausesOf(Guid nodeId, int most)
    {
        lock (_lock)
            return _folded.Evaluator.CausesOf(nodeId, most);
    }

    public TimeSpan LateWindow
    {
        get
        {
            lock (_lock)
                return _folded.Evaluator.LateWindow;
        }
    }

    /// <summary>The position of the newest observation that came late and waits to be revised; null where none does.</summary>
    public long? NewestLate
    {
        get
        {
            lock (_lock)
                return _folded.Evaluator.NewestLate;
        }
    }

    /// <summary>What came late and waits to be revised; null where nothing does.</summary>
    public LateWork? LateWork()
    {
        lock (_lock)
        {
            var evaluator = _folded.Evaluator;
            if (evaluator.Late is not { Count: > 0 } waiting)
                return null;
            var ordered = waiting.OrderBy(l => l.Position).ToList();
            var late = ordered.Take(Late.LateWork.MostChecks).ToList();
            var paths = evaluator.PathsOf(late.Select(l => l.CheckId));
            var (checks, around) = evaluator.Around(paths);
            checks.UnionWith(late.Select(l => l.CheckId));
            var running = paths.Select(evaluator.StateOf).OfType<RevisedState>().ToDictionary(s => s.NodeId);
            return new(
                late,
                paths,
                checks,
                around,
                _folded.Position,
                evaluator.Now,
                running,
                ordered.Skip(late.Count).FirstOrDefault()?.Position
            );
        }
    }

    public async Task<long> WaitForAsync(long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                if (_position >= position)
                    return _written;
                moved = _moved.Task;
            }
            await moved.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The streams that are not folded any more; see <see cref="StandingStream"/>.</summary>
    public IReadOnlyList<StandingStream> Parked
    {
        get
        {
            lock (_lock)
                return _folded.Parked;
        }
    }

    public IReadOnlyDictionary<string, long> Unknown
    {
        get
        {
            lock (_lock)
                return new Dictionary<string, long>(_folded.Unknown, StringComparer.Ordinal);
        }
    }

    /// <summary>Folds events up to a position. A stream with an event that cannot be folded is parked: it must not stop all trees.</summary>
    public IReadOnlyList<Found> Fold(IReadOnlyList<RecordedEvent> events, long through)
    {
        lock (_lock)
        {
            var before = _folded.Parked.Count;
            var found = _folded.Fold(events, through);
            foreach (var parked in _folded.Parked.Skip(before))
                logger.LogError(
                    "The evaluator parks stream {Stream}: it cannot fold {Type} at {Position}: {Error}",
                    parked.StreamId,
                    parked.Type,
                    parked.Position,
                    parked.Error
                );
            return found;
        }
    }

    /// <summary>The state; it does not change when folding goes on.</summary>
    public SavedEvaluation Save()
    {
        lock (_lock)
            return _folded.Save();
    }

    /// <summary>Says that what follows from the events up to a position is in the log.</summary>
    /// <param name="written">The newest transition, where there was one.</param>
    public void Advance(long position, long written)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            Interlocked.Exchange(ref _position, Math.Max(_position, position));
            _written = Math.Max(_written, written);
            (moved, _moved) = (_moved, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        moved.SetResult();
    }

    /// <summary>Forgets everything, before the log is folded again.</summary>
    public void Reset()
    {
        Restore(new FoldedEvaluator());
        IsCurrent = false;
    }

    /// <summary>Goes on from another state, which belongs to it from now on.</summary>
    public void Restore(FoldedEvaluator folded)
    {
        lock (_lock)
            _folded = folded;
    }
}
