using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Torch.EventStore.Appending;
using Torch.EventStore.Tailing;

namespace Torch.EventStore;

/// <summary>Bounds of the tail.</summary>
public sealed record LogTailOptions
{
    /// <summary>How long a commit of another process may go unnoticed when its notification is lost.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Events read at one time, and about as many as a page holds; 1 to 10,000.</summary>
    public int PageSize { get; init; } = 4_000;

    /// <summary>Newest events kept for followers that are slightly behind.</summary>
    public int RecentEvents { get; init; } = 20_000;

    /// <summary>Bytes of data kept for them.</summary>
    public long RecentBytes { get; init; } = 32 * 1024 * 1024;
}

/// <summary>
/// Follows the log in position order, from any position into the live end. All followers of a process share the newest pages: those of
/// its own commits come from memory, those of others from one reader, which LISTEN/NOTIFY wakes, with a poll behind it.
/// </summary>
public sealed class LogTail : IAsyncDisposable
{
    private const int MostRead = 10_000;

    private readonly EventLog _log;
    private readonly LogTailOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WakeUp _wakeUp;
    private readonly RecentPages _recent;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lazy<Task> _reading;

    /// <param name="log">Stays the caller's.</param>
    public LogTail(
        EventLog log,
        LogTailOptions? options = null,
        TimeProvider? time = null,
        ILogger<LogTail>? logger = null
    )
    {
        (_log, _options, _time) = (log, options ?? new LogTailOptions(), time ?? TimeProvider.System);
        _logger = logger ?? NullLogger<LogTail>.Instance;
        _wakeUp = new WakeUp(_time);
        _recent = new RecentPages(_options.RecentEvents, _options.RecentBytes);
        _reading = new Lazy<Task>(() => Task.Run(RunAsync));
    }

    /// <summary>
    /// Every event after a position, once and in order, without end. The first page that reaches the end of the log is marked live
    /// even when it is empty, so that a follower knows that it has caught up. While the database is away, pages just do not come.
    /// </summary>
    /// <param name="pageSize">About as many events as a page holds, where it is to be more than usual: a follower that is behind then does in one piece what would be many. Of what is read from the database, at most 10,000.</param>
    public async IAsyncEnumerable<EventPage> FollowAsync(
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        int? pageSize = null
    )
    {
        _ = _reading.Value;
        var hasBeenLive = false;
        while (true)
        {
            var page = await NextAsync(after, hasBeenLive, pageSize ?? _options.PageSize, cancellationToken);
            hasBeenLive |= page.IsLive;
            after = page.Through;
            yield return page;
        }
    }

    /// <summary>Completes once a journal event is known after a position.</summary>
    internal Task JournalGrowsAsync(long after) => _recent.JournalGrowsAsync(after);

    /// <summary>Stops reading. Followers still waiting go on waiting until they are cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_reading.IsValueCreated)
            await _reading.Value;
    }

    private async Task<EventPage> NextAsync(
        long after,
        bool hasBeenLive,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        var pause = new Pause(_time);
        while (true)
        {
            var found = _recent.Find(after, pageSize);
            if (found.Page is { } page)
                return page;
            if (!found.IsBehind && hasBeenLive)
            {
                await found.Grown.WaitAsync(cancellationToken);
                continue;
            }
            var read = new PageRead(after, Math.Min(pageSize, MostRead));
            page = await PatientlyAsync(() => _log.ReadPageAsync(read, cancellationToken), pause, cancellationToken);
            if (page.Through > after || !hasBeenLive)
                return page;
        }
    }

    private async Task RunAsync()
    {
        _log.Committed += OnCommitted;
        try
        {
            var listener = new Listener(_log, _wakeUp, _time, _logger);
            await Task.WhenAll(listener.RunAsync(_closing.Token), ReadOnAsync(_closing.Token));
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
        finally
        {
            _log.Committed -= OnCommitted;
        }
    }

    // What this process has written itself is not read back, as long as nobody else has written in between.
    private void OnCommitted(CommittedPage? committed)
    {
        if (committed is null || !_recent.TryAdd(committed.After, committed.Page))
            _wakeUp.Ring();
    }

    private async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        await using var reader = new TailReader(_log.DataSource, new PageRead(null, _options.PageSize));
        var pause = new Pause(_time);
        var head = await PatientlyAsync(() => _log.HeadAsync(cancellationToken), pause, cancellationToken);
        _recent.Begin(head);
        while (true)
        {
            head = _recent.Head;
            var page = await PatientlyAsync(() => reader.ReadAsync(head, cancellationToken), pause, cancellationToken);
            var isAdded = page.Through == head || _recent.TryAdd(head, page);
            if (page.IsLive && isAdded)
                await _wakeUp.WaitAsync(_options.PollInterval, cancellationToken);
        }
    }

    private async Task<T> PatientlyAsync<T>(Func<Task<T>> read, Pause pause, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var answer = await read();
                pause.Reset();
                return answer;
            }
            catch (Exception exception) when (DatabaseFaults.IsPassing(exception))
            {
                _logger.LogDebug(exception, "The tail waits for the database");
                await pause.WaitAsync(cancellationToken);
            }
        }
    }
}
