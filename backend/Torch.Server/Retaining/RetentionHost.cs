namespace Torch.Server.Retaining;

/// <summary>Runs retention every minute; at once again while there is more to do.</summary>
internal sealed class RetentionHost(Retainer retainer, TimeProvider time, ILogger<RetentionHost> logger)
    : BackgroundService
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var hasMore = await RunAsync(stoppingToken);
            await Task.Delay(hasMore ? Breath : Minute, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await retainer.RunAsync(cancellationToken) is { IsUnfinished: true };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (!cancellationToken.IsCancellationRequested)
                logger.LogWarning("Retention comes again in a minute: {Reason}", exception.Message);
            return false;
        }
    }
}
