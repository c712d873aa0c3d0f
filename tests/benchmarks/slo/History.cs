using Npgsql;
using Torch.Domain.Rollups;
using Torch.EventStore;
using Torch.Server.Projecting;

namespace Torch.Benchmarks.Slo;

/// <summary>
/// A root, ten regions and 9,990 leaves with an outage now and then, and one check with an observation a minute, a second in the last six
/// hours: written into the read tables as the projections would have written them. Seeded: the same leaves, outages and numbers each time but for the ids.
/// </summary>
/// <param name="end">Where the history ends.</param>
/// <param name="every">Days between two outages of a leaf.</param>
internal sealed class History(NpgsqlDataSource db, DateTimeOffset end, double every)
{
    private const int Regions = 10;
    private const int Leaves = 999;
    private static readonly int[] Levels = [1, 15, 1440];

    /// <summary>Below the root.</summary>
    public const int Nodes = 1 + Regions + Regions * Leaves;

    public Guid Root { get; } = Guid.CreateVersion7();

    /// <summary>One with a thousand nodes, itself among them.</summary>
    public Guid Region { get; } = Guid.CreateVersion7();

    public Guid Check { get; } = Guid.CreateVersion7();

    /// <summary>Stands for the position of what happened at a moment: they grow with time.</summary>
    public static long PositionOf(DateTimeOffset at) => at.ToUnixTimeSeconds();

    public Task PlantAsync() =>
        ExecuteAsync(
            """
            with regions as (
                select case r when 1 then $2::uuid else gen_random_uuid() end as id, $1::uuid as parent, 'region ' || r as name
                from generate_series(1, $3) r
            ), leaves as (
                select gen_random_uuid() as id, g.id as parent, 'leaf ' || g.name || '/' || n as name from regions g, generate_series(1, $4) n
            ), planted as (
                select $1::uuid as id, null::uuid as parent, 'root' as name union all select * from regions union all select * from leaves
            ), nodes as (
                insert into torch.nodes (id, name, rules, version, created_at) select id, name, '{}', 1, $5 from planted
            ), edges as (
                insert into torch.edges (parent_id, child_id, ordinal) select parent, id, 1 from planted where parent is not null
            ), past as (
                insert into torch.past_nodes (node_id, from_position, name, tags, created_at) select id, 1, name, '{}', $5 from planted
            )
            insert into torch.past_edges (parent_id, child_id, from_position, weight, required, contribution, ordinal)
            select parent, id, 1, 1, false, 'as-is', 1 from planted where parent is not null
            """,
            Root,
            Region,
            Regions,
            Leaves,
            end.AddDays(-400)
        );

    /// <summary>The days before the end, counted backwards. Answers how many transitions there are by then.</summary>
    public async Task<long> GrowAsync(int from, int to)
    {
        await TransitionsAsync(from, to);
        await SumUpAsync();
        foreach (var level in Levels)
            await RollupsAsync(level, from, to);
        await ExecuteAsync("vacuum analyze");
        await using var count = db.CreateCommand("select count(*) from torch.transitions");
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private Task TransitionsAsync(int from, int to) =>
        ExecuteAsync(
            """
            insert into torch.transitions (node_id, position, ordinal, at, from_status, to_status, why, recorded_at)
            select id, extract(epoch from at)::bigint, s, at, case s when 0 then 'up' else 'down' end, case s when 0 then 'down' else 'up' end,
                jsonb_build_object('sentence', 'generated', 'position', extract(epoch from at)::bigint), at
            from (
                select e.child_id as id, s, date_trunc('milliseconds', $1 - make_interval(secs => ($3 - n * $4 - mod(h, 1000) / 1000.0 * $4 / 2) * 86400
                    - s * (60 + mod(h, 1800)))) as at
                from torch.past_edges e cross join generate_series(0, ((($3 - $2) / $4)::int) - 1) n
                    cross join lateral (select ('x' || substr(md5(e.child_id::text || n || $3), 1, 6))::bit(24)::int as h) h
                    cross join generate_series(0, 1) s
                where e.parent_id <> $5) t
            """,
            end,
            (double)from,
            (double)to,
            every,
            Root
        );

    // By the projection's own fold, from the first change on.
    private async Task SumUpAsync()
    {
        await ExecuteAsync("truncate torch.node_days");
        var nodes = new List<Guid>();
        await using (var command = db.CreateCommand("select distinct node_id from torch.transitions order by 1"))
        await using (var rows = await command.ExecuteReaderAsync())
            while (await rows.ReadAsync())
                nodes.Add(rows.GetGuid(0));
        foreach (var some in nodes.Chunk(500))
        {
            var changes = new NodeChanges();
            foreach (var node in some)
                changes.Revise(node, end.AddDays(-400));
            await using var connection = await db.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var target = new ProjectionTarget(connection, transaction, ProjectionTarget.Live);
            await NodeDays.FoldAsync(target, changes, CancellationToken.None);
            await transaction.CommitAsync();
        }
    }

    private Task RollupsAsync(int minutes, int from, int to) =>
        ExecuteAsync(
            """
            insert into torch.rollups (check_id, level_minutes, bucket, count, good, sum_us, min_us, max_us, sketch, phases)
            select $1, $2, at, n, n, n * 20000, 15000, 30000, $6, $7
            from generate_series($3 - make_interval(days => $5), $3 - make_interval(days => $4) - interval '1 minute', make_interval(mins => $2)) at
                cross join lateral (select case when $2 = 1 and at >= $3 - interval '6 hours' then 60 else $2 end as n) c
            """,
            Check,
            minutes,
            end,
            from,
            to,
            Sketched(minutes),
            new PhaseSums().ToBytes()
        );

    private static byte[] Sketched(int count)
    {
        var sketch = new Sketch();
        for (var i = 0; i < count; i++)
            sketch.Add(15_000 + i * 7_919 % 15_000);
        return sketch.ToBytes();
    }

    private async Task ExecuteAsync(string sql, params object[] arguments)
    {
        await using var command = db.CreateCommand(sql);
        command.CommandTimeout = 0;
        foreach (var argument in arguments)
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        await command.ExecuteNonQueryAsync();
    }
}
