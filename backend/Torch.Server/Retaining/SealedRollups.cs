using Npgsql;
using Torch.Domain.Rollups;
using Torch.EventStore;
using Torch.Server.Projecting;

namespace Torch.Server.Retaining;

/// <summary>The rollups that a rebuild begins from: what each sealed partition contributed, added up.</summary>
internal static class SealedRollups
{
    private const string Columns = """
        check_id, level_minutes, bucket, count, good, sum_us, min_us, max_us, values_count, sum_value, min_value, max_value, sketch, phases,
        bad_sketch
        """;

    // Partitions that were sealed before there were days: theirs follow from the quarters of an hour, without percentiles.
    private const string Sealed = $"""
        select {Columns} from {SealedTables.Schema}.sealed_rollups
        where partition in (select name from {SealedTables.Schema}.partitions)
        union all
        select {Columns} from {SealedTables.Schema}.rollups
        union all
        select check_id, 1440, date_bin('1 day', bucket, 'epoch'), count, good, sum_us, min_us, max_us, values_count, sum_value, min_value,
            max_value, null, null, null
        from {SealedTables.Schema}.sealed_rollups
        where level_minutes = 15 and partition in (
            select p.name from {SealedTables.Schema}.partitions p where not exists (
                select from {SealedTables.Schema}.sealed_rollups s where s.partition = p.name and s.level_minutes = 1440))
        """;

    private const string Merged = $"""
        select check_id, level_minutes, bucket, sum(count)::bigint, sum(good)::bigint, sum(sum_us)::bigint, min(min_us), max(max_us),
            sum(values_count)::bigint, sum(sum_value), min(min_value), max(max_value),
            (array_agg(sketch) filter (where sketch is not null))[1], (array_agg(phases) filter (where phases is not null))[1],
            (array_agg(bad_sketch) filter (where bad_sketch is not null))[1]
        from ({Sealed}) r
        group by check_id, level_minutes, bucket
        """;

    private const string InSeveral = $"""
        select check_id, level_minutes, bucket, array_agg(sketch), array_agg(phases), array_agg(bad_sketch)
        from ({Sealed}) r where sketch is not null
        group by check_id, level_minutes, bucket having count(*) > 1
        """;

    /// <inheritdoc cref="ISealedProjection.SeedAsync"/>
    public static async Task<long> MergeAsync(ProjectionTarget target, CancellationToken cancellationToken)
    {
        var fill = $"insert into {target.Schema}.rollups ({Columns}) {Merged}";
        var position = await SealedTables.SeedAsync(target, fill, cancellationToken);
        if (await SharedAsync(target, cancellationToken) is { Count: > 0 } shared)
            await WriteAsync(target, shared, cancellationToken);
        return position;
    }

    // Buckets at the edges of partitions, and those that late observations came to: a small part.
    private static async Task<List<(RollupKey Key, RollupBucket Blobs)>> SharedAsync(
        ProjectionTarget target,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(InSeveral, target.Connection, target.Transaction);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var shared = new List<(RollupKey, RollupBucket)>();
        while (await rows.ReadAsync(cancellationToken))
            shared.Add((RollupBlobs.Key(rows), Merge(rows)));
        return shared;
    }

    private static RollupBucket Merge(NpgsqlDataReader row)
    {
        var merged = new RollupBucket();
        foreach (var sketch in Blobs(row, 3))
            merged.MergeBlobs(Sketch.FromBytes(sketch), null, null);
        foreach (var phases in Blobs(row, 4))
            merged.MergeBlobs(null, PhaseSums.FromBytes(phases), null);
        foreach (var bad in Blobs(row, 5))
            merged.MergeBlobs(null, null, Sketch.FromBytes(bad));
        return merged;
    }

    private static IEnumerable<byte[]> Blobs(NpgsqlDataReader row, int column) =>
        row.GetFieldValue<byte[]?[]>(column).OfType<byte[]>();

    private static async Task WriteAsync(
        ProjectionTarget target,
        List<(RollupKey Key, RollupBucket Blobs)> rows,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            update {target.Schema}.rollups r set sketch = m.sketch, phases = m.phases, bad_sketch = m.bad_sketch
            from unnest($1, $2::integer[], $3, $4, $5, $6) as m (check_id, level, bucket, sketch, phases, bad_sketch)
            where r.check_id = m.check_id and r.level_minutes = m.level and r.bucket = m.bucket
            """;
        var commands = new Commands(target);
        commands.Add(
            sql,
            Of.Ids(rows.Select(r => r.Key.CheckId)),
            Of.Numbers(rows.Select(r => (long)r.Key.LevelMinutes)),
            Of.Times(rows.Select(r => r.Key.At)),
            Of.MaybeBytes(rows.Select(r => r.Blobs.Sketch?.ToBytes())),
            Of.MaybeBytes(rows.Select(r => r.Blobs.Phases?.ToBytes())),
            Of.MaybeBytes(rows.Select(r => r.Blobs.BadSketch?.ToBytes()))
        );
        await commands.ExecuteAsync(cancellationToken);
    }
}
