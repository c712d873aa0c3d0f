using Npgsql;
using Torch.EventStore.Chaining;

namespace Torch.EventStore.Measuring;

/// <summary>
/// Measures the log at a bounded cost, however large it is: sizes from PostgreSQL's catalogue, times by search along positions, types
/// from the newest positions alone. Only what holds few events is counted.
/// </summary>
public sealed class LogMeasure(NpgsqlDataSource dataSource)
{
    private const long CountedPositions = 200_000;
    private const long TypesWindow = 100_000;

    private static readonly TimeSpan[] Spans = [TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    /// <exception cref="PostgresException">The database holds no log of this version, among other things.</exception>
    public async Task<LogStats> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var head = await NumberAsync(connection, "select torch_log.head()", cancellationToken);
        var partitions = await new PartitionSizes(connection, CountedPositions).ReadAsync(cancellationToken);
        return new LogStats(
            head,
            await LogsAsync(connection, partitions, cancellationToken),
            TypesWindow,
            await TypesAsync(connection, head, cancellationToken),
            partitions,
            await new RateSearch(connection, partitions, head).ReadAsync(Spans, cancellationToken),
            await CheckpointsAsync(connection, head, cancellationToken),
            await ChainAsync(connection, cancellationToken),
            await NumberAsync(connection, "select pg_database_size(current_database())", cancellationToken),
            await WalAsync(connection, cancellationToken)
        );
    }

    private static async Task<List<LogSize>> LogsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<PartitionSize> partitions,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select pg_total_relation_size('journal.mt_events'), pg_total_relation_size('journal.mt_streams'),
                pg_total_relation_size('telemetry.mt_streams'),
                (select reltuples::bigint from pg_class where oid = 'journal.mt_events'::regclass),
                coalesce((select max(seq_id) - min(seq_id) from journal.mt_events), 0)
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        long bytes,
            streams,
            telemetryStreams,
            events,
            span;
        await using (var row = await command.ExecuteReaderAsync(cancellationToken))
        {
            await row.ReadAsync(cancellationToken);
            (bytes, streams, telemetryStreams) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
            (events, span) = (row.GetInt64(3), row.GetInt64(4));
        }
        // Fewer than so many positions hold at most so many events; and without statistics there is no other way.
        var isCounted = span < CountedPositions || events < CountedPositions;
        if (isCounted)
            events = await NumberAsync(connection, "select count(*) from journal.mt_events", cancellationToken);
        return
        [
            new(Log.Journal, events, isCounted, bytes, streams),
            new(
                Log.Telemetry,
                partitions.Sum(p => p.Events),
                partitions.All(p => p.IsCounted),
                partitions.Sum(p => p.Bytes),
                telemetryStreams
            ),
        ];
    }

    private static async Task<List<TypeSize>> TypesAsync(
        NpgsqlConnection connection,
        long head,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select 0::smallint, type, count(*), sum(pg_column_size(data)) from journal.mt_events where seq_id > $1 group by type
            union all
            select 1::smallint, type, count(*), sum(pg_column_size(data)) from telemetry.mt_events where seq_id > $1 group by type
            order by 3 desc, 2
            """;
        await using var command = ChainTable.Command(connection, sql, head - TypesWindow);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var types = new List<TypeSize>();
        while (await rows.ReadAsync(cancellationToken))
            types.Add(new((Log)rows.GetInt16(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3)));
        return types;
    }

    private static async Task<List<CheckpointLag>> CheckpointsAsync(
        NpgsqlConnection connection,
        long head,
        CancellationToken cancellationToken
    )
    {
        const string sql = "select name, coalesce(last_seq_id, 0) from journal.mt_event_progression order by name";
        var found = new List<(string Name, long Position)>();
        await using (var command = new NpgsqlCommand(sql, connection))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
            while (await rows.ReadAsync(cancellationToken))
                found.Add((rows.GetString(0), rows.GetInt64(1)));
        var newest = await TimeAlong.AtOrBeforeAsync(connection, head, cancellationToken);
        var lags = new List<CheckpointLag>();
        foreach (var (name, position) in found)
        {
            var at = await TimeAlong.AtOrBeforeAsync(connection, position, cancellationToken);
            var time = newest is { } n && at is { } a ? n - a : TimeSpan.Zero;
            lags.Add(new(name, position, Math.Max(0, head - position), time > TimeSpan.Zero ? time : TimeSpan.Zero));
        }
        return lags;
    }

    private static async Task<ChainState> ChainAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string sql = """
            select coalesce((select max(position) from torch_log.journal_chain), 0),
                coalesce((select max(position) from torch_log.journal_checkpoints), 0),
                (select count(*) from torch_log.journal_checkpoints)
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new ChainState(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }

    private static async Task<long?> WalAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await NumberAsync(
                connection,
                "select coalesce(sum(size), 0)::bigint from pg_ls_waldir()",
                cancellationToken
            );
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
    }

    internal static async Task<long> NumberAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
