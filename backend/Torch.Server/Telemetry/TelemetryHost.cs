using Npgsql;
using Torch.EventStore;

namespace Torch.Server.Telemetry;

/// <summary>Sends the server's traces and metrics by OTLP, where it was said whereto.</summary>
internal sealed class TelemetryHost(TorchOptions options, Instruments instruments, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    private OtlpSending? _sending;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        instruments.Start();
        _sending = new OtlpSending(options.OtlpEndpoint!, "torch");
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await instruments.LookAsync(stoppingToken);
            }
            catch (Exception away)
                when (away is NpgsqlException or LogUnavailableException or OperationCanceledException)
            {
                // The figures stay as they were; what is wrong with the database is said elsewhere.
            }
            await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override void Dispose()
    {
        _sending?.Dispose();
        base.Dispose();
    }
}
