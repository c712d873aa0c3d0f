using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features.Checks;

/// <summary>The chart of a report's metric, or of what a probe measured, from the observations: rollups hold neither.</summary>
internal static class MetricSeriesReading
{
    // What a month of a report every minute comes to.
    private const int Most = 50_000;

    // A late observation counts at its own time, as late as the window allows. The oldest is told where there are more than are read;
    // of those that came after the span, no more are read either.
    private const string Bounds = """
        with v as materialized (
            select torch_log.telemetry_version_since($1, $2 - interval '5 minutes') as first,
                torch_log.telemetry_version_since($1, $3) as after,
                torch_log.telemetry_version_since($1, $3 + $4) as last
        )
        select greatest(v.first, v.after - $5), least(v.last, v.after + $5),
            (select coalesce((e.data->>'at')::timestamptz, e.timestamp) from telemetry.mt_events e
            where v.after - $5 > v.first and e.stream_id = $1 and e.version = v.after - $5)
        from v
        """;

    // As RawSeriesReading, but each is taken apart only once. Percentiles are values that were seen: between the largest numbers there
    // are no doubles to be had.
    private const string Rows = """
        with seen as materialized (
            select coalesce((e.data->>'at')::timestamptz, e.timestamp) as at,
                coalesce(e.data->>'outcome', e.data->>'status', 'up') as outcome,
                (coalesce(e.data->'metrics', e.data->'measures')->>$7)::float8 as value
            from telemetry.mt_events e
            where e.stream_id = $1 and e.type in ('report_received', 'probe_completed') and e.version >= $5 and e.version < $6
        )
        select floor(extract(epoch from at - $2) / $4)::int as bucket,
            count(*), count(*) filter (where outcome in ('up', 'degraded')), min(value), avg(value::numeric)::float8, max(value),
            percentile_disc(array[0.5, 0.95, 0.99]) within group (order by value)
        from seen
        where value is not null and at >= $2 and at < $3 and outcome not in ('inconclusive', 'unknown')
        group by bucket
        """;

    /// <summary>The buckets that hold something, by their index, on a grid that begins where what is read does.</summary>
    /// <param name="late">How late an observation may come and still count.</param>
    public static async Task<(SeriesPlan Plan, Dictionary<int, SeriesBucket> Filled)> ReadAsync(
        NpgsqlDataSource db,
        Guid checkId,
        string metric,
        TimeRange range,
        int count,
        TimeSpan late,
        CancellationToken ct,
        int most = Most
    )
    {
        object[] span = [checkId, range.From, range.To, late, most];
        var (first, last, oldest) = (await db.QueryAsync(Bounds, span, Versions, ct))[0];
        var grid = new BucketGrid(Start(range, oldest, await RetainedObservations.FromAsync(db, ct)), range.To, count);
        object[] arguments = [checkId, grid.From, grid.To, grid.WidthSeconds, first, last, metric];
        var rows = await db.QueryAsync(Rows, arguments, r => RawSeriesReading.Row(r, grid), ct);
        return (
            new SeriesPlan(null, grid),
            rows.Where(r => r.Bucket < count).ToDictionary(r => r.Bucket, r => r.Value)
        );
    }

    // Of a span that lies before all that is kept, every bucket is empty.
    private static DateTimeOffset Start(TimeRange range, params DateTimeOffset?[] limits)
    {
        var start = limits.Append(range.From).Max()!.Value;
        return start < range.To ? start : range.From;
    }

    private static (long First, long Last, DateTimeOffset? Oldest) Versions(NpgsqlDataReader row) =>
        (row.GetInt64(0), row.GetInt64(1), row.Maybe<DateTimeOffset?>(2));
}
