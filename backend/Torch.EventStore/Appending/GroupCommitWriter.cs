using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Torch.EventStore.Appending;

/// <summary>
/// Writes whatever waits in one transaction, then whatever has come meanwhile: no delay when idle, one fsync for many under load.
/// Refusals are the commit's business; this class knows what to do when the commit as a whole fails.
/// </summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly EventLogOptions _options;
    private readonly LogMaintenance _maintenance;
    private readonly Action<CommittedPage?> _committed;
    private readonly Histogram<double> _took;
    private readonly ILogger _logger;
    private readonly AppendQueue _queue;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _loop;
    private CommitConnection? _connection;
    private long? _lastSeen;
    private volatile LogUnavailableException? _fault;

    public GroupCommitWriter(
        NpgsqlDataSource dataSource,
        EventLogOptions options,
        LogMaintenance maintenance,
        Action<CommittedPage?> committed,
        Histogram<double> took,
        ILogger logger
    )
    {
        (_dataSource, _options, _maintenance) = (dataSource, options, maintenance);
        (_committed, _took, _logger) = (committed, took, logger);
        _queue = new AppendQueue(options);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Of the writer's connection, 0 while there is none.</summary>
    public int BackendProcessId => _connection?.ProcessId ?? 0;

    /// <summary>Why the last commit that brought events failed; null once one has succeeded since.</summary>
    public LogUnavailableException? Fault => _fault;

    public async Task<AppendOutcome> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        var pending = new PendingAppend(request);
        _queue.Add(pending);
        if (!cancellationToken.CanBeCanceled)
            return await pending.Answer;
        await using var abandon = cancellationToken.Register(() => pending.Abandon(cancellationToken));
        return await pending.Answer;
    }

    /// <summary>Writes what still waits, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _loop;
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await WriteAsync(await _queue.TakeAsync(_closing.Token));
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        _queue.Close();
        while (_queue.Take() is { Count: > 0 } rest)
            await WriteAsync(rest);
    }

    private async Task WriteAsync(IReadOnlyList<PendingAppend> members)
    {
        try
        {
            await CommitAsync(members, isRetry: false);
        }
        catch (Exception exception)
        {
            await CloseConnectionAsync();
            var surprise = DatabaseFaults.IsPassing(exception) ? null : exception;
            _logger.LogWarning(
                surprise,
                "A commit of {Members} requests failed: {Reason}",
                members.Count,
                exception.Message
            );
            var fault = exception as LogUnavailableException ?? Unavailable(exception);
            if (members.Any(m => m.EventCount > 0))
                _fault = fault;
            foreach (var member in members)
                member.Fail(fault);
        }
    }

    private async Task CommitAsync(IReadOnlyList<PendingAppend> members, bool isRetry)
    {
        var connection = await OpenAsync();
        var commit = new GroupCommit(members);
        try
        {
            var result = await connection.ExecuteAsync(commit, CancellationToken.None);
            Answer(commit, result);
        }
        catch (PostgresException exception) when (DatabaseFaults.IsMissingPartition(exception) && !isRetry)
        {
            await _maintenance.KeepPartitionsAheadAsync(CancellationToken.None, commit.EventIds.Count);
            await CommitAsync(members, isRetry: true);
        }
        catch (PostgresException exception) when (DatabaseFaults.IsRefusedData(exception))
        {
            await IsolateAsync(members, exception);
        }
        catch (Exception exception) when (exception is not PostgresException e || !DatabaseFaults.IsRolledBack(e))
        {
            await SettleAsync(members, connection.Name, isRetry, exception);
        }
    }

    private void Answer(GroupCommit commit, GroupCommitResult result)
    {
        var outcomes = result.Outcomes(commit).ToList();
        if (outcomes.Exists(o => o is AppendOutcome.Appended))
        {
            _lastSeen = Math.Max(_lastSeen ?? 0, result.FirstPosition + commit.EventIds.Count - 1);
            if (CommittedPage.Of(commit, result) is { } page)
            {
                _fault = null;
                _committed(page);
            }
        }
        for (var m = 0; m < outcomes.Count; m++)
            commit.Members[m].Complete(outcomes[m]);
        if (_took.Enabled)
            Measure(commit.Members);
    }

    private void Measure(IReadOnlyList<PendingAppend> members)
    {
        foreach (var member in members)
            if (member.EventCount > 0)
                _took.Record(Stopwatch.GetElapsedTime(member.Since).TotalSeconds);
    }

    // One member's data broke the whole commit. Halving finds it in few commits, and keeps everybody's order.
    private async Task IsolateAsync(IReadOnlyList<PendingAppend> members, PostgresException exception)
    {
        if (members.Count == 1)
        {
            members[0].Fail(new AppendRejectedException(exception.SqlState, exception.MessageText, exception));
            return;
        }
        var half = members.Count / 2;
        await WriteAsync(members.Take(half).ToList());
        await WriteAsync(members.Skip(half).ToList());
    }

    private async Task SettleAsync(
        IReadOnlyList<PendingAppend> members,
        string writerName,
        bool isRetry,
        Exception exception
    )
    {
        await CloseConnectionAsync();
        var undecided = await SettlePatientlyAsync(members, writerName);
        if (undecided.Count < members.Count)
            _committed(null);
        if (undecided.Count == 0)
            return;
        if (isRetry)
            throw Unavailable(exception);
        await CommitAsync(undecided, isRetry: true);
    }

    // A restarted server is back within a second: better to know what became of the commit than to say that nobody knows.
    private async Task<List<PendingAppend>> SettlePatientlyAsync(
        IReadOnlyList<PendingAppend> members,
        string writerName
    )
    {
        using var limit = new CancellationTokenSource(_options.OpenTimeout);
        while (true)
        {
            try
            {
                return await Settlement.SettleAsync(_dataSource, writerName, members, _lastSeen ?? 0, limit.Token);
            }
            catch (Exception exception) when (DatabaseFaults.IsPassing(exception) && !limit.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
            }
        }
    }

    private async Task<CommitConnection> OpenAsync()
    {
        _connection ??= await CommitConnection.OpenAsync(_dataSource, _options, CancellationToken.None);
        _lastSeen ??= await _connection.LastDrawnAsync(CancellationToken.None);
        return _connection;
    }

    private async Task CloseConnectionAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null)
            await connection.DisposeAsync();
    }

    private static LogUnavailableException Unavailable(Exception exception) =>
        new("the log's database is away: " + exception.Message, exception);
}
