using Npgsql;
using NpgsqlTypes;
using Torch.EventStore.Chaining;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Copying;

/// <summary>New events of a batch: rows of their streams, COPY, sequences. In the caller's transaction, under the append lock.</summary>
internal sealed class ImportBatch(NpgsqlConnection connection, IReadOnlyList<ImportedEvent> events)
{
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await JudgeTimeAsync(cancellationToken);
        foreach (var log in (Log[])[Log.Journal, Log.Telemetry])
        {
            var mine = events.Where(e => e.Stored.Log == log).ToList();
            if (mine.Count == 0)
                continue;
            await JudgeVersionsAsync(log, mine, cancellationToken);
            await RaiseStreamsAsync(log, mine, cancellationToken);
            await CopyAsync(log, mine, cancellationToken);
        }
        await MoveSequencesAsync(cancellationToken);
    }

    private async Task JudgeTimeAsync(CancellationToken cancellationToken)
    {
        var clock = await ImportTarget.NumberAsync(
            connection,
            "select last_value from torch_log.clock",
            cancellationToken
        );
        if (events[0].Stored.Micros < clock)
            throw ImportTarget.Bad(events[0], "its timestamp is before what the database has reached");
    }

    // Telemetry may begin later than with 1: retention has dropped what was before.
    private async Task JudgeVersionsAsync(Log log, List<ImportedEvent> mine, CancellationToken cancellationToken)
    {
        var versions = await VersionsAsync(log, mine, cancellationToken);
        foreach (var e in mine)
        {
            var before = versions.GetValueOrDefault(e.Stored.StreamId);
            var isFirstRetained = log == Log.Telemetry && before == 0;
            if (e.Stored.Version != before + 1 && !isFirstRetained)
                throw ImportTarget.Bad(
                    e,
                    $"version {e.Stored.Version} of stream {e.Stored.StreamId} does not follow {before}"
                );
            versions[e.Stored.StreamId] = e.Stored.Version;
        }
    }

    private async Task<Dictionary<Guid, long>> VersionsAsync(
        Log log,
        List<ImportedEvent> mine,
        CancellationToken cancellationToken
    )
    {
        var ids = mine.Select(e => e.Stored.StreamId).Distinct().ToArray();
        var sql = $"select id, coalesce(version, 0) from {log.Schema()}.mt_streams where id = any ($1)";
        await using var command = ChainTable.Command(connection, sql, ids);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var versions = new Dictionary<Guid, long>();
        while (await rows.ReadAsync(cancellationToken))
            versions[rows.GetGuid(0)] = rows.GetInt64(1);
        return versions;
    }

    private async Task RaiseStreamsAsync(Log log, List<ImportedEvent> mine, CancellationToken cancellationToken)
    {
        var sql = $"""
            insert into {log.Schema()}.mt_streams (id, type, version, created, timestamp)
            select * from unnest($1, $2, $3, $4, $5)
            on conflict (id) do update set version = excluded.version, timestamp = excluded.timestamp
            """;
        var streams = mine.GroupBy(e => e.Stored.StreamId).ToList();
        await using var command = ChainTable.Command(
            connection,
            sql,
            streams.Select(s => s.Key).ToArray(),
            streams.Select(s => s.First().StreamType).ToArray(),
            streams.Select(s => s.Last().Stored.Version).ToArray(),
            streams.Select(s => StoredEvent.UtcOf(s.First().Stored.Micros)).ToArray(),
            streams.Select(s => StoredEvent.UtcOf(s.Last().Stored.Micros)).ToArray()
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task CopyAsync(Log log, List<ImportedEvent> mine, CancellationToken cancellationToken)
    {
        var who = log == Log.Journal ? ", correlation_id, causation_id, headers" : "";
        var sql =
            $"copy {log.Schema()}.mt_events (seq_id, id, stream_id, version, data, type, timestamp{who}) from stdin (format binary)";
        try
        {
            await using var copy = await connection.BeginBinaryImportAsync(sql, cancellationToken);
            foreach (var e in mine)
                await RowAsync(copy, log, e.Stored, cancellationToken);
            await copy.CompleteAsync(cancellationToken);
        }
        catch (PostgresException refused) when (DatabaseFaults.IsMissingPartition(refused))
        {
            throw new LogCopyException(
                $"lines {mine[0].Line} to {mine[^1].Line}: no partition takes one of the positions"
            );
        }
        catch (PostgresException refused) when (DatabaseFaults.IsRefusedData(refused))
        {
            throw new LogCopyException(
                $"lines {mine[0].Line} to {mine[^1].Line}: PostgreSQL refuses one of them ({refused.SqlState}): {refused.MessageText}"
            );
        }
    }

    private static async Task RowAsync(
        NpgsqlBinaryImporter copy,
        Log log,
        StoredEvent stored,
        CancellationToken cancellationToken
    )
    {
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(stored.Position, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(stored.Id, NpgsqlDbType.Uuid, cancellationToken);
        await copy.WriteAsync(stored.StreamId, NpgsqlDbType.Uuid, cancellationToken);
        await copy.WriteAsync(stored.Version, NpgsqlDbType.Bigint, cancellationToken);
        await copy.WriteAsync(stored.Data, NpgsqlDbType.Jsonb, cancellationToken);
        await copy.WriteAsync(stored.Type, NpgsqlDbType.Varchar, cancellationToken);
        await copy.WriteAsync(StoredEvent.UtcOf(stored.Micros), NpgsqlDbType.TimestampTz, cancellationToken);
        if (log == Log.Telemetry)
            return;
        await MaybeAsync(copy, stored.Correlation, NpgsqlDbType.Varchar, cancellationToken);
        await MaybeAsync(copy, stored.Causation, NpgsqlDbType.Varchar, cancellationToken);
        await MaybeAsync(copy, stored.Headers, NpgsqlDbType.Jsonb, cancellationToken);
    }

    private static Task MaybeAsync<T>(
        NpgsqlBinaryImporter copy,
        T? value,
        NpgsqlDbType type,
        CancellationToken cancellationToken
    )
        where T : class =>
        value is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(value, type, cancellationToken);

    // Sequences do not roll back; ahead of a batch that is written again they do no harm.
    private async Task MoveSequencesAsync(CancellationToken cancellationToken)
    {
        const string sql =
            "select setval('torch_log.positions', greatest($1, (select last_value from torch_log.positions))), setval('torch_log.clock', $2)";
        await using var command = ChainTable.Command(
            connection,
            sql,
            events[^1].Stored.Position,
            events[^1].Stored.Micros
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
