using Npgsql;
using NpgsqlTypes;

namespace Torch.Server.SystemLogs;

/// <summary>Stores what is logged, a batch a second, and lets it go after a week, or the oldest beyond a size.</summary>
internal sealed class LogStore(
    LogCapture capture,
    ILoggerFactory loggers,
    NpgsqlDataSource db,
    TorchOptions options,
    TimeProvider time
) : BackgroundService
{
    private const int MostAtOnce = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan CleanEvery = TimeSpan.FromMinutes(10);

    private const string Insert = """
        insert into torch_log.system_logs (at, level, component, host, agent, line_id, message, exception)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8) on conflict (line_id) do nothing
        """;

    // The table's size on disk does not shrink by what is deleted; what its lines come to is counted only where there may be too many.
    private const string Clean = """
        with sized as (
            select id, sum(120 + pg_column_size(message) + coalesce(pg_column_size(exception), 0)) over (order by id desc) as bytes
            from torch_log.system_logs where pg_total_relation_size('torch_log.system_logs') > $2
        )
        delete from torch_log.system_logs
        where at < $1 or id <= coalesce((select max(id) from sized where bytes > $2), 0)
        """;

    private readonly List<LogLine> _waiting = [];
    private DateTimeOffset _cleanedAt;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        loggers.AddProvider(capture);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await StoreAsync();
            if (time.GetUtcNow() - _cleanedAt >= CleanEvery)
                await TryAsync(() => CleanAsync(stoppingToken));
        }
    }

    // While the database is away a batch waits here, and the newest lines behind it; what is beyond is dropped and counted.
    private async Task StoreAsync()
    {
        while (_waiting.Count < MostAtOnce && capture.Lines.TryRead(out var line))
            _waiting.Add(line);
        if (_waiting.Count > 0 && await TryAsync(() => InsertAsync(_waiting)))
            _waiting.Clear();
    }

    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception exception)
            when (exception is NpgsqlException or InvalidOperationException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task InsertAsync(List<LogLine> lines)
    {
        await using var command = db.CreateCommand(Insert);
        Add(NpgsqlDbType.TimestampTz, lines.Select(l => l.At).ToArray());
        Add(NpgsqlDbType.Smallint, lines.Select(l => (short)l.Level).ToArray());
        Add(NpgsqlDbType.Text, lines.Select(l => l.Component).ToArray());
        Add(NpgsqlDbType.Text, lines.Select(l => l.Host).ToArray());
        Add(NpgsqlDbType.Text, lines.Select(l => l.Agent).ToArray());
        Add(NpgsqlDbType.Uuid, lines.Select(l => l.LineId).ToArray());
        Add(NpgsqlDbType.Text, lines.Select(l => l.Message).ToArray());
        Add(NpgsqlDbType.Text, lines.Select(l => l.Exception).ToArray());
        await command.ExecuteNonQueryAsync();

        void Add(NpgsqlDbType type, object values) =>
            command.Parameters.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    internal async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var command = db.CreateCommand(Clean);
        command.Parameters.Add(new() { Value = time.GetUtcNow() - Kept });
        command.Parameters.Add(new() { Value = options.LogBytes });
        await command.ExecuteNonQueryAsync(cancellationToken);
        _cleanedAt = time.GetUtcNow();
    }
}
