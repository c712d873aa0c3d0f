using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Checks;

internal static class GetSeries
{
    private const int DefaultBuckets = 96;
    private const int MostBuckets = 1_000;

    /// <summary>A check's history in buckets, for a chart.</summary>
    /// <remarks>
    /// Up to two days come from the observations, with percentiles; longer spans, and those from which observations have gone, come from
    /// rollups of 15 minutes, without, and with fewer buckets where they would be narrower than that. A bucket with count 0 holds no data.
    /// </remarks>
    /// <param name="from">RFC 3339; a day before <paramref name="to"/> where absent.</param>
    /// <param name="to">RFC 3339; now where absent.</param>
    /// <param name="buckets">1 to 1,000; 96 where absent.</param>
    public static async Task<Series> Handle(
        Guid id,
        string? from,
        string? to,
        int? buckets,
        NpgsqlDataSource db,
        IReadPosition reads,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var range = TimeRange.Of(from, to, TimeSpan.FromDays(1), time);
        var count = Buckets(buckets);
        await CheckReading.KindAsync(db, id, cancellationToken);
        var isRolledUp =
            SeriesReading.IsRolledUp(range.Length)
            || range.From < await RetainedObservations.FromAsync(db, cancellationToken);
        var grid = new BucketGrid(range.From, range.To, isRolledUp ? Fitting(range, count) : count);
        var position = reads.Position;
        var filled = await SeriesReading.ReadAsync(db, id, grid, isRolledUp, cancellationToken);
        return new Series(range.From, range.To, grid.Width, Fill(grid, filled), position);
    }

    private static int Fitting(TimeRange range, int count) =>
        Math.Clamp((int)Math.Floor(range.Length / SeriesReading.RollupWidth), 1, count);

    private static int Buckets(int? asked) =>
        asked switch
        {
            null => DefaultBuckets,
            < 1 or > MostBuckets => throw new FaultException(
                Fault.Invalid("buckets", $"must be from 1 to {MostBuckets}")
            ),
            { } n => n,
        };

    /// <summary>Every bucket in order, empty ones included.</summary>
    private static IReadOnlyList<SeriesBucket> Fill(BucketGrid grid, IReadOnlyDictionary<int, SeriesBucket> filled) =>
        [.. Enumerable.Range(0, grid.Count).Select(i => filled.GetValueOrDefault(i) ?? Empty(grid.Start(i)))];

    private static SeriesBucket Empty(DateTimeOffset at) => new(at, 0, 0, null, null, null, null, null, null, null);
}
