using Torch.EventStore;
using Torch.Server.Retaining;

namespace Torch.Server.Evaluating.Late;

/// <summary>Revises about once a second while this server leads and something came late, so that a backlog that arrives in batches is looked at together.</summary>
internal sealed class RevisionHost(
    Evaluation evaluation,
    Reviser reviser,
    RetentionPolicy policy,
    TimeProvider time,
    ILogger<RevisionHost> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (evaluation is { IsLeading: true, IsCurrent: true })
                await TryAsync(stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reviser.KeepWindowAsync(policy.LateWindow, cancellationToken);
            while (await reviser.ReviseAsync(cancellationToken)) { }
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
