using Npgsql;
using Torch.Contracts;
using Torch.Domain.Nodes;
using Torch.Domain.Schedules;
using Torch.Server.Auth;
using Torch.Server.Evaluating;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Nodes;

internal static class GetNode
{
    /// <summary>One node with its status, its children and the way to it.</summary>
    /// <remarks>Of the past, what was about to happen then (<c>pending</c>) is told by the explanation.</remarks>
    /// <param name="asOf">RFC 3339: the node as Torch showed it then.</param>
    /// <param name="atPosition">The same after the events up to a position.</param>
    public static async Task<NodeView> Handle(
        Guid id,
        string? asOf,
        string? atPosition,
        PastReading past,
        PastNodes nodesThen,
        JournalStreams streams,
        HttpContext http,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        IEvaluation evaluation,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        sight.Require(id);
        if (await past.PositionAsync(asOf, atPosition, cancellationToken) is { } then)
        {
            var known = await streams.VersionAtAsync(id, then, cancellationToken);
            return await nodesThen.NodeAsync(id, known, then, sight, cancellationToken);
        }
        var position = reads.Position;
        var row = await NodeReading.OneAsync(db, id, cancellationToken);
        var nodes = await NodeReading.PlaceAsync(db, [row], position, sight, cancellationToken);
        http.Response.SetETag(row.Version);
        var why = evaluation.Explain(id);
        return nodes[0] with
        {
            Pending = Marking.Pending(why),
            // Why it has its status now: what was written with the transition may have ceased to be the reason since.
            StatusReason = why?.Status == row.Status ? why.Sentence : row.Sentence,
            InService = IsInService(row.ServicePeriod, time.GetUtcNow()),
        };
    }

    private static bool? IsInService(ServicePeriod? period, DateTimeOffset now) =>
        period is not null && Schedule.TryParse(period.Schedule, out var schedule)
            ? schedule.Contains(now, TimeZones.Find(period.TimeZone))
            : null;
}
