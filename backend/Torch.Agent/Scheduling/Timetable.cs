using System.Diagnostics.CodeAnalysis;
using Torch.Contracts;
using Torch.Text;

namespace Torch.Agent.Scheduling;

/// <summary>When a check is due: on a grid of the monotonic clock, or by the clock on a wall.</summary>
internal abstract class Timetable
{
    /// <summary>How late a run may be before it counts as missed, and over how long those that were missed are spread.</summary>
    public abstract TimeSpan Patience { get; }

    public abstract double RunsPerMinute { get; }

    /// <summary>By the clock on the wall: it waits for its time also when it is new or has changed.</summary>
    public abstract bool FollowsWall { get; }

    /// <summary>The first time after another.</summary>
    public abstract Due NextAfter(TimeSpan now, WallClock clock);

    /// <param name="problem">Why it cannot be scheduled; null where it can.</param>
    public static bool TryOf(
        ScheduledCheck check,
        [NotNullWhen(true)] out Timetable? timetable,
        [NotNullWhen(false)] out string? problem
    )
    {
        (timetable, problem) = (null, null);
        if (check.Interval is { } interval && interval > TimeSpan.Zero)
            timetable = new Every(check.CheckId, interval);
        else if (!CronExpression.TryParse(check.Cron ?? "", out var cron, out var wrong))
            problem = $"its cron expression {wrong}";
        else if (TimeZoneInfo.TryFindSystemTimeZoneById(check.TimeZone ?? "UTC", out var zone))
            timetable = new ByCron(check.CheckId, cron, zone);
        else
            problem = $"this system knows no time zone {check.TimeZone}";
        return timetable is not null;
    }

    private sealed class Every(Guid checkId, TimeSpan interval) : Timetable
    {
        public override TimeSpan Patience => interval;

        public override double RunsPerMinute => TimeSpan.FromMinutes(1) / interval;

        public override bool FollowsWall => false;

        public override Due NextAfter(TimeSpan now, WallClock clock) => new(Grid.NextAfter(checkId, interval, now));
    }

    private sealed class ByCron(Guid checkId, CronExpression cron, TimeZoneInfo zone) : Timetable
    {
        // People write round times: a thousand checks at three o'clock must not start in one instant.
        private static readonly TimeSpan Spread = TimeSpan.FromSeconds(10);

        private static readonly TimeSpan Never = TimeSpan.FromDays(1_000);

        private readonly TimeSpan _phase = Spread * Grid.Fraction(checkId);

        public override TimeSpan Patience => TimeSpan.FromMinutes(1);

        public override double RunsPerMinute => cron.RunsPerMinute;

        public override bool FollowsWall => true;

        public override Due NextAfter(TimeSpan now, WallClock clock) =>
            cron.Next(clock.At(now) - _phase, zone) is { } next
                ? new Due(clock.When(next + _phase), next + _phase)
                : new Due(now + Never);
    }
}

/// <summary>When a run is due.</summary>
/// <param name="At">From the agent's start on the monotonic clock.</param>
/// <param name="OnWall">The same in UTC, where that is what was meant: it moves when the clock is set.</param>
internal sealed record Due(TimeSpan At, DateTimeOffset? OnWall = null);

/// <summary>What the clock on the wall shows at a time on the monotonic clock.</summary>
internal sealed class WallClock
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private DateTimeOffset _start = DateTimeOffset.UnixEpoch;

    public DateTimeOffset At(TimeSpan time) => _start + time;

    public TimeSpan When(DateTimeOffset moment) => moment - _start;

    /// <summary>True where the clock was set, or the machine slept: more than the two drift apart.</summary>
    public bool Set(DateTimeOffset utc, TimeSpan now)
    {
        if ((utc - now - _start).Duration() <= Tolerance)
            return false;
        _start = utc - now;
        return true;
    }
}
