using Npgsql;
using Torch.EventStore;

namespace Torch.Server.Evaluating;

/// <summary>
/// Keeps one evaluator per database writing, however many servers there are. 1: wait for the leader's lock, folding silently up to
/// the leader's checkpoint meanwhile. 2: with the lock, write what was left, then lead (<see cref="LeadingLoop"/>). 3: on losing lock
/// or checkpoint, start over. Transitions are exactly once because of the checkpoint, not because of the lock.
/// </summary>
internal sealed class EvaluatorHost(
    NpgsqlDataSource dataSource,
    EventLog log,
    Evaluation evaluation,
    LeadingLoop leading,
    IEvaluatorSnapshots snapshots,
    Heartbeat heartbeat,
    TimeProvider time,
    ILogger<EvaluatorHost> logger
) : BackgroundService
{
    private const int PageSize = 5_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (StandDownException exception)
            {
                logger.LogWarning("{Reason}: another server leads, the log is folded again", exception.Message);
                evaluation.Reset();
                leading.Forget();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("The evaluator pauses: {Reason}", exception.Message);
                logger.LogDebug(exception, "The evaluator pauses");
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var leadership = await AwaitLeadershipAsync(cancellationToken);
        await heartbeat.BeatAsync(cancellationToken);
        if (!await leading.ResumeAsync(cancellationToken))
            await FollowAsync(cancellationToken);
        (evaluation.IsLeading, evaluation.IsFollowing) = (true, false);
        try
        {
            await leading.RunAsync(leadership, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await leading.FinishAsync();
            throw;
        }
        finally
        {
            evaluation.IsLeading = false;
        }
    }

    private async Task<Leadership> AwaitLeadershipAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await Leadership.TryTakeAsync(dataSource, cancellationToken) is { } leadership)
                return leadership;
            evaluation.IsFollowing = true;
            await FollowAsync(cancellationToken);
            evaluation.IsCurrent = true;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    // What the leader has written up to its checkpoint is not written again: the transitions found here are dropped.
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var checkpoint = await log.CheckpointAsync(TransitionWriter.Projection, cancellationToken);
        if (evaluation.Folded > checkpoint)
        {
            evaluation.Reset();
            leading.Forget();
        }
        if (evaluation.Folded == 0)
            evaluation.Restore(await snapshots.NearestAsync(checkpoint, cancellationToken));
        while (evaluation.Folded < checkpoint)
        {
            var page = await log.ReadPageAsync(new PageRead(evaluation.Folded, PageSize), cancellationToken);
            evaluation.Fold(page.Events, page.IsLive ? checkpoint : Math.Min(page.Through, checkpoint));
        }
        leading.Begin(checkpoint);
        evaluation.Advance(await CoveredAsync(checkpoint, cancellationToken), await log.HeadAsync(cancellationToken));
    }

    // The leader does not move its checkpoint for the transitions that it wrote itself.
    private async Task<long> CoveredAsync(long checkpoint, CancellationToken cancellationToken)
    {
        var page = await log.ReadPageAsync(new PageRead(checkpoint, PageSize), cancellationToken);
        var next = page.Events.FirstOrDefault(e => !FoldedEvaluator.IsOwnOutput(e));
        return next is null ? page.Through : next.Position - 1;
    }
}
