using Torch.Agent.Scheduling;
using Torch.Contracts;

namespace Torch.Agent.Tests;

/// <summary>Checks with a cron expression, on a clock of the test's own.</summary>
public class CronScheduleTests
{
    private Schedule _schedule = new();
    private DateTimeOffset _start;
    private TimeSpan _now;

    [Fact]
    public void Nightly_means_the_clock_on_the_wall_through_spring_and_autumn()
    {
        var nightly = Cron("30 3 * * *", "Europe/Berlin");
        At("2026-03-28T12:00Z");
        _schedule.Replace([nightly], _now);
        RunDays(2).ShouldBe(["03-29 01:30", "03-30 01:30"]);

        At("2026-10-24T12:00Z");
        _schedule.Replace([nightly], _now);
        RunDays(2).ShouldBe(["10-25 02:30", "10-26 02:30"]);
    }

    [Fact]
    public void What_spring_skips_runs_after_the_gap_and_what_autumn_repeats_runs_once()
    {
        var nightly = Cron("30 2 * * *", "Europe/Berlin");
        At("2026-03-28T12:00Z");
        _schedule.Replace([nightly], _now);
        RunDays(1).ShouldBe(["03-29 01:00"]);
        At("2026-10-24T12:00Z");
        _schedule.Replace([nightly], _now);
        RunDays(1).ShouldBe(["10-25 00:30"]);
    }

    [Fact]
    public void A_thousand_checks_at_one_time_start_spread_over_ten_seconds_and_not_before_it()
    {
        At("2026-11-21T00:00Z");
        _schedule.Replace([.. Enumerable.Range(0, 1_000).Select(_ => Cron("0 3 * * *"))], _now);
        var starts = new List<TimeSpan>();
        while (starts.Count < 1_000)
        {
            var due = _schedule.TakeDue(_schedule.NextDue!.Value)!;
            starts.Add(due.DueAt);
        }
        starts.Min().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(3));
        starts.Max().ShouldBeLessThan(TimeSpan.FromHours(3) + TimeSpan.FromSeconds(10));
        starts.CountBy(start => (int)start.TotalSeconds).Max(second => second.Value).ShouldBeLessThan(150);
        _schedule.RunsPerMinute.ShouldBe(1_000.0 / 1440, 1e-6);
    }

    [Fact]
    public void After_a_pause_what_was_missed_runs_once()
    {
        At("2026-11-21T00:00Z");
        var check = Cron("*/5 * * * *");
        _schedule.Replace([check], _now);
        Pass(TimeSpan.FromMinutes(31));
        _schedule.TakeDue(_now).ShouldBeNull("caught up with a spread");
        Pass(TimeSpan.FromMinutes(1));
        _schedule.TakeDue(_now).ShouldNotBeNull();
        _schedule.Finished(check.CheckId, _now);
        _schedule.TakeDue(_now).ShouldBeNull();
        Wall(_schedule.NextDue!.Value).ShouldBe("11-21 00:35");
    }

    [Fact]
    public void A_clock_that_is_set_moves_what_is_due_by_it_and_nothing_else()
    {
        At("2026-11-21T00:00Z");
        var (cron, grid) = (Cron("0 3 * * *"), Some.Check(3_600));
        _schedule.Replace([cron, grid], _now);
        var onGrid = _schedule.NextDue!.Value;
        Pass(TimeSpan.FromMinutes(1), set: TimeSpan.FromMinutes(-20));
        _schedule.NextDue!.Value.ShouldBe(onGrid);
        _schedule.Replace([cron], _now);
        Wall(_schedule.NextDue!.Value).ShouldBe("11-21 03:00");
        _schedule.NextDue!.Value.ShouldBeGreaterThan(TimeSpan.FromMinutes(200));
    }

    [Fact]
    public void A_clock_that_is_put_forward_over_its_time_makes_it_run_once()
    {
        At("2026-11-21T00:00Z");
        var cron = Cron("0 3 * * *");
        _schedule.Replace([cron], _now);
        Pass(TimeSpan.FromMinutes(1), set: TimeSpan.FromHours(4));
        _schedule.TakeDue(_now);
        Pass(TimeSpan.FromMinutes(1));
        _schedule.TakeDue(_now)!.Check.ShouldBe(cron);
        _schedule.Finished(cron.CheckId, _now);
        Wall(_schedule.NextDue!.Value).ShouldBe("11-22 03:00");
    }

    [Fact]
    public void A_new_one_waits_for_its_time()
    {
        At("2026-11-21T00:00Z");
        _schedule.Replace([], _now);
        _schedule.Replace([Cron("0 3 * * *")], _now);
        _schedule.TakeDue(_now).ShouldBeNull();
        Wall(_schedule.NextDue!.Value).ShouldBe("11-21 03:00");
    }

    [Fact]
    public void What_this_system_cannot_schedule_is_said_and_the_others_run()
    {
        At("2026-11-21T00:00Z");
        var problems = _schedule.Replace(
            [Cron("0 3 * * *", "Mars/Olympus"), Cron("61 * * * *"), Cron("0 3 * * *")],
            _now
        );
        problems.Count.ShouldBe(2);
        problems[0].ShouldContain("Mars/Olympus");
        _schedule.Count.ShouldBe(1);
    }

    private static ScheduledCheck Cron(string cron, string? zone = null) =>
        Some.Check(1) with
        {
            Interval = null,
            Cron = cron,
            TimeZone = zone,
        };

    /// <summary>An agent starts at that time.</summary>
    private void At(string utc)
    {
        (_schedule, _now) = (new Schedule(), TimeSpan.Zero);
        _start = DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture);
        _schedule.SetClock(_start, _now);
    }

    private void Pass(TimeSpan span, TimeSpan set = default)
    {
        _now += span;
        _start += set;
        _schedule.SetClock(_start + _now, _now);
    }

    private List<string> RunDays(int days)
    {
        var (ran, end) = (new List<string>(), _now + TimeSpan.FromDays(days));
        while (_schedule.NextDue is { } next && next < end)
        {
            _now = next;
            _schedule.SetClock(_start + _now, _now);
            if (_schedule.TakeDue(_now) is not { } due)
                continue;
            ran.Add(Wall(due.DueAt));
            _schedule.Finished(due.Check.CheckId, _now);
        }
        _now = end;
        return ran;
    }

    private string Wall(TimeSpan at) =>
        (_start + at).ToString("MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
