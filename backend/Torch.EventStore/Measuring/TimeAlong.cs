using Npgsql;
using Torch.EventStore.Chaining;

namespace Torch.EventStore.Measuring;

/// <summary>Timestamps by position: they never decrease along positions, so that no index on time is needed.</summary>
internal static class TimeAlong
{
    /// <summary>The time of the last event up to a position; null where there is none.</summary>
    public static async Task<DateTime?> AtOrBeforeAsync(
        NpgsqlConnection connection,
        long position,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select greatest(
                (select timestamp from journal.mt_events where seq_id <= $1 order by seq_id desc limit 1),
                (select timestamp from telemetry.mt_events where seq_id <= $1 order by seq_id desc limit 1))
            """;
        await using var command = ChainTable.Command(connection, sql, position);
        return await command.ExecuteScalarAsync(cancellationToken) as DateTime?;
    }

    /// <summary>The time of the first event from a position on; null where there is none.</summary>
    public static async Task<DateTime?> AtOrAfterAsync(
        NpgsqlConnection connection,
        long position,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select least(
                (select timestamp from journal.mt_events where seq_id >= $1 order by seq_id limit 1),
                (select timestamp from telemetry.mt_events where seq_id >= $1 order by seq_id limit 1))
            """;
        await using var command = ChainTable.Command(connection, sql, position);
        return await command.ExecuteScalarAsync(cancellationToken) as DateTime?;
    }
}
