using Npgsql;
using Torch.EventStore.Projecting;

namespace Torch.EventStore.Rebuilding;

/// <summary>The tables that a rebuild fills: empty twins of the live ones.</summary>
internal static class ShadowTables
{
    private const string Live = ProjectionTarget.Live;
    private const string Shadow = ProjectionTarget.Shadow;

    /// <summary>Makes them anew, puts back what was sealed, and sets the checkpoint there.</summary>
    /// <exception cref="CheckpointLostException">The rebuild has been cancelled.</exception>
    public static async Task<long> BeginAsync(
        NpgsqlDataSource dataSource,
        FoldTarget target,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.MustChangeAsync(
            target,
            "update torch_log.rebuilds set from_position = 0 where projection = $1",
            [target.Projection.Name],
            cancellationToken
        );
        await DropAsync(connection, target, cancellationToken);
        foreach (var table in target.Projection.Tables)
            await connection.ExecuteAsync(
                "select torch_log.create_shadow($1, $2, $3)",
                [Live, Shadow, table],
                cancellationToken
            );
        var from = target.Projection is ISealedProjection sealedOne
            ? await sealedOne.SeedAsync(new ProjectionTarget(connection, transaction, Shadow), cancellationToken)
            : 0;
        await connection.ExecuteAsync(
            "insert into journal.mt_event_progression (name, last_seq_id) values ($1, $2)",
            [target.Name, from],
            cancellationToken
        );
        await connection.ExecuteAsync(
            "update torch_log.rebuilds set from_position = $2 where projection = $1",
            [target.Projection.Name, from],
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return from;
    }

    /// <summary>Removes them, their checkpoint and what they have parked, inside a transaction of the caller's.</summary>
    public static async Task DropAsync(
        NpgsqlConnection connection,
        FoldTarget target,
        CancellationToken cancellationToken
    )
    {
        // The checkpoint first: whoever folds a page holds it.
        string[] statements =
        [
            "delete from journal.mt_event_progression where name = $1",
            "delete from torch_log.parked_events where projection = $1",
        ];
        foreach (var sql in statements)
            await connection.ExecuteAsync(sql, [target.Name], cancellationToken);
        foreach (var table in target.Projection.Tables)
            await connection.ExecuteAsync($"drop table if exists {Shadow}.{table}", [], cancellationToken);
    }

    /// <summary>
    /// Where a rebuild goes on, or null when it must begin anew: its tables are gone, or a newer version has changed the live ones.
    /// </summary>
    public static async Task<long?> PositionAsync(
        NpgsqlDataSource dataSource,
        FoldTarget target,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select p.last_seq_id from journal.mt_event_progression p where p.name = $1 and not exists (
                select from unnest($2) as t (name) where (
                    select array_agg((a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull)::text order by a.attnum)
                    from pg_attribute a where a.attrelid = to_regclass($3 || '.' || t.name) and a.attnum > 0 and not a.attisdropped
                ) is distinct from (
                    select array_agg((a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull)::text order by a.attnum)
                    from pg_attribute a where a.attrelid = to_regclass($4 || '.' || t.name) and a.attnum > 0 and not a.attisdropped
                ))
            """;
        await using var command = dataSource.CreateCommand(sql);
        foreach (var argument in (object[])[target.Name, target.Projection.Tables.ToArray(), Live, Shadow])
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    /// <summary>Planner statistics, before anybody reads them.</summary>
    public static async Task AnalyzeAsync(
        NpgsqlDataSource dataSource,
        FoldTarget target,
        CancellationToken cancellationToken
    )
    {
        foreach (var table in target.Projection.Tables)
        {
            await using var command = dataSource.CreateCommand($"vacuum (analyze) {Shadow}.{table}");
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
