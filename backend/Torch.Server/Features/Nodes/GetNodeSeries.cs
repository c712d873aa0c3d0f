using Npgsql;
using Torch.Contracts;
using Torch.Domain.Slo;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Nodes;

internal static class GetNodeSeries
{
    /// <summary>How long a node was in each status, in buckets, for a chart.</summary>
    /// <remarks>Of effective history: what late observations changed is in. The last status is taken to hold until <paramref name="to"/>, though not beyond now.</remarks>
    /// <param name="from">RFC 3339; a day before <paramref name="to"/> where absent.</param>
    /// <param name="to">RFC 3339; now where absent.</param>
    /// <param name="buckets">1 to 1,000; 96 where absent.</param>
    public static async Task<NodeSeries> Handle(
        Guid id,
        string? from,
        string? to,
        int? buckets,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        sight.Require(id);
        var range = TimeRange.Of(from, to, TimeSpan.FromDays(1), time);
        var count = BucketGrid.Asked(buckets);
        await NodeReading.OneAsync(db, id, cancellationToken);
        var position = reads.Position;
        var grid = new BucketGrid(range.From, range.To, count);
        var now = time.GetUtcNow();
        var edges = Enumerable.Range(0, count + 1).Select(i => Edge(grid.Start(i), now)).ToList();
        var totals = await NodeTotals.ReadAsync(db, [id], edges, cancellationToken);
        return new NodeSeries(
            range.From,
            range.To,
            grid.Width,
            [.. Enumerable.Range(0, count).Select(i => Bucket(id, grid.Start(i), new(edges[i], edges[i + 1]), totals))],
            position
        );
    }

    private static DateTimeOffset Edge(DateTimeOffset at, DateTimeOffset now) => Spans.Whole(at < now ? at : now);

    private static NodeSeriesBucket Bucket(Guid id, DateTimeOffset at, Span span, NodeTotals totals)
    {
        var sums = totals.Between(id, span).Where(s => s.Value > 0);
        return new(
            at,
            new SortedDictionary<string, long>(sums.ToDictionary(s => s.Key, s => s.Value), StringComparer.Ordinal)
        );
    }
}
