using System.Globalization;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Slos;

/// <summary>Reads which moment a report is asked for, and what is known in it.</summary>
internal sealed class ReportAsking(IReadPosition reads, IEventLog log, LogTimes times, TimeProvider time)
{
    /// <param name="asOf">Now where absent; with <paramref name="atPosition"/> alone the time of its last event.</param>
    /// <param name="atPosition">All events where absent.</param>
    public async Task<ReportAsked> ReadAsync(
        Guid id,
        string? asOf,
        string? atPosition,
        Sight sight,
        CancellationToken cancellationToken,
        bool subtree = false
    )
    {
        var position = await PositionAsync(atPosition, cancellationToken);
        if (position is { } wanted)
            await reads.WaitForAsync(wanted, cancellationToken);
        var present = reads.Position;
        var now = Domain.Slo.Spans.Whole(time.GetUtcNow());
        var moment = TimeRange.Parse(asOf, "asOf");
        if (moment > now)
            throw new FaultException(Fault.Invalid("asOf", "must not lie in the future"));
        if (moment is null && position is { } then)
            moment = await times.OfAsync(then, cancellationToken) ?? DateTimeOffset.UnixEpoch;
        var end = Domain.Slo.Spans.Whole(moment ?? now);
        return new(id, position ?? present, position < present, end, subtree, sight);
    }

    private async Task<long?> PositionAsync(string? text, CancellationToken ct)
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
