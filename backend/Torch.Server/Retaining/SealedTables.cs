using Npgsql;
using Torch.EventStore;

namespace Torch.Server.Retaining;

/// <summary>
/// The schema <c>torch_sealed</c>: what the read tables held at the end of the last sealed partition. A rebuild begins from them, for the
/// observations that they came from may be gone.
/// </summary>
internal static class SealedTables
{
    public const string Schema = "torch_sealed";

    /// <summary>The columns of a rollup row, in the table's order.</summary>
    public const string RollupColumns = """
        check_id, level_minutes, bucket, count, good, sum_us, min_us, max_us, values_count, sum_value, min_value, max_value
        """;

    private const string Merged = $"""
        select check_id, level_minutes, bucket, sum(count)::bigint, sum(good)::bigint, sum(sum_us)::bigint, min(min_us), max(max_us),
            sum(values_count)::bigint, sum(sum_value), min(min_value), max(max_value)
        from (
            select {RollupColumns} from {Schema}.sealed_rollups where partition in (select name from {Schema}.partitions)
            union all
            select {RollupColumns} from {Schema}.rollups) r
        group by check_id, level_minutes, bucket
        """;

    /// <summary>Copies a table as it was sealed.</summary>
    /// <inheritdoc cref="ISealedProjection.SeedAsync" path="/returns"/>
    public static Task<long> CopyAsync(ProjectionTarget target, string table, CancellationToken cancellationToken) =>
        SeedAsync(target, $"insert into {target.Schema}.{table} select * from {Schema}.{table}", cancellationToken);

    /// <summary>Adds up what each sealed partition contributed.</summary>
    public static Task<long> MergeRollupsAsync(ProjectionTarget target, CancellationToken cancellationToken) =>
        SeedAsync(target, $"insert into {target.Schema}.rollups ({RollupColumns}) {Merged}", cancellationToken);

    // The position first, locked until the rebuild's own checkpoint is committed: sealing waits, and nothing drops what was not seen.
    private static async Task<long> SeedAsync(ProjectionTarget target, string sql, CancellationToken cancellationToken)
    {
        await using var at = new NpgsqlCommand(
            $"select position from {Schema}.progress where id = 1 for share",
            target.Connection,
            target.Transaction
        );
        var position = (long)(await at.ExecuteScalarAsync(cancellationToken))!;
        await using var fill = new NpgsqlCommand(sql, target.Connection, target.Transaction) { CommandTimeout = 0 };
        await fill.ExecuteNonQueryAsync(cancellationToken);
        return position;
    }
}
