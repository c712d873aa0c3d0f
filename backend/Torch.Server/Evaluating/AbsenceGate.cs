using Npgsql;
using Torch.EventStore;

namespace Torch.Server.Evaluating;

/// <summary>
/// The log as the server's features use it. Where this process has not heard its heart for a while (the database was away, the
/// process was stopped), the absence is recorded before the first event after it: no silence of Torch's own may expire anything.
/// </summary>
internal sealed class AbsenceGate(EventLog log, Heartbeat heartbeat) : IEventLog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1, 1);

    public LogUnavailableException? WriteFault => log.WriteFault;

    public async Task<AppendOutcome> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        if (!heartbeat.IsFresh)
            await BeatAsync(cancellationToken);
        return await log.AppendAsync(request, cancellationToken);
    }

    public IAsyncEnumerable<RecordedEvent> ReadStreamAsync(StreamRead read, CancellationToken cancellationToken) =>
        log.ReadStreamAsync(read, cancellationToken);

    public Task<EventPage> ReadPageAsync(PageRead read, CancellationToken cancellationToken) =>
        log.ReadPageAsync(read, cancellationToken);

    public Task<long> StreamVersionAsync(Log which, Guid streamId, CancellationToken cancellationToken) =>
        log.StreamVersionAsync(which, streamId, cancellationToken);

    public Task<long> HeadAsync(CancellationToken cancellationToken) => log.HeadAsync(cancellationToken);

    public Task<long> CheckpointAsync(string projection, CancellationToken cancellationToken) =>
        log.CheckpointAsync(projection, cancellationToken);

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await BeatOnceAsync(limit.Token);
        }
        catch (NpgsqlException exception)
        {
            throw new LogUnavailableException("the log's database is away: " + exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LogUnavailableException("the log's database does not answer", exception);
        }
    }

    private async Task BeatOnceAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!heartbeat.IsFresh)
                await heartbeat.BeatAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }
}
