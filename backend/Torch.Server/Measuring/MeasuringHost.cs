using Npgsql;
using Torch.Domain;
using Torch.Domain.Servers;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Measuring;

/// <summary>
/// Writes into the log how this server does, one event a minute, and what becomes of it: that it started, that it was stopped, that the
/// database was away, that a read model was folded anew. Where it is switched off, it writes nothing.
/// </summary>
internal sealed class MeasuringHost(
    EventLog log,
    NpgsqlDataSource db,
    Gathering gathering,
    RebuildWatch rebuilds,
    TorchOptions options,
    TimeProvider time,
    ILogger<MeasuringHost> logger
) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly string Server = Environment.MachineName;

    private bool _hasStarted;
    private DateTimeOffset? _lostAt;
    private long _measuredAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.OwnMetrics is not { } every)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(() => StepAsync(every, stoppingToken));
            var pause = every < Look ? every : Look;
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!_hasStarted)
            return;
        // A host may be asked to stop more than once.
        _hasStarted = false;
        using var limit = new CancellationTokenSource(Patience);
        await TryAsync(() => SayAsync(new ServerStopped(Server), limit.Token));
    }

    // 1: say once that it is there. 2: look whether the database is. 3: tell of rebuilds. 4: measure, when it is time.
    private async Task StepAsync(TimeSpan every, CancellationToken cancellationToken)
    {
        if (!_hasStarted)
            await BeginAsync(cancellationToken);
        await LookAsync(cancellationToken);
        foreach (var rebuilt in await rebuilds.NewAsync(cancellationToken))
        {
            await SayOnceAsync(rebuilt, cancellationToken);
            rebuilds.Told(rebuilt);
        }
        if (time.GetElapsedTime(_measuredAt) < every)
            return;
        var (seconds, figures) = await gathering.TakeAsync(cancellationToken);
        _measuredAt = time.GetTimestamp();
        await AppendAsync(Log.Telemetry, new ServerMeasured(Server, seconds, figures), null, cancellationToken);
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await gathering.StartAsync(cancellationToken);
        _measuredAt = time.GetTimestamp();
        await SayAsync(new ServerStarted(Server, SystemReading.Version), cancellationToken);
        _hasStarted = true;
    }

    // The log remembers a refused write until one succeeds, and the event itself is one.
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (log.WriteFault is not null)
            _lostAt ??= time.GetUtcNow();
        await using (var ask = db.CreateCommand("select 1"))
            await ask.ExecuteScalarAsync(cancellationToken);
        if (_lostAt is not { } since)
            return;
        await SayAsync(new DatabaseRegained(Server, since), cancellationToken);
        _lostAt = null;
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception away) when (away is NpgsqlException or LogUnavailableException)
        {
            if (_hasStarted)
                _lostAt ??= time.GetUtcNow();
        }
        catch (Exception passing) when (passing is LogBusyException or OperationCanceledException)
        {
            // It comes again, or the server stops.
        }
        catch (Exception surprise)
        {
            logger.LogWarning(surprise, "Torch could not measure itself: {Reason}", surprise.Message);
        }
    }

    private Task SayAsync(IEvent @event, CancellationToken cancellationToken) =>
        AppendAsync(Log.Journal, @event, null, cancellationToken);

    // Every server sees a rebuild's end: the key makes it one event.
    private Task SayOnceAsync(ProjectionRebuilt rebuilt, CancellationToken cancellationToken)
    {
        var key = FormattableString.Invariant($"{rebuilt.Projection}/{rebuilt.EndedAt.UtcTicks}");
        return AppendAsync(
            Log.Journal,
            rebuilt,
            new("projection/rebuilt", key, ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty),
            cancellationToken
        );
    }

    private Task AppendAsync(Log where, IEvent @event, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        var data = EventCodec.Encode(@event, Guid.CreateVersion7(time.GetUtcNow()));
        var request = new AppendRequest
        {
            Streams = [new StreamAppend(where, StreamIds.OfServer(Server), [data], "server")],
            Key = key,
        };
        return log.AppendAsync(request, cancellationToken);
    }
}
