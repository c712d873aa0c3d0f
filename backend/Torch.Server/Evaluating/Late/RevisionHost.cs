using Torch.EventStore;
using Torch.Server.Retaining;

namespace Torch.Server.Evaluating.Late;

/// <summary>
/// Revises about once a second while this server leads and something came late, so that a backlog that arrives in batches is looked at
/// together; less often where that takes long and more keeps coming, for each round folds again what the one before has folded.
/// </summary>
internal sealed class RevisionHost(
    Evaluation evaluation,
    Reviser reviser,
    RetentionPolicy policy,
    TimeProvider time,
    ILogger<RevisionHost> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // An agent that comes back after an hour must get rid of what it brings.
    private const int PausePerWork = 30;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Pause;
        while (!stoppingToken.IsCancellationRequested)
        {
            await UntilQuietAsync(pause, stoppingToken);
            var begun = time.GetTimestamp();
            if (evaluation is { IsLeading: true, IsCurrent: true })
                await TryAsync(stoppingToken);
            pause = After(time.GetElapsedTime(begun));
        }
    }

    // Nothing more came late for a while, or it is time.
    private async Task UntilQuietAsync(TimeSpan longest, CancellationToken stoppingToken)
    {
        var begun = time.GetTimestamp();
        var newest = evaluation.NewestLate;
        do
        {
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (newest == (newest = evaluation.NewestLate))
                return;
        } while (!stoppingToken.IsCancellationRequested && time.GetElapsedTime(begun) < longest);
    }

    private static TimeSpan After(TimeSpan work) =>
        PausePerWork * work < LongestPause ? PausePerWork * work : LongestPause;

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reviser.KeepWindowAsync(policy.LateWindow, cancellationToken);
            // What still arrives has its turn later: it would be folded again and again.
            var newest = evaluation.NewestLate;
            while (await reviser.ReviseAsync(cancellationToken) <= newest) { }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It stays in the evaluator's state: the next leader goes on with it.
        }
        catch (Exception exception) when (exception is LogUnavailableException or LogBusyException)
        {
            logger.LogDebug(exception, "Late observations wait for the log");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            logger.LogError(exception, "Late observations could not be folded; they are tried again");
        }
    }
}
