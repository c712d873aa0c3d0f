using System.Globalization;
using Torch.EventStore;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Slos;

internal static class GetReport
{
    /// <summary>How an objective is met.</summary>
    /// <remarks>
    /// Made from transitions and rollups, so it is the same before and after raw observations go. Asked for again with the <c>asOf</c> and
    /// the <c>position</c> that it bears (as <c>atPosition</c>), it is the same to the byte, whatever has been changed, learned or excluded
    /// since. What <c>asOf</c> alone asks for is what is known now of the window that ended then.
    /// </remarks>
    /// <param name="asOf">RFC 3339, not in the future: the moment that the window ends at, or that the calendar's period is of. Now where absent; with <paramref name="atPosition"/> alone the time of its last event.</param>
    /// <param name="atPosition">What is known: the events up to this position. All of them where absent.</param>
    /// <param name="format"><c>json</c> or <c>csv</c>; json where absent.</param>
    /// <param name="subtree">True: each node below too, counted in time as the objective says.</param>
    public static async Task<IResult> Handle(
        Guid id,
        string? asOf,
        string? atPosition,
        string? format,
        bool? subtree,
        ReportMaking making,
        IReadPosition reads,
        IEventLog log,
        LogTimes times,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (format is not (null or "json" or "csv"))
            throw new FaultException(Fault.Invalid("format", "must be json or csv"));
        var asked = await AskedAsync(id, asOf, atPosition, subtree, reads, log, times, time, cancellationToken);
        var report =
            await making.MakeAsync(asked, cancellationToken) ?? throw new FaultException(Fault.NotFound("objective"));
        return format is "csv" ? Results.Text(ReportCsv.Write(report), "text/csv; charset=utf-8") : Results.Ok(report);
    }

    private static async Task<ReportAsked> AskedAsync(
        Guid id,
        string? asOf,
        string? atPosition,
        bool? subtree,
        IReadPosition reads,
        IEventLog log,
        LogTimes times,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var position = await PositionAsync(atPosition, log, ct);
        if (position is { } wanted)
            await reads.WaitForAsync(wanted, ct);
        var present = reads.Position;
        var now = Domain.Slo.Spans.Whole(time.GetUtcNow());
        var moment = TimeRange.Parse(asOf, "asOf");
        if (moment > now)
            throw new FaultException(Fault.Invalid("asOf", "must not lie in the future"));
        if (moment is null && position is { } then)
            moment = await times.OfAsync(then, ct) ?? DateTimeOffset.UnixEpoch;
        var end = Domain.Slo.Spans.Whole(moment ?? now);
        return new(id, position ?? present, position < present, end, subtree is true);
    }

    private static async Task<long?> PositionAsync(string? text, IEventLog log, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            throw new FaultException(Fault.Invalid("atPosition", "must be a position that Torch gave"));
        var head = await log.HeadAsync(ct);
        return position <= head
            ? position
            : throw new FaultException(
                Fault.Invalid("atPosition", $"must not lie in the future: the log ends at {head}")
            );
    }
}
