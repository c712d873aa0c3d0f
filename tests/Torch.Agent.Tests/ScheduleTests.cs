using Torch.Agent.Scheduling;

namespace Torch.Agent.Tests;

public class ScheduleTests
{
    private readonly Schedule _schedule = new();

    [Fact]
    public void A_thousand_checks_spread_evenly_over_their_interval()
    {
        var checks = Enumerable.Range(0, 1000).Select(_ => Some.Check(60)).ToArray();
        _schedule.Replace(checks, TimeSpan.Zero);
        var perSecond = RunUntil(TimeSpan.FromSeconds(60))
            .GroupBy(due => (int)due.DueAt.TotalSeconds)
            .Select(second => second.Count())
            .ToArray();
        perSecond.Sum().ShouldBe(1000);
        perSecond.Length.ShouldBe(60);
        perSecond.Max().ShouldBeLessThan(40);
        _schedule.RunsPerMinute.ShouldBe(1000, 0.001);
    }

    [Fact]
    public void Runs_keep_to_the_grid_however_long_each_takes()
    {
        var check = Some.Check(10);
        _schedule.Replace([check], TimeSpan.Zero);
        var due = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var at = _schedule.NextDue!.Value;
            _schedule.TakeDue(at)!.DueAt.ShouldBe(at);
            due.Add(at.TotalSeconds);
            _schedule.Finished(check.CheckId, at + TimeSpan.FromSeconds(1 + i));
        }
        due.Zip(due.Skip(1), (a, b) => b - a).ShouldAllBe(gap => Math.Abs(gap - 10) < 1e-6);
    }

    [Fact]
    public void A_check_never_runs_twice_at_once_and_what_it_overran_is_skipped()
    {
        var check = Some.Check(5);
        _schedule.Replace([check], TimeSpan.Zero);
        var first = _schedule.NextDue!.Value;
        _schedule.TakeDue(first).ShouldNotBeNull();
        _schedule.TakeDue(first + TimeSpan.FromSeconds(5)).ShouldBeNull();

        _schedule.Finished(check.CheckId, first + TimeSpan.FromSeconds(12));
        (_schedule.NextDue!.Value - first).TotalSeconds.ShouldBe(15, 1e-6);
    }

    [Fact]
    public void After_a_pause_each_check_runs_once_and_not_all_at_once()
    {
        var checks = Enumerable.Range(0, 1000).Select(_ => Some.Check(60)).ToArray();
        _schedule.Replace(checks, TimeSpan.Zero);
        RunUntil(TimeSpan.FromSeconds(60)).Count.ShouldBe(1000);

        var back = TimeSpan.FromMinutes(11);
        var atOnce = TakeAll(back);
        atOnce.Count.ShouldBeLessThan(50);
        var later = RunUntil(back + TimeSpan.FromSeconds(60), from: back);
        var perCheck = atOnce.Concat(later).CountBy(due => due.Check.CheckId).ToArray();
        perCheck.Length.ShouldBe(1000);
        perCheck.ShouldAllBe(count => count.Value <= 2);
    }

    [Fact]
    public void A_late_run_is_told_when_it_was_due()
    {
        _schedule.Replace([Some.Check(60)], TimeSpan.Zero);
        var due = _schedule.NextDue!.Value;
        _schedule.TakeDue(due + TimeSpan.FromSeconds(3))!.DueAt.ShouldBe(due);
    }

    [Fact]
    public void Changed_settings_take_effect_at_once_and_others_keep_their_place()
    {
        var (same, changing) = (Some.Check(3600), Some.Check(3600));
        _schedule.Replace([same, changing], TimeSpan.Zero);
        var now = TimeSpan.FromSeconds(1);
        var changed = changing with { Version = 2, Interval = TimeSpan.FromSeconds(30) };
        _schedule.Replace([same, changed], now);

        _schedule.TakeDue(now)!.Check.ShouldBe(changed);
        _schedule.TakeDue(now).ShouldBeNull();
        _schedule.Finished(changed.CheckId, now);
        _schedule.NextDue!.Value.ShouldBeInRange(now, now + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_check_changed_while_it_runs_runs_again_with_its_new_settings()
    {
        var check = Some.Check(3600);
        _schedule.Replace([check], TimeSpan.Zero);
        var due = _schedule.NextDue!.Value;
        _schedule.TakeDue(due);
        _schedule.Replace([check with { Version = 2 }], due);
        _schedule.TakeDue(due).ShouldBeNull();

        _schedule.Finished(check.CheckId, due + TimeSpan.FromSeconds(1));
        _schedule.TakeDue(due + TimeSpan.FromSeconds(1))!.Check.Version.ShouldBe(2);
    }

    [Fact]
    public void A_check_that_left_the_list_runs_no_more()
    {
        var (kept, gone) = (Some.Check(10), Some.Check(10));
        _schedule.Replace([kept, gone], TimeSpan.Zero);
        _schedule.Replace([kept], TimeSpan.Zero);
        RunUntil(TimeSpan.FromSeconds(30)).ShouldAllBe(due => due.Check.CheckId == kept.CheckId);
        _schedule.Count.ShouldBe(1);
    }

    private List<DueCheck> RunUntil(TimeSpan end, TimeSpan from = default)
    {
        var ran = new List<DueCheck>();
        while (_schedule.NextDue is { } next && next < end)
            ran.AddRange(TakeAll(next > from ? next : from));
        return ran;
    }

    private List<DueCheck> TakeAll(TimeSpan now)
    {
        var taken = new List<DueCheck>();
        while (_schedule.TakeDue(now) is { } due)
        {
            taken.Add(due);
            _schedule.Finished(due.Check.CheckId, now);
        }
        return taken;
    }
}
