using Npgsql;

namespace Torch.EventStore.Rebuilding;

/// <summary>One row of <c>torch_log.rebuilds</c>.</summary>
/// <param name="FromPosition">Null until the shadow tables stand.</param>
internal sealed record RebuildRow(string Projection, bool IsVerification, DateTimeOffset StartedAt, long? FromPosition);

/// <summary><c>torch_log.rebuilds</c>: which rebuilds go on, so that any process can take one up again.</summary>
internal static class RebuildTable
{
    /// <summary>Answers false when one goes on already.</summary>
    public static async Task<bool> AddAsync(
        NpgsqlDataSource dataSource,
        string projection,
        bool isVerification,
        CancellationToken cancellationToken
    )
    {
        const string sql =
            "insert into torch_log.rebuilds (projection, purpose) values ($1, $2) on conflict do nothing";
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = projection });
        command.Parameters.Add(new NpgsqlParameter { Value = isVerification ? "verify" : "swap" });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Oldest first.</summary>
    public static async Task<List<RebuildRow>> ListAsync(
        NpgsqlDataSource dataSource,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select projection, purpose = 'verify', started_at, from_position from torch_log.rebuilds order by started_at, projection
            """;
        await using var command = dataSource.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<RebuildRow>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(
                new RebuildRow(
                    rows.GetString(0),
                    rows.GetBoolean(1),
                    rows.GetFieldValue<DateTimeOffset>(2),
                    rows.IsDBNull(3) ? null : rows.GetInt64(3)
                )
            );
        return found;
    }

    /// <summary>Says why a rebuild does not go on, or that it does again.</summary>
    public static async Task SayAsync(
        NpgsqlDataSource dataSource,
        string projection,
        string? error,
        CancellationToken cancellationToken
    )
    {
        const string sql =
            "update torch_log.rebuilds set error = $2 where projection = $1 and error is distinct from $2";
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = projection });
        command.Parameters.Add(
            new NpgsqlParameter { Value = (object?)error ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Rates count from here: the time without a process is not the rebuild's.</summary>
    public static async Task ResumeAsync(
        NpgsqlDataSource dataSource,
        string projection,
        long position,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            update torch_log.rebuilds set resumed_at = now(), resumed_position = $2 where projection = $1
            """;
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = projection });
        command.Parameters.Add(new NpgsqlParameter { Value = position });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
