using Npgsql;
using Torch.EventStore.Chaining;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Copying;

/// <summary>What an import does when all events are in: it compares the chain with what was signed and makes the state that of the export, at once.</summary>
internal sealed class ImportEnd(NpgsqlConnection connection, ImportRun run)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (run.Header.Log != Log.Telemetry)
            await CompareChainAsync(cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            if (await FinishAsync(cancellationToken))
                await ApplyAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        await ExecuteAsync(
            "analyze journal.mt_events, journal.mt_streams, telemetry.mt_events, telemetry.mt_streams, torch_log.journal_chain",
            cancellationToken
        );
    }

    private async Task CompareChainAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            select min(s.position) from torch_log.journal_checkpoints s where s.position between $1 and $2
            and not exists (select from torch_log.journal_chain c where c.position = s.position and c.hash = s.hash)
            """;
        await using var command = ChainTable.Command(connection, sql, run.Header.From, run.Header.To);
        if (await command.ExecuteScalarAsync(cancellationToken) is long position)
            throw new LogCopyException(
                $"the journal of the export is not the one that was signed at position {position}"
            );
    }

    // Only once: what the state has become since must not be set back by the same file.
    private async Task<bool> FinishAsync(CancellationToken cancellationToken)
    {
        const string sql = "update torch_log.imports set finished_at = now() where id = $1 and finished_at is null";
        await using var command = ChainTable.Command(connection, sql, run.Id);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        foreach (var table in run.State.Where(s => s.Table.Name != SideTable.Partitions).GroupBy(s => s.Table))
            await SideRows.ReplaceAsync(connection, table.Key, [.. table.Select(s => s.Row)], cancellationToken);
        foreach (var stream in run.Streams)
            await StreamAsync(stream, cancellationToken);
        foreach (var (name, position) in run.Header.Checkpoints)
            await CheckpointAsync(name, position, cancellationToken);
        await ExecuteAsync(
            $"select setval('torch_log.positions', greatest({run.Header.Drawn}, (select last_value from torch_log.positions)))",
            cancellationToken
        );
        await ExecuteAsync(
            $"select torch_log.keep_telemetry_partitions_ahead({new EventLogOptions().PartitionWidth})",
            cancellationToken
        );
    }

    private async Task StreamAsync(CopyStream stream, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into telemetry.mt_streams as s (id, type, version, created, timestamp) values ($1, $2, $3, $4, $5)
            on conflict (id) do update set type = excluded.type, created = excluded.created,
                version = greatest(s.version, excluded.version), timestamp = greatest(s.timestamp, excluded.timestamp)
            """;
        await using var command = ChainTable.Command(
            connection,
            sql,
            stream.Id,
            (object?)stream.Type ?? DBNull.Value,
            stream.Version,
            StoredEvent.UtcOf(stream.Created),
            StoredEvent.UtcOf(stream.Timestamp)
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task CheckpointAsync(string name, long position, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into journal.mt_event_progression as p (name, last_seq_id) values ($1, $2)
            on conflict (name) do update set last_seq_id = greatest(p.last_seq_id, $2), last_updated = now()
            """;
        await using var command = ChainTable.Command(connection, sql, name, position);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
