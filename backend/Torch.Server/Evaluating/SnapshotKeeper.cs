namespace Torch.Server.Evaluating;

/// <summary>
/// Decides when the leader saves its state, and writes it beside the folding: after 200,000 events, after those that took a second to
/// fold, after 10 minutes with any, and when the leader stops. A snapshot that fails costs the next start some folding, and nothing else.
/// </summary>
internal sealed class SnapshotKeeper(
    Evaluation evaluation,
    IEvaluatorSnapshots snapshots,
    TimeProvider time,
    ILogger<SnapshotKeeper> logger
)
{
    private const long Events = 200_000;

    /// <summary>Folding takes so many times what saving takes, at least.</summary>
    private const int Share = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(1);

    private long _folded;
    private TimeSpan _worked;
    private TimeSpan _cost;
    private long _since = time.GetTimestamp();
    private Task _writing = Task.CompletedTask;

    /// <summary>Whether one should be taken as soon as the checkpoint has caught up.</summary>
    public bool IsDue =>
        _writing.IsCompleted
        && _folded > 0
        && (
            _folded >= Events
            || (_worked >= Work && _worked >= Share * _cost)
            || time.GetElapsedTime(_since) >= Interval
        );

    /// <param name="events">How many.</param>
    /// <param name="worked">What folding them took.</param>
    public void Folded(int events, TimeSpan worked)
    {
        _folded += events;
        _worked += worked;
    }

    /// <summary>Takes the state as it is now and writes it behind.</summary>
    /// <param name="checkpoint">As it is written. Nothing but the evaluator's own transitions is folded beyond it.</param>
    public void Take(long checkpoint, CancellationToken cancellationToken)
    {
        (_folded, _worked, _since) = (0, TimeSpan.Zero, time.GetTimestamp());
        var saved = evaluation.Save();
        _writing = Task.Run(() => WriteAsync(saved, checkpoint, cancellationToken), CancellationToken.None);
    }

    /// <inheritdoc cref="Take"/>
    /// <returns>Once it is written, where anything was folded since the last one.</returns>
    public async Task FinishAsync(long checkpoint, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        if (_folded > 0)
            Take(checkpoint, cancellationToken);
        await _writing;
    }

    private async Task WriteAsync(SavedEvaluation saved, long position, CancellationToken cancellationToken)
    {
        try
        {
            await snapshots.SaveAsync(saved, position, kept: false, cancellationToken);
            _cost = time.GetElapsedTime(_since);
            logger.LogDebug("Saved the evaluator at {Position}", position);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            logger.LogWarning(
                "The evaluator's snapshot at {Position} is not saved: {Reason}",
                position,
                exception.Message
            );
        }
    }
}
