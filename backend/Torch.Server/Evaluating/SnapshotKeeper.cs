namespace Torch.Server.Evaluating;

/// <summary>
/// Decides when the leader saves its state, and writes it beside the folding: after 200,000 events, after 10 minutes with any, and when
/// the leader stops. A snapshot that fails costs the next start some folding, and nothing else.
/// </summary>
internal sealed class SnapshotKeeper(
    Evaluation evaluation,
    IEvaluatorSnapshots snapshots,
    TimeProvider time,
    ILogger<SnapshotKeeper> logger
)
{
    private const long Events = 200_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private long _folded;
    private long _since = time.GetTimestamp();
    private Task _writing = Task.CompletedTask;

    /// <summary>Whether one should be taken as soon as the checkpoint has caught up.</summary>
    public bool IsDue =>
        _writing.IsCompleted && (_folded >= Events || (_folded > 0 && time.GetElapsedTime(_since) >= Interval));

    public void Folded(int events) => _folded += events;

    /// <summary>Takes the state as it is now and writes it behind.</summary>
    /// <param name="checkpoint">As it is written. Nothing but the evaluator's own transitions is folded beyond it.</param>
    public void Take(long checkpoint, CancellationToken cancellationToken)
    {
        var saved = evaluation.Save();
        (_folded, _since) = (0, time.GetTimestamp());
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
