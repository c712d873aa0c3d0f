using Npgsql;
using Torch.EventStore.Chaining;

namespace Torch.Server.Chaining;

/// <summary>Runs the journal's chain as long as the server runs. It starts before those that append and stops after them, so that a clean stop leaves nothing unsigned.</summary>
internal sealed class JournalChainHost(
    NpgsqlDataSource dataSource,
    TorchOptions options,
    TimeProvider time,
    ILogger<JournalChainWriter> logger
) : BackgroundService
{
    private JournalKey? _key;
    private JournalChainWriter? _writer;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _key = options.JournalKey is { } file ? JournalKey.OpenOrMake(file) : null;
        }
        catch (JournalKeyException exception)
        {
            throw new StartRefusedException(exception.Message);
        }
        _writer = new JournalChainWriter(dataSource, _key, time, logger);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            if (_writer is not null)
                await _writer.CloseAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // The next start chains and signs what is left.
            logger.LogWarning("The journal's end stays unsigned: {Reason}", exception.Message);
        }
    }

    public override void Dispose()
    {
        _key?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _writer!.RunAsync(stoppingToken);
}
