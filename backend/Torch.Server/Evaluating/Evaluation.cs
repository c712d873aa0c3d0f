using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Evaluating;

/// <summary>A transition with the event that brought it about.</summary>
internal sealed record CausedTransition(NodeTransitioned Transition, RecordedEvent Cause);

/// <summary>The one evaluator of a server behind one lock, and how far it is. What is folded here is not yet written: see <see cref="EvaluatorHost"/>.</summary>
internal sealed class Evaluation(ILogger<Evaluation> logger) : IEvaluation
{
    private static readonly string OwnOutput = EventCodec.AliasOf<NodeTransitioned>();

    private readonly Lock _lock = new();
    private Evaluator _evaluator = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _written;
    private long _position;

    public long Position => Interlocked.Read(ref _position);

    public bool IsCurrent { get; internal set; }

    public bool IsLeading { get; internal set; }

    /// <summary>The events up to it are in the evaluator's state.</summary>
    public long Folded { get; private set; }

    /// <summary>When the evaluator next has something to do without an event.</summary>
    public DateTimeOffset? NextDeadline
    {
        get
        {
            lock (_lock)
                return _evaluator.NextDeadline;
        }
    }

    public NodeExplanation? Explain(Guid nodeId)
    {
        lock (_lock)
            return _evaluator.Explain(nodeId);
    }

    public NodeExplanation? Try(Guid nodeId, RuleSet draft)
    {
        lock (_lock)
            return _evaluator.Try(nodeId, draft);
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

    /// <summary>Folds events up to a position. Events that cannot be read or folded are logged and skipped: one of them must not stop all trees.</summary>
    public IReadOnlyList<CausedTransition> Fold(IReadOnlyList<RecordedEvent> events, long through)
    {
        var transitions = new List<CausedTransition>();
        lock (_lock)
        {
            foreach (var recorded in events)
                if (recorded.Position > Folded && recorded.Position <= through)
                    Fold_NeedsLock(recorded, transitions);
            Folded = Math.Max(Folded, through);
        }
        return transitions;
    }

    /// <summary>Whether the evaluator has no use for an event because it wrote it itself.</summary>
    public static bool IsOwnOutput(RecordedEvent recorded) =>
        string.Equals(recorded.Type, OwnOutput, StringComparison.Ordinal);

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
        lock (_lock)
        {
            _evaluator = new Evaluator();
            Folded = 0;
            IsCurrent = false;
        }
    }

    private void Fold_NeedsLock(RecordedEvent recorded, List<CausedTransition> transitions)
    {
        if (IsOwnOutput(recorded))
            return;
        try
        {
            if (EventCodec.Decode(recorded) is not { } @event)
                return;
            foreach (var transition in _evaluator.Fold(recorded.Position, recorded.Timestamp, @event))
                transitions.Add(new CausedTransition(transition, recorded));
        }
        catch (Exception exception)
        {
            logger.LogError(
                exception,
                "The evaluator skips {Type} at {Position}, which it cannot fold",
                recorded.Type,
                recorded.Position
            );
        }
    }
}
