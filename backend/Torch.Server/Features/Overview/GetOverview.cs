using Npgsql;
using Torch.Contracts;
using Torch.Server.Evaluating;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Overview;

internal static class GetOverview
{
    private const int MostHours = 24 * 90;
    private const int MostBuckets = 500;

    /// <summary>History of every node, in one answer.</summary>
    /// <remarks>The worst status of each bucket, mean response times of leaves with a probe, and the uptime of 30 days.</remarks>
    /// <param name="hours">How far back: 1 to 2,160; 24 where absent.</param>
    /// <param name="buckets">1 to 500; 96 where absent.</param>
    public static async Task<Contracts.Overview> Handle(
        int? hours,
        int? buckets,
        NpgsqlDataSource db,
        IReadPosition reads,
        IEvaluation evaluation,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var grid = Grid(Between(hours ?? 24, MostHours, "hours"), Between(buckets ?? 96, MostBuckets, "buckets"), time);
        var position = reads.Position;
        var statuses = await HeartbeatReading.ReadAsync(db, grid, evaluation.Statuses, cancellationToken);
        var uptimes = await UptimeReading.ReadAsync(db, grid.To, evaluation.Statuses, cancellationToken);
        var responses = await ResponseReading.ReadAsync(db, grid, cancellationToken);
        var tails = await ResponseReading.TailsAsync(db, grid.To, cancellationToken);
        var nodes = await db.QueryAsync(
            "select id, check_id from torch.nodes order by id",
            [],
            r => (Id: r.GetGuid(0), Check: r.Maybe<Guid?>(1)),
            cancellationToken
        );
        return new Contracts.Overview(
            grid.From,
            grid.To,
            grid.Width,
            [
                .. nodes.Select(n => new NodeHistory(
                    n.Id,
                    statuses.GetValueOrDefault(n.Id) ?? new string?[grid.Count],
                    n.Check is { } check ? responses.GetValueOrDefault(check) : null,
                    n.Check is { } probe ? tails.GetValueOrDefault(probe) : null,
                    uptimes.GetValueOrDefault(n.Id)
                )),
            ],
            position
        );
    }

    private static int Between(int asked, int most, string parameter) =>
        asked >= 1 && asked <= most
            ? asked
            : throw new FaultException(Fault.Invalid(parameter, $"must be from 1 to {most}"));

    private static BucketGrid Grid(int hours, int buckets, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new BucketGrid(now - TimeSpan.FromHours(hours), now, buckets);
    }
}
