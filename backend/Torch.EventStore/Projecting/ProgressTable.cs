using Npgsql;
using NpgsqlTypes;

namespace Torch.EventStore.Projecting;

/// <summary>The checkpoints of a group of projections: their rows in <c>journal.mt_event_progression</c>.</summary>
internal static class ProgressTable
{
    public static async Task EnsureAsync(
        NpgsqlDataSource dataSource,
        IReadOnlyCollection<string> names,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            insert into journal.mt_event_progression (name, last_seq_id) select name, 0 from unnest($1) as n (name)
            on conflict (name) do nothing
            """;
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(Names(names));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Locks the rows until the transaction ends: only one process folds for these projections at a time.</summary>
    public static async Task<Dictionary<string, long>> LockAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<string> names,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select name, coalesce(last_seq_id, 0) from journal.mt_event_progression where name = any ($1) order by name for update
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(Names(names));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var positions = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken))
            positions[rows.GetString(0)] = rows.GetInt64(1);
        return positions;
    }

    /// <summary>Moves forward only.</summary>
    public static async Task MoveAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<string> names,
        long to,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            update journal.mt_event_progression set last_seq_id = $2, last_updated = transaction_timestamp()
            where name = any ($1) and last_seq_id < $2
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(Names(names));
        command.Parameters.Add(new NpgsqlParameter { Value = to });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Back to the beginning, before a rebuild; what was parked gets a new chance.</summary>
    public static async Task ResetAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("update journal.mt_event_progression set last_seq_id = 0 where name = $1"));
        batch.BatchCommands.Add(new("delete from torch_log.parked_events where projection = $1"));
        foreach (var command in batch.BatchCommands)
            command.Parameters.Add(new NpgsqlParameter { Value = name });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Records an event that a projection cannot fold.</summary>
    public static async Task ParkAsync(
        NpgsqlConnection connection,
        string projection,
        RecordedEvent @event,
        Exception error,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            insert into torch_log.parked_events (projection, position, log, stream_id, type, error)
            values ($1, $2, $3, $4, $5, $6) on conflict do nothing
            """;
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = projection },
                new() { Value = @event.Position },
                new() { Value = (short)@event.Log },
                new() { Value = @event.StreamId },
                new() { Value = @event.Type },
                new() { Value = error.ToString().Replace("\0", "", StringComparison.Ordinal) },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Names(IReadOnlyCollection<string> names) =>
        new() { Value = names.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
