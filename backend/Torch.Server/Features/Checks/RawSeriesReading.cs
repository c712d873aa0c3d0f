using Npgsql;
using Torch.Contracts;

namespace Torch.Server.Features.Checks;

/// <summary>A short chart's numbers, from the observations, summed up by PostgreSQL.</summary>
internal static class RawSeriesReading
{
    // By the time at which it was so; what Torch itself failed to judge says nothing about the target. The mean is exact: PostgreSQL
    // refuses to average doubles whose squares are none any more.
    private const string Raw = """
        with seen as (
            select floor(extract(epoch from coalesce((e.data->>'at')::timestamptz, e.timestamp) - $2) / $4)::int as bucket,
                coalesce(e.data->>'outcome', e.data->>'status', 'up') in ('up', 'degraded') as good,
                case e.type when 'probe_completed' then (e.data->'latency'->>'total')::float8
                    else (e.data->>'value')::float8 end as value,
                e.data->'latency' as latency
            from telemetry.mt_events e
            where e.stream_id = $1 and e.type in ('report_received', 'probe_completed')
                and e.version >= (select torch_log.telemetry_version_since($1, $2 - interval '5 minutes'))
                and coalesce(e.data->>'outcome', e.data->>'status', 'up') not in ('inconclusive', 'unknown')
                and coalesce((e.data->>'at')::timestamptz, e.timestamp) >= $2
                and coalesce((e.data->>'at')::timestamptz, e.timestamp) < $3
        )
        select bucket, count(*), count(*) filter (where good), min(value), avg(value::numeric)::float8, max(value),
            percentile_cont(array[0.5, 0.95, 0.99]) within group (order by value),
            avg((latency->>'resolve')::float8), avg((latency->>'connect')::float8), avg((latency->>'tls')::float8),
            avg((latency->>'firstByte')::float8), avg((latency->>'transfer')::float8), avg((latency->>'total')::float8)
        from seen
        group by bucket
        """;

    public static async Task<Dictionary<int, SeriesBucket>> ReadAsync(
        NpgsqlDataSource db,
        Guid checkId,
        BucketGrid grid,
        CancellationToken cancellationToken
    )
    {
        object[] arguments = [checkId, grid.From, grid.To, grid.WidthSeconds];
        var rows = await db.QueryAsync(Raw, arguments, r => Row(r, grid), cancellationToken);
        return rows.Where(r => r.Bucket < grid.Count).ToDictionary(r => r.Bucket, r => r.Value);
    }

    /// <summary>A bucket's index, counts, least, mean, largest and percentiles; behind them the phases, where they were asked for.</summary>
    public static (int Bucket, SeriesBucket Value) Row(NpgsqlDataReader row, BucketGrid grid)
    {
        var percentiles = row.Maybe<double?[]>(6) ?? [null, null, null];
        var bucket = row.GetInt32(0);
        return (
            bucket,
            new SeriesBucket(
                grid.Start(bucket),
                row.GetInt64(1),
                row.GetInt64(2),
                row.Maybe<double?>(3),
                row.Maybe<double?>(4),
                row.Maybe<double?>(5),
                percentiles[0],
                percentiles[1],
                percentiles[2],
                row.FieldCount > 7 ? Phases(row, 7) : null
            )
        );
    }

    private static Latency? Phases(NpgsqlDataReader row, int column) =>
        row.Maybe<double?>(column + 5) is { } total
            ? new Latency(
                row.Maybe<double?>(column),
                row.Maybe<double?>(column + 1),
                row.Maybe<double?>(column + 2),
                row.Maybe<double?>(column + 3),
                row.Maybe<double?>(column + 4),
                total
            )
            : null;
}
