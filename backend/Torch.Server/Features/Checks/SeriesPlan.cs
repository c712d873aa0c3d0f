using Npgsql;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Checks;

/// <summary>Where a chart's numbers come from, and its buckets.</summary>
/// <param name="LevelMinutes">Of the rollups; null for the observations themselves.</param>
internal sealed record SeriesPlan(int? LevelMinutes, BucketGrid Grid)
{
    private static readonly TimeSpan LongestRaw = TimeSpan.FromHours(6);

    // So many are read in a few hundredths of a second: forty minutes of a check every second, all six hours of most.
    private const int MostRaw = 2_500;

    private const string Count = """
        select coalesce(sum(count), 0)::bigint from torch.rollups
        where check_id = $1 and level_minutes = 1 and bucket >= $2 and bucket < $3
        """;

    private const string First = """
        select l.level, (select r.bucket from torch.rollups r where r.check_id = $1 and r.level_minutes = l.level order by r.bucket limit 1)
        from unnest($2) as l (level)
        """;

    /// <summary>
    /// The coarsest level of which at least two fit into a bucket, or that the buckets are aligned with; the observations where even
    /// minutes are too coarse, the span is short, they are few and nothing of it has gone.
    /// </summary>
    public static async Task<SeriesPlan> MakeAsync(
        NpgsqlDataSource db,
        Guid checkId,
        TimeRange range,
        int count,
        CancellationToken cancellationToken
    )
    {
        var grid = new BucketGrid(range.From, range.To, count);
        var level = RollupLevels.All.LastOrDefault(l => Fits(grid, l));
        if (level == 0 && await AreToBeReadAsync(db, checkId, range, cancellationToken))
            return new SeriesPlan(null, grid);
        level = await ReachingBackAsync(
            db,
            checkId,
            range.From,
            Math.Max(level, RollupLevels.Minute),
            cancellationToken
        );
        return new SeriesPlan(level, grid with { Count = Math.Min(count, Most(range, level)) });
    }

    private static bool Fits(BucketGrid grid, int level)
    {
        var width = TimeSpan.FromMinutes(level);
        return grid.Width >= width * 2
            || (grid.Width.Ticks % width.Ticks == 0 && RollupLevels.Floor(grid.From, level) == grid.From);
    }

    private static int Most(TimeRange range, int level) =>
        Math.Max(1, (int)Math.Floor(range.Length / TimeSpan.FromMinutes(level)));

    private static async Task<bool> AreToBeReadAsync(
        NpgsqlDataSource db,
        Guid checkId,
        TimeRange range,
        CancellationToken ct
    ) =>
        range.Length <= LongestRaw
        && await IsRetainedAsync(db, range.From, ct)
        && (await db.QueryAsync(Count, [checkId, range.From, range.To], r => r.GetInt64(0), ct))[0] <= MostRaw;

    private static async Task<bool> IsRetainedAsync(NpgsqlDataSource db, DateTimeOffset from, CancellationToken ct) =>
        !(from < await RetainedObservations.FromAsync(db, ct));

    // Quarters of an hour go back further where they were made before there were other levels.
    private static async Task<int> ReachingBackAsync(
        NpgsqlDataSource db,
        Guid checkId,
        DateTimeOffset from,
        int level,
        CancellationToken cancellationToken
    )
    {
        if (level == RollupLevels.Quarter)
            return level;
        var firsts = (
            await db.QueryAsync(
                First,
                [checkId, new[] { level, RollupLevels.Quarter }],
                r => (Level: r.GetInt32(0), At: r.Maybe<DateTimeOffset?>(1)),
                cancellationToken
            )
        ).ToDictionary(r => r.Level, r => r.At);
        var isLater =
            firsts[RollupLevels.Quarter]?.AddMinutes(RollupLevels.Quarter)
            <= (firsts[level] ?? DateTimeOffset.MaxValue);
        return isLater && !(from >= firsts[level]) ? RollupLevels.Quarter : level;
    }
}
