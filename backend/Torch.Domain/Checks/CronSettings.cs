using Torch.Domain.Schedules;
using Torch.Text;

namespace Torch.Domain.Checks;

/// <summary>What a check's cron expression and its time zone must be.</summary>
public static class CronSettings
{
    public static Refusal? Problem(CheckSettings settings) =>
        settings switch
        {
            { Cron: null, TimeZone: null } => null,
            { Cron: null } => new("check_time_zone", "A time zone belongs to a cron expression."),
            { Kind: CheckKind.Report or CheckKind.Heartbeat } => new(
                "bad_cron",
                "Only what Torch asks has a schedule."
            ),
            { Interval: not null } => new("bad_cron", "A probe has an interval or a cron expression, not both."),
            _ when !CronExpression.TryParse(settings.Cron, out _, out var problem) => new(
                "bad_cron",
                $"The cron expression {problem}."
            ),
            { TimeZone: { } zone } when !TimeZones.TryFind(zone, out _) => new(
                "check_time_zone",
                $"A time zone is {TimeZones.Expected}."
            ),
            _ => null,
        };
}
