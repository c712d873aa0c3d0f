using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Torch.EventStore.Appending;
using Torch.EventStore.Reading;

namespace Torch.EventStore;

/// <summary>The log on PostgreSQL. One per process and database; its schema stands already (<see cref="SchemaInstaller"/>).</summary>
public sealed class EventLog : IEventLog, IAsyncDisposable
{
    /// <summary>The name of the log's instruments. Their meter's scope is the log itself.</summary>
    public const string MeterName = "Torch.EventStore";

    /// <summary>A histogram, in seconds: from a request that brings events to its durable outcome.</summary>
    public const string AppendDuration = "torch.append.duration";

    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    };

    private readonly Meter _meter;
    private readonly GroupCommitWriter _writer;
    private readonly LogMaintenance _maintenance;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _maintenanceLoop;
    private int _isDisposed;

    /// <param name="dataSource">Stays the caller's. The writer keeps one connection of it.</param>
    public EventLog(
        NpgsqlDataSource dataSource,
        EventLogOptions? options = null,
        TimeProvider? time = null,
        ILogger<EventLog>? logger = null
    )
    {
        options ??= new EventLogOptions();
        DataSource = dataSource;
        _logger = logger ?? NullLogger<EventLog>.Instance;
        _maintenance = new LogMaintenance(dataSource, options);
        _meter = new Meter(new MeterOptions(MeterName) { Scope = this });
        var took = _meter.CreateHistogram(AppendDuration, "s", "From a request to its commit.", null, Buckets);
        _writer = new GroupCommitWriter(
            dataSource,
            options,
            _maintenance,
            page => Committed?.Invoke(page),
            took,
            _logger
        );
        var timer = new PeriodicTimer(options.MaintenanceInterval, time ?? TimeProvider.System);
        _maintenanceLoop = Task.Run(() => MaintainAsync(timer));
    }

    /// <summary>
    /// Called by the writer after each commit of this process that brought events, in order; with null where it does not know them.
    /// Handlers must be quick.
    /// </summary>
    internal Action<CommittedPage?>? Committed { get; set; }

    /// <inheritdoc/>
    public LogUnavailableException? WriteFault => _writer.Fault;

    internal NpgsqlDataSource DataSource { get; }

    /// <summary>The backend that serves this process's writer, 0 while there is none.</summary>
    internal int WriterProcessId => _writer.BackendProcessId;

    /// <inheritdoc/>
    public Task<AppendOutcome> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        AppendRequestCheck.Check(request);
        return _writer.AppendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> ReadStreamAsync(StreamRead read, CancellationToken cancellationToken) =>
        StreamReading.ReadAsync(DataSource, read, cancellationToken);

    /// <inheritdoc/>
    public Task<EventPage> ReadPageAsync(PageRead read, CancellationToken cancellationToken) =>
        PageReading.ReadAsync(DataSource, read, cancellationToken);

    /// <inheritdoc/>
    public async Task<long> StreamVersionAsync(Log log, Guid streamId, CancellationToken cancellationToken)
    {
        var sql = $"select version from {log.Schema()}.mt_streams where id = $1";
        return await Reads.ScalarAsync(DataSource, sql, streamId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> HeadAsync(CancellationToken cancellationToken) =>
        Reads.ScalarAsync(DataSource, "select torch_log.head()", null, cancellationToken);

    /// <inheritdoc/>
    public Task<long> CheckpointAsync(string projection, CancellationToken cancellationToken)
    {
        const string sql = "select last_seq_id from journal.mt_event_progression where name = $1";
        return Reads.ScalarAsync(DataSource, sql, projection, cancellationToken);
    }

    /// <summary>Writes what still waits, then lets go of the database. A container that knows it by two names disposes of it twice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;
        await _closing.CancelAsync();
        await _maintenanceLoop;
        await _writer.DisposeAsync();
        _meter.Dispose();
    }

    private async Task MaintainAsync(PeriodicTimer timer)
    {
        using (timer)
        {
            do await MaintainOnceAsync();
            while (await TickAsync(timer));
        }
    }

    private async Task MaintainOnceAsync()
    {
        try
        {
            await _maintenance.KeepPartitionsAheadAsync(_closing.Token);
            await _maintenance.ExpireKeysAsync(_closing.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _logger.LogDebug(exception, "Maintenance of the log comes again later");
        }
        catch (OperationCanceledException) { }
    }

    private async Task<bool> TickAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_closing.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
