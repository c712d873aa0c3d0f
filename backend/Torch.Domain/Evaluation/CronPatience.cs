using Torch.Domain.Checks;
using Torch.Domain.Schedules;
using Torch.Text;

namespace Torch.Domain.Evaluation;

/// <summary>How old the last observation of a check with a cron expression may become: until its next run should have told.</summary>
internal sealed class CronPatience
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    private readonly CronExpression _cron;
    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan _timeout;
    private (DateTimeOffset LastAt, TimeSpan Patience)? _known;

    private CronPatience(CronExpression cron, TimeZoneInfo zone, TimeSpan timeout) =>
        (_cron, _zone, _timeout) = (cron, zone, timeout);

    /// <summary>Null where something else says so. A log may have come from a system that knows more zones; then the default holds.</summary>
    public static CronPatience? Of(CheckSettings? settings) =>
        settings is { Cron: { } text, Staleness: null }
        && CronExpression.TryParse(text, out var cron, out _)
        && TimeZones.TryFind(settings.TimeZone ?? "UTC", out var zone)
            ? new(cron, zone, settings.Timeout ?? TimeSpan.Zero)
            : null;

    public TimeSpan After(DateTimeOffset lastAt)
    {
        if (_known is not { } known || known.LastAt != lastAt)
            _known = known = (lastAt, Reckon(lastAt));
        return known.Patience;
    }

    private TimeSpan Reckon(DateTimeOffset lastAt) =>
        _cron.Next(lastAt, _zone) is { } due ? due - lastAt + _timeout + Slack : TimeSpan.Zero;
}
