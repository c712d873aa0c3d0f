using Npgsql;

namespace Torch.Server.Features.Overview;

/// <summary>How fast the targets of probes answered.</summary>
internal static class ResponseReading
{
    private const string Means = """
        select r.check_id, floor(extract(epoch from r.bucket - $1) / $3)::int,
            sum(r.sum_us) / 1000.0::float8 / nullif(sum(r.count), 0)
        from torch.rollups r join torch.checks c on c.id = r.check_id
        where r.level_minutes = 15 and r.bucket >= $1 - interval '15 minutes' and r.bucket < $2
            and c.kind not in ('report', 'heartbeat') and r.sum_us is not null
        group by 1, 2
        """;

    private const string Tails = """
        select c.id, percentile_cont(0.95) within group (order by seen.total)
        from torch.checks c
        cross join lateral (select torch_log.telemetry_version_since(c.id, $1) as version offset 0) since
        cross join lateral (
            select (e.data->'latency'->>'total')::float8 as total from telemetry.mt_events e
            where e.stream_id = c.id and e.version >= since.version
            order by e.version desc limit 720) seen
        where c.kind not in ('report', 'heartbeat')
        group by c.id
        """;

    /// <summary>Mean per bucket in ms, from rollups of 15 minutes.</summary>
    public static async Task<Dictionary<Guid, double?[]>> ReadAsync(
        NpgsqlDataSource db,
        BucketGrid grid,
        CancellationToken ct
    )
    {
        var rows = await db.QueryAsync(
            Means,
            [grid.From, grid.To, grid.WidthSeconds],
            r => (Check: r.GetGuid(0), Bucket: r.GetInt32(1), Mean: r.Maybe<double?>(2)),
            ct
        );
        return rows.GroupBy(r => r.Check)
            .ToDictionary(g => g.Key, g => Fill(g.Select(r => (r.Bucket, r.Mean)), grid.Count));
    }

    /// <summary>The 95th percentile of the last hour (at most 720 probes), in ms.</summary>
    public static async Task<Dictionary<Guid, double?>> TailsAsync(
        NpgsqlDataSource db,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var rows = await db.QueryAsync(
            Tails,
            [now - TimeSpan.FromHours(1)],
            r => (Check: r.GetGuid(0), P95: r.Maybe<double?>(1)),
            ct
        );
        return rows.ToDictionary(r => r.Check, r => r.P95);
    }

    private static double?[] Fill(IEnumerable<(int Bucket, double? Mean)> rows, int count)
    {
        var filled = new double?[count];
        foreach (var (bucket, mean) in rows)
            filled[Math.Clamp(bucket, 0, count - 1)] = mean;
        return filled;
    }
}
