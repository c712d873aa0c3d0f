using Npgsql;
using Torch.EventStore;

namespace Torch.Server.Evaluating;

/// <summary>Records that Torch was away before the server listens: nothing may come between an absence and its record.</summary>
internal sealed class Arrival(Heartbeat heartbeat, TimeProvider time, ILogger<Arrival> logger) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (!await TryAsync(cancellationToken))
            await Task.Delay(Pause, time, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await heartbeat.BeatAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or LogUnavailableException or LogBusyException)
        {
            logger.LogWarning("Waiting for PostgreSQL: {Reason}", exception.Message);
            return false;
        }
    }
}
