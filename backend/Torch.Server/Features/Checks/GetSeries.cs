using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Evaluating;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Checks;

internal static class GetSeries
{
    /// <summary>A check's history in buckets, for a chart.</summary>
    /// <remarks>
    /// The numbers come from rollups of a minute, a quarter of an hour or a day, whichever fit the width of a bucket; charts of a few hours
    /// with narrower buckets from the observations. There are fewer buckets than asked for where they would be narrower than the rollups
    /// that are left. Percentiles from rollups have a relative error of at most 1/128. A bucket with count 0 holds no data, which is not a
    /// fault; <c>gap</c> says where Torch knows why.
    /// A metric's numbers come from the observations that are kept, at most the newest 50,000: where they do not reach back to
    /// <paramref name="from"/>, the answer begins later. Observations without it do not count, and one that nobody reported is no data.
    /// </remarks>
    /// <param name="from">RFC 3339; a day before <paramref name="to"/> where absent.</param>
    /// <param name="to">RFC 3339; now where absent.</param>
    /// <param name="buckets">1 to 1,000; 96 where absent.</param>
    /// <param name="metric">A report's metric, or what a probe measures such as <c>icmp.loss</c>, by its name of 1 to 200 characters. Where absent, the response time of a probe and the value of a report.</param>
    public static async Task<Series> Handle(
        Guid id,
        string? from,
        string? to,
        int? buckets,
        string? metric,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        IEvaluation evaluation,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await CheckReading.RequireAsync(db, id, sight, cancellationToken);
        var range = TimeRange.Of(from, to, TimeSpan.FromDays(1), time);
        var count = BucketGrid.Asked(buckets);
        Require(metric);
        await CheckReading.KindAsync(db, id, cancellationToken);
        var position = reads.Position;
        var (plan, filled) = metric is null
            ? await UsualAsync(db, id, range, count, cancellationToken)
            : await MetricSeriesReading.ReadAsync(
                db,
                id,
                metric,
                range,
                count,
                evaluation.LateWindow,
                cancellationToken
            );
        var gaps = await GapReading.ReadAsync(db, id, new(plan.Grid.From, range.To), cancellationToken);
        return new Series(
            plan.Grid.From,
            plan.Grid.To,
            plan.Grid.Width,
            Fill(plan.Grid, filled, gaps),
            position,
            plan.LevelMinutes is { } level ? TimeSpan.FromMinutes(level) : null,
            gaps
        );
    }

    private static void Require(string? metric)
    {
        if (metric is not null && (metric.Length is < 1 or > BodyLimits.NameCharacters || metric.Contains('\0')))
            throw new FaultException(
                Fault.Invalid("metric", $"must have 1 to {BodyLimits.NameCharacters} characters, none of them U+0000")
            );
    }

    private static async Task<(SeriesPlan Plan, Dictionary<int, SeriesBucket> Filled)> UsualAsync(
        NpgsqlDataSource db,
        Guid id,
        TimeRange range,
        int count,
        CancellationToken ct
    )
    {
        var plan = await SeriesPlan.MakeAsync(db, id, range, count, ct);
        return (plan, await SeriesReading.ReadAsync(db, id, plan, ct));
    }

    /// <summary>Every bucket in order, empty ones included.</summary>
    private static IReadOnlyList<SeriesBucket> Fill(
        BucketGrid grid,
        IReadOnlyDictionary<int, SeriesBucket> filled,
        IReadOnlyList<GapView> gaps
    ) => [.. Enumerable.Range(0, grid.Count).Select(i => filled.GetValueOrDefault(i) ?? Empty(grid, i, gaps))];

    private static SeriesBucket Empty(BucketGrid grid, int index, IReadOnlyList<GapView> gaps)
    {
        var (from, to) = (grid.Start(index), grid.Start(index + 1));
        var within = gaps.Where(g => g.From < to && g.To > from).ToList();
        var gap = within.Find(g => g.Location is null) ?? within.FirstOrDefault();
        return new(from, 0, 0, null, null, null, null, null, null, null, gap?.Reason);
    }
}
