using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace Torch.EventStore.Projecting;

/// <summary>The checkpoints of projections: their rows in <c>journal.mt_event_progression</c>.</summary>
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

    /// <summary>
    /// Locks the rows until the transaction ends: only one process folds for these names at a time. Also tells which of them have events
    /// parked, in a statement of its own after the lock: it must see what the holder before has parked.
    /// </summary>
    public static async Task<Dictionary<string, Checkpoint>> LockAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<string> names,
        CancellationToken cancellationToken
    )
    {
        const string locking = """
            select name, coalesce(last_seq_id, 0) from journal.mt_event_progression where name = any ($1) order by name for update
            """;
        const string parked = """
            select n.name from unnest($1) as n (name)
            where exists (select from torch_log.parked_events e where e.projection = n.name)
            """;
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(locking) { Parameters = { Names(names) } },
                new(parked) { Parameters = { Names(names) } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<string, Checkpoint>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken))
            found[rows.GetString(0)] = new Checkpoint(rows.GetInt64(1), HasParked: false);
        await rows.NextResultAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            if (found.TryGetValue(rows.GetString(0), out var checkpoint))
                found[rows.GetString(0)] = checkpoint with { HasParked = true };
        return found;
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

    public static NpgsqlParameter Names(IReadOnlyCollection<string> names) =>
        new() { Value = names.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}

/// <summary>Where a projection stands.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Checkpoint(long Position, bool HasParked);

/// <summary>A checkpoint is not where it must be: it fell, or is gone. What was read for it must not be folded.</summary>
internal sealed class CheckpointLostException(string name) : Exception($"the checkpoint of {name} is not where it was");
