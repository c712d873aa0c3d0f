using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Slos;

internal static class GetReport
{
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(3_653);

    /// <summary>How an objective is met.</summary>
    /// <remarks>
    /// Made from transitions and rollups, so it is the same before and after raw observations go. Asked for again with the <c>asOf</c> and
    /// the <c>position</c> that it bears (as <c>atPosition</c>), it is the same to the byte, whatever has been changed, learned or excluded
    /// since. What <c>asOf</c> alone asks for is what is known now of the window that ended then.
    /// </remarks>
    /// <param name="from">RFC 3339, with <paramref name="to"/>: any range of at most ten years, instead of the objective's window. What of it is still to come counts into the budget.</param>
    /// <param name="to">RFC 3339, exclusive.</param>
    /// <param name="asOf">RFC 3339, not in the future: the moment that the window ends at, or that the calendar's period is of. Now where absent; with <paramref name="atPosition"/> alone the time of its last event.</param>
    /// <param name="atPosition">What is known: the events up to this position. All of them where absent.</param>
    /// <param name="format"><c>json</c> or <c>csv</c>; json where absent.</param>
    /// <param name="subtree">True: each node below too, counted in time as the objective says.</param>
    public static async Task<IResult> Handle(
        Guid id,
        string? from,
        string? to,
        string? asOf,
        string? atPosition,
        string? format,
        bool? subtree,
        ReportMaking making,
        ReportAsking asking,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        if (format is not (null or "json" or "csv"))
            throw new FaultException(Fault.Invalid("format", "must be json or csv"));
        var asked = await asking.ReadAsync(id, asOf, atPosition, sight, cancellationToken, subtree is true);
        asked = asked with { Range = RangeOf(from, to, asked.AsOf) };
        var report =
            await making.MakeAsync(asked, cancellationToken) ?? throw new FaultException(Fault.NotFound("objective"));
        return format is "csv" ? Results.Text(ReportCsv.Write(report), "text/csv; charset=utf-8") : Results.Ok(report);
    }

    private static Domain.Slo.Span? RangeOf(string? from, string? to, DateTimeOffset asOf)
    {
        if (string.IsNullOrEmpty(from) && string.IsNullOrEmpty(to))
            return null;
        var begin =
            TimeRange.Parse(from, "from") ?? throw new FaultException(Fault.Invalid("from", "must stand with to"));
        var end = TimeRange.Parse(to, "to") ?? throw new FaultException(Fault.Invalid("to", "must stand with from"));
        if (begin >= end || begin >= asOf)
            throw new FaultException(
                Fault.Invalid("from", "must be before to, and before the moment that is asked for")
            );
        return end - begin <= LongestRange
            ? new(Domain.Slo.Spans.Whole(begin), Domain.Slo.Spans.Whole(end))
            : throw new FaultException(Fault.Invalid("from", "must be at most ten years before to"));
    }
}
