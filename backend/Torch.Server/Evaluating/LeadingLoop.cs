using Torch.EventStore;
using Torch.Server.Telemetry;

namespace Torch.Server.Evaluating;

/// <summary>
/// What the leader does: folds each page of the tail, writes the transitions with the checkpoint, lets the clock tick when a deadline
/// is due and the log is quiet, and says that Torch is alive.
/// </summary>
internal sealed class LeadingLoop(
    EventLog log,
    LogTail tail,
    Evaluation evaluation,
    TransitionWriter writer,
    Heartbeat heartbeat,
    SnapshotKeeper snapshots,
    ParkingRecord parking,
    OwnMeter meter,
    TimeProvider time,
    ILogger<LeadingLoop> logger
)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private long _checkpoint;
    private AppendRequest? _pending;
    private bool _isDirty;
    private DateTimeOffset _movedAt;
    private DateTimeOffset _tickedAt;

    /// <summary>The state was just folded up to the checkpoint.</summary>
    public void Begin(long checkpoint) => (_checkpoint, _pending, _isDirty) = (checkpoint, null, false);

    /// <summary>The state is gone.</summary>
    public void Forget() => Begin(-1);

    /// <summary>After a lost session: whether nobody moved the checkpoint meanwhile, so that the state can be used on. Writes what was left.</summary>
    public async Task<bool> ResumeAsync(CancellationToken cancellationToken)
    {
        var actual = await log.CheckpointAsync(TransitionWriter.Projection, cancellationToken);
        if (_pending is null)
            return evaluation.Folded > 0 && actual == _checkpoint;
        if (actual != _checkpoint && actual != _pending.Checkpoint!.To)
            return false;
        await WriteAsync(_pending, cancellationToken);
        return true;
    }

    /// <summary>Leads until cancelled or until the leader's session is lost, which throws.</summary>
    public async Task RunAsync(Leadership leadership, CancellationToken cancellationToken)
    {
        logger.LogInformation("Leading the evaluation from position {Position}", evaluation.Folded);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var alive = StayAliveAsync(leadership, stop);
        try
        {
            await FollowTailAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The heart stopped; its reason comes from the task below.
        }
        finally
        {
            await stop.CancelAsync();
            await alive;
        }
    }

    /// <summary>A clean stop: the next start goes on from here. What cannot be written within five seconds is folded again then.</summary>
    public async Task FinishAsync()
    {
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            if (_pending is not null)
                return;
            await CatchUpCheckpointAsync(limit.Token);
            await snapshots.FinishAsync(_checkpoint, limit.Token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            logger.LogDebug(exception, "The evaluator stops without a snapshot");
        }
    }

    private async Task StayAliveAsync(Leadership leadership, CancellationTokenSource stop)
    {
        try
        {
            while (true)
            {
                await leadership.ConfirmAsync(stop.Token);
                await heartbeat.BeatAsync(stop.Token);
                await Task.Delay(Heartbeat.Interval, time, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The loop has ended.
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private async Task FollowTailAsync(CancellationToken cancellationToken)
    {
        await using var pages = tail.FollowAsync(evaluation.Folded, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        var next = pages.MoveNextAsync().AsTask();
        try
        {
            var isLive = false;
            while (true)
            {
                if (!await CompletesWithinAsync(next, WakeIn(isLive), cancellationToken))
                {
                    await WhenQuietAsync(isLive, cancellationToken);
                    continue;
                }
                await next;
                await FoldAsync(pages.Current, cancellationToken);
                await parking.WriteAsync(cancellationToken);
                isLive = pages.Current.IsLive;
                evaluation.IsCurrent |= isLive;
                next = pages.MoveNextAsync().AsTask();
                await MoveCheckpointAsync(cancellationToken);
                await SnapshotAsync(cancellationToken);
            }
        }
        finally
        {
            // An enumerator may not be disposed of while it is moving.
            await next.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task FoldAsync(EventPage page, CancellationToken cancellationToken)
    {
        if (page.Through <= evaluation.Folded)
            return;
        var begun = time.GetTimestamp();
        await FoldNewAsync(page, begun, cancellationToken);
        meter.Evaluation.Record(time.GetElapsedTime(begun).TotalSeconds);
    }

    private async Task FoldNewAsync(EventPage page, long begun, CancellationToken cancellationToken)
    {
        var found = evaluation.Fold(page.Events, page.Through);
        snapshots.Folded(page.Events.Count(e => !FoldedEvaluator.IsOwnOutput(e)), time.GetElapsedTime(begun));
        if (found.Count > 0)
        {
            await WriteAsync(TransitionWriter.Request(found, _checkpoint, page.Through), cancellationToken);
            return;
        }
        _isDirty |= page.Events.Any(e => !FoldedEvaluator.IsOwnOutput(e));
        evaluation.Advance(page.Through, 0);
    }

    private async Task WriteAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        _pending = request;
        var written = await writer.WriteAsync(request, cancellationToken);
        (_checkpoint, _pending, _isDirty, _movedAt) = (request.Checkpoint!.To, null, false, time.GetUtcNow());
        evaluation.Advance(_checkpoint, written);
    }

    private async Task WhenQuietAsync(bool isLive, CancellationToken cancellationToken)
    {
        await MoveCheckpointAsync(cancellationToken);
        await SnapshotAsync(cancellationToken);
        if (isLive && evaluation.NextDeadline <= time.GetUtcNow() && time.GetUtcNow() - _tickedAt >= Second)
            await TickAsync(cancellationToken);
    }

    // Not for every page without transitions: a crash costs folding at most a second of them again.
    private async Task MoveCheckpointAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - _movedAt >= Second)
            await CatchUpCheckpointAsync(cancellationToken);
    }

    private async Task CatchUpCheckpointAsync(CancellationToken cancellationToken)
    {
        if (_isDirty)
            await WriteAsync(TransitionWriter.Request([], _checkpoint, evaluation.Folded), cancellationToken);
    }

    // At a checkpoint that is written: no start may know more than the log does.
    private async Task SnapshotAsync(CancellationToken cancellationToken)
    {
        if (!snapshots.IsDue)
            return;
        await CatchUpCheckpointAsync(cancellationToken);
        snapshots.Take(_checkpoint, cancellationToken);
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        _tickedAt = time.GetUtcNow();
        try
        {
            await log.AppendAsync(ClockTick.At(_tickedAt), cancellationToken);
        }
        catch (Exception exception) when (exception is LogUnavailableException or LogBusyException)
        {
            logger.LogDebug(exception, "The clock could not tick");
        }
    }

    private TimeSpan WakeIn(bool isLive)
    {
        var now = time.GetUtcNow();
        var wake = TimeSpan.FromMinutes(1);
        if (_isDirty)
            wake = Min(wake, _movedAt + Second - now);
        if (isLive && evaluation.NextDeadline is { } deadline)
            wake = Min(wake, Max(deadline - now, _tickedAt + Second - now));
        return Max(wake, TimeSpan.FromMilliseconds(1));
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private async Task<bool> CompletesWithinAsync(Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (task.IsCompleted)
            return true;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(task, Task.Delay(limit, time, waiting.Token));
        await waiting.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return first == task;
    }
}
