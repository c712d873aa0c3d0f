using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;
using Torch.Server.Measuring;
using Torch.Server.Projecting;

namespace Torch.Server.Features.SystemFacts;

internal static class GetSystemMetrics
{
    private const string Query = """
        select bucket, server, figures::text from torch.server_figures
        where level_minutes = $1 and bucket >= $2 and bucket < $3 order by bucket, server
        """;

    /// <summary>Torch's own figures over time, in buckets for charts.</summary>
    /// <remarks>
    /// Each server writes them into the log once a minute (<c>--own-metrics</c>). They are kept by the minute for two weeks, by the quarter
    /// of an hour for 400 days, and by the day for ever; there are fewer buckets than asked for where they would be narrower than what
    /// is kept. Null where nothing was measured.
    /// </remarks>
    /// <param name="from">RFC 3339; a day before <paramref name="to"/> where absent.</param>
    /// <param name="to">RFC 3339; now where absent.</param>
    /// <param name="buckets">1 to 1,000; 96 where absent.</param>
    /// <param name="server">Of one server only.</param>
    public static async Task<SystemMetrics> Handle(
        string? from,
        string? to,
        int? buckets,
        string? server,
        NpgsqlDataSource db,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var range = TimeRange.Of(from, to, TimeSpan.FromDays(1), time);
        var (grid, level) = Plan(range, BucketGrid.Asked(buckets), time.GetUtcNow());
        var table = new FigureTable(grid.Count);
        await db.EachAsync(
            Query,
            [level, RollupLevels.Floor(grid.From, level), grid.To],
            row => Take(table, grid, row, server),
            cancellationToken
        );
        return new(
            range.From,
            range.To,
            grid.Width,
            table.Servers,
            [.. Enumerable.Range(0, grid.Count).Select(grid.Start)],
            [.. Figure.All.Select(table.Of)]
        );
    }

    // The coarsest level that fits into a bucket; a coarser one where the finer rows are gone.
    private static (BucketGrid Grid, int Level) Plan(TimeRange range, int count, DateTimeOffset now)
    {
        var width = range.Length / count;
        var level = RollupLevels.All.LastOrDefault(l => TimeSpan.FromMinutes(l) <= width, RollupLevels.Minute);
        if (FigureSums.KeptFor(level) is { } kept && range.From < now - kept)
            level = RollupLevels.All.First(l => !(range.From < now - FigureSums.KeptFor(l)));
        var most = Math.Max(1, (int)Math.Floor(range.Length / TimeSpan.FromMinutes(level)));
        return (new(range.From, range.To, Math.Min(count, most)), level);
    }

    private static void Take(FigureTable table, BucketGrid grid, NpgsqlDataReader row, string? wanted)
    {
        var server = row.GetString(1);
        if (wanted is null || wanted == server)
            table.Add(grid.IndexOf(row.GetFieldValue<DateTimeOffset>(0)), server, FigureSums.Parse(row.GetString(2)));
    }
}
