using System.Runtime.InteropServices;
using Npgsql;
using Torch.Domain.Rollups;
using Torch.EventStore;
using Torch.Server.Features;

namespace Torch.Server.Projecting;

/// <summary>One row of <c>rollups</c>. Ordered, so that two servers never wait for each other's rows.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RollupKey(Guid CheckId, int LevelMinutes, DateTimeOffset At) : IComparable<RollupKey>
{
    public int CompareTo(RollupKey other) =>
        (CheckId, LevelMinutes, At).CompareTo((other.CheckId, other.LevelMinutes, other.At));
}

/// <summary>What of rollup rows SQL cannot add up: it is read, merged here and written back, under the projection's checkpoint.</summary>
internal static class RollupBlobs
{
    /// <summary>Merges into each bucket what its row holds already.</summary>
    public static async Task TakeInAsync(
        ProjectionTarget target,
        Dictionary<RollupKey, RollupBucket> buckets,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select r.check_id, r.level_minutes, r.bucket, r.sketch, r.phases, r.bad_sketch
            from unnest($1, $2::integer[], $3) as k (check_id, level, bucket)
            join {target.Schema}.rollups r on r.check_id = k.check_id and r.level_minutes = k.level and r.bucket = k.bucket
            where r.sketch is not null
            """;
        await using var command = new NpgsqlCommand(sql, target.Connection, target.Transaction);
        command.Parameters.Add(Of.Ids(buckets.Keys.Select(k => k.CheckId)));
        command.Parameters.Add(Of.Numbers(buckets.Keys.Select(k => (long)k.LevelMinutes)));
        command.Parameters.Add(Of.Times(buckets.Keys.Select(k => k.At)));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            buckets[Key(rows)].MergeBlobs(SketchOf(rows, 3), PhasesOf(rows, 4), SketchOf(rows, 5));
    }

    public static RollupKey Key(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetInt32(1), row.GetFieldValue<DateTimeOffset>(2));

    public static Sketch? SketchOf(NpgsqlDataReader row, int column) =>
        row.Maybe<byte[]>(column) is { } bytes ? Sketch.FromBytes(bytes) : null;

    public static PhaseSums? PhasesOf(NpgsqlDataReader row, int column) =>
        row.Maybe<byte[]>(column) is { } bytes ? PhaseSums.FromBytes(bytes) : null;
}
