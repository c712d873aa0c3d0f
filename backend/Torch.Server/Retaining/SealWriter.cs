using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Torch.EventStore;
using Torch.EventStore.Retention;
using Torch.Server.Features;
using Torch.Server.Projecting;

namespace Torch.Server.Retaining;

/// <summary>How a partition was sealed.</summary>
/// <param name="RollupsSha256">Lower-case hex.</param>
internal sealed record Seal(string Partition, long FromPosition, long ToPosition, long Rollups, string RollupsSha256);

/// <summary>
/// Seals partitions, oldest first: folds each one's events into the tables of <c>torch_sealed</c>, by the very projections that filled
/// the live ones. Each page commits with its position, so a run that was killed goes on from the last page.
/// </summary>
internal sealed class SealWriter(NpgsqlDataSource db, EventLog log)
{
    private const int PageSize = 10_000;

    private static readonly IReadOnlyList<ISealedProjection> Projections =
    [
        .. ProjectionHost.All().OfType<ISealedProjection>(),
    ];

    // Text that no setting changes and no version of PostgreSQL prints otherwise; numbers that are equal print alike. What is null at the end is left out: rows
    // that were sealed without sketches keep their text.
    private static readonly string Canonical = $"""
        select check_id, level_minutes, bucket, concat_ws('|', check_id, level_minutes, (extract(epoch from bucket))::bigint, count, good,
            coalesce(sum_us::text, '-'), coalesce(min_us::text, '-'), coalesce(max_us::text, '-'), values_count,
            coalesce(trim_scale(sum_value)::text, '-'), coalesce(min_value::text, '-'), coalesce(max_value::text, '-'),
            encode(sketch, 'hex'), encode(phases, 'hex'), encode(bad_sketch, 'hex'))
        from {SealedTables.Schema}.sealed_rollups
        where partition = $1 and (check_id, level_minutes, bucket) > ($2, $3, $4)
        order by check_id, level_minutes, bucket limit {PageSize}
        """;

    /// <summary>Every seal, oldest first.</summary>
    public Task<List<Seal>> ListAsync(CancellationToken cancellationToken) =>
        db.QueryAsync(
            $"select name, from_position, to_position, rollups, rollups_sha256 from {SealedTables.Schema}.partitions order by from_position",
            [],
            r => new Seal(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetString(4)),
            cancellationToken
        );

    /// <summary>The seal of a partition, made as far as the budget goes; null where it is not finished.</summary>
    public async Task<Seal?> SealAsync(
        TelemetryPartition partition,
        WorkBudget budget,
        CancellationToken cancellationToken
    )
    {
        if ((await ListAsync(cancellationToken)).Find(s => s.FromPosition == partition.FromPosition) is { } made)
            return made;
        while (await FoldPageAsync(partition.ToPosition - 1, cancellationToken))
            if (budget.IsSpent)
                return null;
        return await FinishAsync(partition, cancellationToken);
    }

    /// <summary>SHA-256 over a sealed partition's rollup rows as they are now, and how many there are.</summary>
    public async Task<(string Sha256, long Rows)> HashAsync(string partition, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (check, level, bucket, rows) = (Guid.Empty, 0, DateTimeOffset.UnixEpoch, 0L);
        while (true)
        {
            var page = await db.QueryAsync(
                Canonical,
                [partition, check, level, bucket],
                r => (r.GetGuid(0), r.GetInt32(1), r.GetFieldValue<DateTimeOffset>(2), Text: r.GetString(3)),
                cancellationToken
            );
            if (page.Count == 0)
                return (Convert.ToHexStringLower(hash.GetHashAndReset()), rows);
            foreach (var row in page)
                hash.AppendData(Encoding.UTF8.GetBytes(row.Text + "\n"));
            rows += page.Count;
            (check, level, bucket, _) = page[^1];
        }
    }

    // Answers whether there was something to fold.
    private async Task<bool> FoldPageAsync(long through, CancellationToken cancellationToken)
    {
        await using var connection = await db.OpenConnectionAsync(cancellationToken);
        var from = await PositionAsync(connection, "", cancellationToken);
        if (from >= through)
            return false;
        var page = await log.ReadPageAsync(new PageRead(from, PageSize), cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await PositionAsync(connection, "for update", cancellationToken) != from)
            return true;
        await ApplyAsync(
            connection,
            transaction,
            [.. page.Events.Where(e => e.Position <= through)],
            cancellationToken
        );
        // The page is live where nothing came after the partition.
        await MoveAsync(connection, page.IsLive ? through : Math.Min(page.Through, through), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        IReadOnlyList<RecordedEvent> events,
        CancellationToken cancellationToken
    )
    {
        foreach (var projection in Projections)
        {
            var wanted = events.Where(e => projection.Types?.Contains(e.Type) ?? true).ToList();
            if (wanted.Count > 0)
                await projection.ApplyAsync(
                    new ProjectionBatch(connection, transaction, SealedTables.Schema, wanted),
                    cancellationToken
                );
        }
    }

    private async Task<Seal> FinishAsync(TelemetryPartition partition, CancellationToken cancellationToken)
    {
        const string move = $"""
            insert into {SealedTables.Schema}.sealed_rollups select $1, r.* from {SealedTables.Schema}.rollups r on conflict do nothing
            """;
        const string record = $"""
            insert into {SealedTables.Schema}.partitions (name, from_position, to_position, rollups, rollups_sha256)
            values ($1, $2, $3, $4, $5)
            """;
        // In two steps, because the hash is read in pages: the second one empties what the first one copied, and a repeat copies nothing.
        await ExecuteAsync(db.CreateCommand(move), [partition.Name], cancellationToken);
        var (sha256, rows) = await HashAsync(partition.Name, cancellationToken);
        await using var connection = await db.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PositionAsync(connection, "for update", cancellationToken);
        object[] values = [partition.Name, partition.FromPosition, partition.ToPosition, rows, sha256];
        await ExecuteAsync(new NpgsqlCommand(record, connection), values, cancellationToken);
        await ExecuteAsync(new($"delete from {SealedTables.Schema}.rollups", connection), [], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Seal(partition.Name, partition.FromPosition, partition.ToPosition, rows, sha256);
    }

    private static async Task<long> PositionAsync(
        NpgsqlConnection connection,
        string locking,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            $"select position from {SealedTables.Schema}.progress where id = 1 {locking}",
            connection
        );
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static Task MoveAsync(NpgsqlConnection connection, long to, CancellationToken cancellationToken) =>
        ExecuteAsync(
            new NpgsqlCommand($"update {SealedTables.Schema}.progress set position = $1 where id = 1", connection),
            [to],
            cancellationToken
        );

    private static async Task ExecuteAsync(
        NpgsqlCommand command,
        object[] arguments,
        CancellationToken cancellationToken
    )
    {
        await using (command)
        {
            foreach (var argument in arguments)
                command.Parameters.Add(new NpgsqlParameter { Value = argument });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
