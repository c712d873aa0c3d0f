using System.Collections.Concurrent;
using Npgsql;
using Torch.Contracts;
using Torch.Domain.Pushes;
using Torch.EventStore;
using Torch.Server.Evaluating;

namespace Torch.Server.Features.Pushes;

/// <summary>
/// Remembers scripts that said that they begin, and reports those down that have not ended within their check's grace. The server that
/// leads looks each second. Most pings end nothing: every server knows which checks have something to end, as of a second ago where
/// another one was told.
/// </summary>
internal sealed class UnfinishedRuns(
    Ingest ingest,
    JournalStreams streams,
    Evaluation evaluation,
    NpgsqlDataSource db,
    TimeProvider time,
    ILogger<UnfinishedRuns> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromHours(1);

    private const string Begin = """
        insert into torch.unfinished_runs (check_id, run_id, source, started_at, due_at) values ($1, $2, $3, $4, $5)
        on conflict (check_id, run_id) do update set started_at = excluded.started_at, due_at = excluded.due_at
        """;

    private const string Started = """
        select max(started_at) from torch.unfinished_runs where check_id = $1 and ($2::uuid is null or run_id = $2)
        """;

    private const string Forget = """
        delete from torch.unfinished_runs where check_id = $1 and ($2::uuid is null or run_id = $2)
        """;

    // One whose check has reported since has ended: only the forgetting of it was lost.
    private const string Due = """
        select u.check_id, u.run_id, u.source, u.started_at, coalesce(o.received_at > u.started_at, false)
        from torch.unfinished_runs u left join torch.latest_observations o on o.check_id = u.check_id
        where u.due_at <= $1
        order by u.due_at limit 100
        """;

    private const string Open = "select distinct check_id from torch.unfinished_runs";

    private readonly ConcurrentDictionary<Guid, long> _begun = [];
    private long _beginnings;
    private volatile HashSet<Guid>? _open;

    private sealed record Run(Guid CheckId, Guid RunId, string Source, DateTimeOffset StartedAt, bool HasEnded);

    /// <summary>Remembers it, then appends it: a start that is on record is watched.</summary>
    public async Task BeginAsync(RunStarted started)
    {
        var settings = (await streams.CheckAsync(started.CheckId, CancellationToken.None)).State.Settings;
        var due = started.At + (settings?.Grace ?? DefaultGrace);
        await ExecuteAsync(Begin, started.CheckId, started.RunId ?? Guid.Empty, started.Source, started.At, due);
        _begun[started.CheckId] = Interlocked.Increment(ref _beginnings);
        await ingest.NoteAsync(started.CheckId, started);
    }

    /// <summary>How long the run has gone on; null where no start is known.</summary>
    public async Task<TimeSpan?> DurationAsync(Guid checkId, Guid? runId)
    {
        if (HasNone(checkId))
            return null;
        var rows = await db.QueryAsync(
            Started,
            [checkId, runId],
            r => r.IsDBNull(0) ? (DateTimeOffset?)null : r.GetFieldValue<DateTimeOffset>(0),
            CancellationToken.None
        );
        return rows is [{ } started] ? time.GetUtcNow() - started : null;
    }

    /// <summary>It has ended; without an id, all of the check have.</summary>
    public Task ForgetAsync(Guid checkId, Guid? runId) =>
        HasNone(checkId) ? Task.CompletedTask : ExecuteAsync(Forget, checkId, runId);

    /// <summary>Reports what is overdue.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var due = await db.QueryAsync(Due, [time.GetUtcNow()], Row, cancellationToken);
        foreach (var run in due)
        {
            if (!run.HasEnded)
                await ReportAsync(run);
            await ExecuteAsync(Forget, run.CheckId, run.RunId);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
                await TryAsync(stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await KnowOpenAsync(cancellationToken);
            if (evaluation.IsLeading)
                await LookAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or LogUnavailableException or LogBusyException)
        {
            logger.LogDebug(exception, "Unfinished runs are looked at again in a second");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The next leader goes on with it.
        }
    }

    // Nobody knows anything until it has been looked for the first time.
    private bool HasNone(Guid checkId) => _open is { } open && !open.Contains(checkId) && !_begun.ContainsKey(checkId);

    // What begins here while they are read may not be among them: it is known by itself until the next time.
    private async Task KnowOpenAsync(CancellationToken cancellationToken)
    {
        var before = _begun.ToArray();
        _open = [.. await db.QueryAsync(Open, [], r => r.GetGuid(0), cancellationToken)];
        foreach (var begun in before)
            _begun.TryRemove(begun);
    }

    // Told once, also where this server dies between telling and forgetting.
    private async Task ReportAsync(Run run)
    {
        var said = $"began at {run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC and has not ended within its grace";
        var name = $"{run.CheckId:N}/{run.RunId:N}/{run.StartedAt.UtcTicks}";
        var key = new IdempotencyKey("unfinished runs", name, default, default);
        var report = new ReportRequest(run.Source, Status: "down", Message: said);
        await ingest.AppendAsync([new(Guid.CreateVersion7(), report)], key);
    }

    private static Run Row(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetBoolean(4));

    private async Task ExecuteAsync(string sql, params object?[] values)
    {
        await using var command = db.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
