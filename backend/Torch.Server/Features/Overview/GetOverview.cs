using Npgsql;
using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Evaluating;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Overview;

internal static class GetOverview
{
    private const int MostHours = 24 * 90;
    private const int MostBuckets = 500;
    private const string Present = "select id, check_id from torch.nodes order by id";

    private const string Past = """
        select n.node_id, n.check_id from torch.past_nodes n
        where n.from_position <= $1 and (n.to_position is null or n.to_position > $1) order by n.node_id
        """;

    /// <summary>History of every node, in one answer.</summary>
    /// <remarks>
    /// The worst status of each bucket, mean response times of leaves with a probe, and the uptime of 30 days. Of the past up to that moment,
    /// for the nodes that were there, without the response times of its last hour (<c>p95</c>).
    /// </remarks>
    /// <param name="hours">How far back: 1 to 2,160; 24 where absent.</param>
    /// <param name="buckets">1 to 500; 96 where absent.</param>
    /// <param name="asOf">RFC 3339: the histories that ended then.</param>
    /// <param name="atPosition">The same after the events up to a position.</param>
    public static async Task<Contracts.Overview> Handle(
        int? hours,
        int? buckets,
        string? asOf,
        string? atPosition,
        PastReading past,
        LogTimes times,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        IEvaluation evaluation,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (width, count) = (Between(hours ?? 24, MostHours, "hours"), Between(buckets ?? 96, MostBuckets, "buckets"));
        var then = await past.PositionAsync(asOf, atPosition, cancellationToken);
        var position = then ?? reads.Position;
        var end = then is null ? time.GetUtcNow() : await EndAsync(asOf, position, times, cancellationToken);
        var grid = new BucketGrid(end - TimeSpan.FromHours(width), end, count);
        var nodes = await db.QueryAsync(
            then is null ? Present : Past,
            then is null ? [] : [position],
            r => (Id: r.GetGuid(0), Check: r.Maybe<Guid?>(1)),
            cancellationToken
        );
        nodes.RemoveAll(n => !sight.Shows(n.Id));
        var ids = nodes.ConvertAll(n => n.Id);
        var known = then ?? long.MaxValue;
        var statuses = await HeartbeatReading.ReadAsync(db, grid, ids, known, evaluation.Statuses, cancellationToken);
        var uptimes = await UptimeReading.ReadAsync(db, end, ids, evaluation.Statuses, cancellationToken);
        var responses = await ResponseReading.ReadAsync(db, grid, cancellationToken);
        var tails = then is null ? await ResponseReading.TailsAsync(db, end, cancellationToken) : [];
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

    // Nothing was before.
    private static async Task<DateTimeOffset> EndAsync(
        string? asOf,
        long position,
        LogTimes times,
        CancellationToken ct
    )
    {
        var end = TimeRange.Parse(asOf, "asOf") ?? await times.OfAsync(position, ct);
        return end > DateTimeOffset.UnixEpoch ? end.Value : DateTimeOffset.UnixEpoch;
    }

    private static int Between(int asked, int most, string parameter) =>
        asked >= 1 && asked <= most
            ? asked
            : throw new FaultException(Fault.Invalid(parameter, $"must be from 1 to {most}"));
}
