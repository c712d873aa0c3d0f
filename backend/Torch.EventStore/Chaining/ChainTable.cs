using Npgsql;
using NpgsqlTypes;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Chaining;

/// <summary>The chain's rows, and the journal that they follow.</summary>
internal static class ChainTable
{
    /// <summary>Locks the chain's checkpoint until the transaction ends. Null while another process writes the chain.</summary>
    public static async Task<(long Through, long Head)?> TryLockAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        // The head first: every journal event up to it is visible to the statements that follow.
        const string sql = """
            insert into journal.mt_event_progression (name, last_seq_id) values ($1, 0) on conflict (name) do nothing;
            """;
        await using (var ensure = Command(connection, sql, JournalChainWriter.Checkpoint))
            await ensure.ExecuteNonQueryAsync(cancellationToken);
        await using var command = Command(
            connection,
            "select last_seq_id, torch_log.head() from journal.mt_event_progression where name = $1 for update skip locked",
            JournalChainWriter.Checkpoint
        );
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? (row.GetInt64(0), row.GetInt64(1)) : null;
    }

    public static async Task<List<StoredEvent>> JournalAfterAsync(
        NpgsqlConnection connection,
        long after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var sql =
            $"select {Reads.Columns(Log.Journal)} from journal.mt_events where seq_id > $1 order by seq_id limit $2";
        await using var command = Command(connection, sql, after, limit);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<StoredEvent>();
        while (await rows.ReadAsync(cancellationToken))
            events.Add(StoredEvent.From(rows));
        return events;
    }

    /// <summary>The newest hash, or <see cref="JournalChain.Beginning"/>.</summary>
    public static async Task<byte[]> LastHashAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection,
            "select hash from torch_log.journal_chain order by position desc limit 1"
        );
        return await command.ExecuteScalarAsync(cancellationToken) as byte[] ?? JournalChain.Beginning;
    }

    /// <summary>Chains events behind a hash and stores theirs. Answers the last.</summary>
    public static async Task<byte[]> AddAsync(
        NpgsqlConnection connection,
        byte[] before,
        IReadOnlyList<StoredEvent> events,
        CancellationToken cancellationToken
    )
    {
        var hashes = new byte[events.Count][];
        for (var i = 0; i < events.Count; i++)
            hashes[i] = before = JournalChain.Next(before, events[i]);
        await using var command = Command(
            connection,
            "insert into torch_log.journal_chain (position, hash) select * from unnest($1, $2)",
            events.Select(e => e.Position).ToArray(),
            hashes
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
        return before;
    }

    public static async Task MoveAsync(NpgsqlConnection connection, long through, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into journal.mt_event_progression as p (name, last_seq_id) values ($1, $2)
            on conflict (name) do update set last_seq_id = $2, last_updated = transaction_timestamp() where p.last_seq_id < $2
            """;
        await using var command = Command(connection, sql, JournalChainWriter.Checkpoint, through);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(Parameter(value));
        return command;
    }

    private static NpgsqlParameter Parameter(object value) =>
        value is byte[][]
            ? new() { Value = value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea }
            : new() { Value = value };
}
