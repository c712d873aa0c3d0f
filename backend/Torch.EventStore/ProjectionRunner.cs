using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Torch.EventStore.Projecting;
using Torch.EventStore.Tailing;

namespace Torch.EventStore;

/// <summary>What the projections of a group have folded and committed.</summary>
/// <param name="Events">All events of the page, in order; those no projection wanted are among them.</param>
/// <param name="Position">The read tables have reached it.</param>
public sealed record AppliedBatch(IReadOnlyList<RecordedEvent> Events, long Position);

/// <summary>
/// Runs a group of projections over the log: each page in one transaction with the checkpoints of all. Several processes may run the
/// same group; the rows of the checkpoints decide who folds a page, and each process hears of every page.
/// </summary>
public sealed class ProjectionRunner
{
    // How old what the read tables say of the telemetry may be while nobody waits for it.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    // The more observations of a check come at one time, the fewer rows are written for them: who is behind takes several pages as one.
    private const int PageSize = 20_000;
    private const int MostAtOnce = 50_000;

    private readonly NpgsqlDataSource _dataSource;
    private readonly LogTail _tail;
    private readonly IReadOnlyList<FoldTarget> _targets;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PageFolder _folder;
    private readonly Pacing _pacing;
    private readonly Lock _lock = new();
    private readonly List<Func<AppliedBatch, ValueTask>> _handlers = [];
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;
    private long _announced;

    /// <param name="dataSource">Where the read tables stand: the log's database.</param>
    public ProjectionRunner(
        NpgsqlDataSource dataSource,
        LogTail tail,
        IReadOnlyList<IProjection> projections,
        TimeProvider? time = null,
        ILogger<ProjectionRunner>? logger = null
    )
    {
        (_dataSource, _tail, _targets) = (dataSource, tail, [.. projections.Select(FoldTarget.Live)]);
        (_time, _logger) = (time ?? TimeProvider.System, logger ?? NullLogger<ProjectionRunner>.Instance);
        _folder = new PageFolder(dataSource, _logger);
        _pacing = new Pacing(_time, Rest);
    }

    /// <summary>Every projection of the group has reached it. Falls only when a checkpoint does.</summary>
    public long Position => Interlocked.Read(ref _position);

    /// <summary>Why nothing is folded at the moment, or null. A projection whose own tables are broken is waited for.</summary>
    public string? Standstill { get; private set; }

    /// <summary>
    /// Calls back after each commit, in order, with what is new since the run began. The runner waits for the handler, so it must be
    /// quick; what it throws is logged. Dispose the answer to unsubscribe.
    /// </summary>
    public IDisposable OnApplied(Func<AppliedBatch, ValueTask> handler)
    {
        lock (_lock)
            _handlers.Add(handler);
        return new Subscription(this, handler);
    }

    /// <summary>Returns once the read tables have reached a position.</summary>
    public async Task WaitForAsync(long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
                moved = _moved.Task;
            if (Position >= position)
                return;
            _pacing.Hurry();
            await moved.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Folds until cancelled. A projection that stands behind the others catches up first.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = new Pause(_time);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await StartAsync(cancellationToken);
                await foreach (var page in GatheredAsync(cancellationToken))
                {
                    await FoldAsync(page, cancellationToken);
                    pause.Reset();
                    Standstill = null;
                    if (page.IsLive)
                        await _pacing.RestAsync(_tail.JournalGrowsAsync(page.Through), cancellationToken);
                }
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                // Stopping.
            }
            catch (Exception exception)
            {
                // A database that is away needs no stack; a surprise does.
                var surprise = DatabaseFaults.IsPassing(exception) ? null : exception;
                _logger.LogWarning(surprise, "Projections stand at {Position}: {Reason}", Position, exception.Message);
                Standstill = exception.Message;
                await pause.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async IAsyncEnumerable<EventPage> GatheredAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var gathered = new List<RecordedEvent>();
        await foreach (var page in _tail.FollowAsync(Position, cancellationToken, PageSize))
        {
            gathered.AddRange(page.Events);
            if (!page.IsLive && gathered.Count < MostAtOnce)
                continue;
            yield return page with
            {
                Events = gathered,
            };
            gathered = [];
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var names = _targets.Select(t => t.Name).ToArray();
        await ProgressTable.EnsureAsync(_dataSource, names, cancellationToken);
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        var checkpoints = await ProgressTable.LockAsync(connection, names, cancellationToken);
        _announced = Math.Max(_announced, checkpoints.Values.Max(c => c.Position));
        MoveTo(checkpoints.Values.Min(c => c.Position));
    }

    private async Task FoldAsync(EventPage page, CancellationToken cancellationToken)
    {
        if (page.Through <= Position)
            return;
        await _folder.FoldAsync(_targets, Position, page, cancellationToken);
        MoveTo(page.Through);
        await AnnounceAsync(page);
    }

    private async Task AnnounceAsync(EventPage page)
    {
        if (page.Through <= _announced)
            return;
        var fresh = page.Events.Where(e => e.Position > _announced).ToList();
        _announced = page.Through;
        Func<AppliedBatch, ValueTask>[] handlers;
        lock (_lock)
            handlers = [.. _handlers];
        foreach (var handler in handlers)
            await CallAsync(handler, new AppliedBatch(fresh, page.Through));
    }

    private async Task CallAsync(Func<AppliedBatch, ValueTask> handler, AppliedBatch batch)
    {
        try
        {
            await handler(batch);
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "A handler of applied events failed at {Position}", batch.Position);
        }
    }

    private void MoveTo(long position)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            Interlocked.Exchange(ref _position, position);
            (moved, _moved) = (_moved, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        moved.SetResult();
    }

    private sealed class Subscription(ProjectionRunner runner, Func<AppliedBatch, ValueTask> handler) : IDisposable
    {
        public void Dispose()
        {
            lock (runner._lock)
                runner._handlers.Remove(handler);
        }
    }
}
