using Microsoft.Extensions.Logging;
using Npgsql;

namespace Torch.EventStore.Tailing;

/// <summary>Rings when another process has appended (<c>LISTEN torch_log</c>). Losing its connection costs speed only: the poll goes on.</summary>
internal sealed class Listener(EventLog log, WakeUp wakeUp, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogDebug(exception, "Listening for appends begins again in a second");
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await log.DataSource.OpenConnectionAsync(cancellationToken);
        // This process's own writer has rung already.
        connection.Notification += (_, notice) =>
        {
            if (notice.PID != log.WriterProcessId)
                wakeUp.Ring();
        };
        await using (var command = new NpgsqlCommand("listen torch_log", connection))
            await command.ExecuteNonQueryAsync(cancellationToken);
        wakeUp.Ring();
        while (true)
            await connection.WaitAsync(cancellationToken);
    }
}
