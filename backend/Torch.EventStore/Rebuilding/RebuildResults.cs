using Npgsql;
using NpgsqlTypes;

namespace Torch.EventStore.Rebuilding;

/// <summary><c>torch_log.rebuild_results</c>: how the last rebuild of each projection ended.</summary>
internal static class RebuildResults
{
    /// <summary>Ends a rebuild: its row goes, its result stays. Answers false when somebody else has ended it.</summary>
    public static async Task<bool> EndAsync(
        NpgsqlConnection connection,
        string projection,
        RebuildOutcome outcome,
        long position,
        StateComparison? comparison,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            with ended as (delete from torch_log.rebuilds where projection = $1 returning projection, started_at)
            insert into torch_log.rebuild_results as r (projection, outcome, started_at, ended_at, position,
                live_hash, rebuilt_hash, different_table, different_key)
            select projection, $2, started_at, clock_timestamp(), $3, $4, $5, $6, $7 from ended
            on conflict (projection) do update set outcome = excluded.outcome, started_at = excluded.started_at,
                ended_at = excluded.ended_at, position = excluded.position, live_hash = excluded.live_hash,
                rebuilt_hash = excluded.rebuilt_hash, different_table = excluded.different_table,
                different_key = excluded.different_key
            """;
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = projection },
                new() { Value = outcome.ToString().ToLowerInvariant() },
                new() { Value = position },
                Maybe(NpgsqlDbType.Bytea, comparison?.LiveHash),
                Maybe(NpgsqlDbType.Bytea, comparison?.RebuiltHash),
                Maybe(NpgsqlDbType.Text, comparison?.DifferentTable),
                Maybe(NpgsqlDbType.Text, comparison?.DifferentKey),
            },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static NpgsqlParameter Maybe(NpgsqlDbType type, object? value) =>
        new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}
