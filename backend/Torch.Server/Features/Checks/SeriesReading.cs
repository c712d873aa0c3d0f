using Npgsql;
using Torch.Contracts;
using Torch.Domain.Rollups;

namespace Torch.Server.Features.Checks;

/// <summary>A chart's numbers.</summary>
internal static class SeriesReading
{
    private const string Rows = """
        select r.bucket, r.count, r.good, r.sum_us, r.min_us, r.max_us, r.values_count, (r.sum_value / nullif(r.values_count, 0))::float8,
            r.min_value, r.max_value, r.sketch, r.phases
        from torch.rollups r
        where r.check_id = $1 and r.level_minutes = $2 and r.bucket >= $3 and r.bucket < $4
        order by r.bucket
        """;

    /// <summary>The buckets that hold something, by their index.</summary>
    public static Task<Dictionary<int, SeriesBucket>> ReadAsync(
        NpgsqlDataSource db,
        Guid checkId,
        SeriesPlan plan,
        CancellationToken cancellationToken
    ) =>
        plan.LevelMinutes is { } level
            ? RolledAsync(db, checkId, level, plan.Grid, cancellationToken)
            : RawSeriesReading.ReadAsync(db, checkId, plan.Grid, cancellationToken);

    private static async Task<Dictionary<int, SeriesBucket>> RolledAsync(
        NpgsqlDataSource db,
        Guid checkId,
        int level,
        BucketGrid grid,
        CancellationToken cancellationToken
    )
    {
        var sums = new SortedDictionary<int, SeriesSum>();
        object[] arguments = [checkId, level, grid.From, grid.To];
        await db.QueryAsync(Rows, arguments, r => SumOf(sums, grid, r).Add(r), cancellationToken);
        return sums.ToDictionary(s => s.Key, s => s.Value.Bucket(grid.Start(s.Key)));
    }

    private static SeriesSum SumOf(SortedDictionary<int, SeriesSum> sums, BucketGrid grid, NpgsqlDataReader row)
    {
        var index = grid.IndexOf(row.GetFieldValue<DateTimeOffset>(0));
        if (!sums.TryGetValue(index, out var sum))
            sums[index] = sum = new SeriesSum();
        return sum;
    }
}

/// <summary>Rows of rollups that fall into one bucket of a chart.</summary>
internal sealed class SeriesSum
{
    private readonly SketchSum _sketches = new();
    private readonly PhaseSums _phases = new();
    private bool _hasPercentiles = true;
    private long _count;
    private long _good;
    private long? _sumUs;
    private double? _minUs;
    private double? _maxUs;
    private long _values;
    private double _mean;
    private double? _min;
    private double? _max;

    /// <summary>Takes a row with the columns of the query above. Answers how many it counts.</summary>
    public long Add(NpgsqlDataReader row)
    {
        (_count, _good) = (_count + row.GetInt64(1), _good + row.GetInt64(2));
        AddTimes(row);
        AddValues(row);
        if (row.Maybe<byte[]>(10) is { } sketch)
            _sketches.Add(sketch);
        else
            // A row from before there were sketches: percentiles of the rest would not speak for it.
            _hasPercentiles &= row.IsDBNull(3) && row.GetInt64(6) == 0;
        if (row.Maybe<byte[]>(11) is { } phases)
            _phases.Merge(phases);
        return row.GetInt64(1);
    }

    public SeriesBucket Bucket(DateTimeOffset at) =>
        _sumUs is { } sum
            ? Of(at, 0.001, _minUs, sum / (double)_count, _maxUs, _phases.Means(sum / 1000.0 / _count))
            : Of(at, 1, _min, _values == 0 ? null : _mean, _max, null);

    private SeriesBucket Of(
        DateTimeOffset at,
        double unit,
        double? min,
        double? mean,
        double? max,
        Domain.Checks.Latency? phases
    )
    {
        var sketch = _sketches.ToSketch();
        return new(
            at,
            _count,
            _good,
            min * unit,
            mean * unit,
            max * unit,
            Quantile(sketch, 0.5, min, max) * unit,
            Quantile(sketch, 0.95, min, max) * unit,
            Quantile(sketch, 0.99, min, max) * unit,
            phases is null ? null : Observations.Of(phases)
        );
    }

    // No percentile is outside of what was seen, though a bucket of the sketch may reach there.
    private double? Quantile(Sketch sketch, double quantile, double? min, double? max) =>
        _hasPercentiles && sketch.Quantile(quantile) is { } value ? Math.Clamp(value, min!.Value, max!.Value) : null;

    private void AddTimes(NpgsqlDataReader row)
    {
        if (row.IsDBNull(3))
            return;
        _sumUs = (_sumUs ?? 0) + row.GetInt64(3);
        (_minUs, _maxUs) = (Math.Min(_minUs ?? long.MaxValue, row.GetInt64(4)), Math.Max(_maxUs ?? 0, row.GetInt64(5)));
    }

    // A running mean, because sums of the largest numbers are no doubles any more.
    private void AddValues(NpgsqlDataReader row)
    {
        if (row.GetInt64(6) is not (> 0 and var values))
            return;
        _values += values;
        _mean += (row.GetDouble(7) - _mean) * values / _values;
        (_min, _max) = (
            Math.Min(_min ?? double.MaxValue, row.GetDouble(8)),
            Math.Max(_max ?? double.MinValue, row.GetDouble(9))
        );
    }
}
