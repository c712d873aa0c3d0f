using Torch.Domain.Slo;

namespace Torch.Domain.Tests.Slo;

public sealed class SloTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly Span Hour = new(Noon, Noon.AddHours(1));

    private static readonly Dictionary<string, Counting> Policy = new()
    {
        ["up"] = Counting.Good,
        ["down"] = Counting.Bad,
        ["critical"] = Counting.Bad,
        ["maintenance"] = Counting.Excluded,
    };

    [Fact]
    public void Good_bad_and_excluded_time_is_cut_at_the_edges_of_the_window()
    {
        var timeline = Timeline([(-90, "up"), (10, "down"), (25, "maintenance"), (40, "up"), (70, "down")]);

        timeline.Count(Hour).ShouldBe(new Tally(Minutes(30), Minutes(15), Minutes(15)));
        timeline.Count(new(Noon, Noon.AddMinutes(20))).ShouldBe(new Tally(Minutes(10), Minutes(10)));
    }

    [Fact]
    public void What_is_left_out_leaves_the_denominator_and_overlaps_count_once()
    {
        var timeline = Timeline([(0, "up"), (10, "down"), (30, "up")], Part(5, 15), Part(12, 20), Part(50, 90));

        timeline.Count(Hour).ShouldBe(new Tally(Minutes(25), Minutes(10), Minutes(25)));
        timeline.ByStatus().ShouldBe(new Dictionary<string, long> { ["down"] = Minutes(10), ["up"] = Minutes(25) });
    }

    [Fact]
    public void Before_the_first_status_nothing_is_known_and_a_window_without_data_has_no_availability()
    {
        Timeline([(30, "up")]).Count(Hour).ShouldBe(new Tally(Minutes(30), 0));
        var nothing = Timeline([]).Count(Hour);
        nothing.Availability.ShouldBeNull();
        Budget.Of(nothing, 99.9m).ShouldBeNull();
    }

    [Fact]
    public void An_outage_goes_through_statuses_ends_where_time_is_left_out_and_may_last()
    {
        var timeline = Timeline(
            [(0, "up"), (5, "critical"), (8, "down"), (10, "up"), (20, "down"), (40, "up"), (55, "down")],
            Part(25, 30)
        );

        var outages = Outages.Of(timeline, s => s is "down" ? 2 : 1);

        outages
            .Select(o => (Minute(o.From), o.To is { } to ? Minute(to) : -1, o.Worst))
            .ShouldBe([(5, 10, "down"), (20, 25, "down"), (30, 40, "down"), (55, -1, "down")]);
        outages[0].Cause.ShouldBe("critical since 5");
        Outages.MeanTimeToRepair(outages).ShouldBe(Minutes(20) / 3);
        Outages.MeanTimeBetweenFailures(outages, Minutes(30)).ShouldBe(Minutes(30) / 4);
    }

    [Fact]
    public void Ratios_have_six_places_half_to_even()
    {
        new Tally(2, 1).Availability.ShouldBe(66.666667m);
        Ratios.Round(0.0000005m).ShouldBe(0m);
        Ratios.Round(0.0000015m).ShouldBe(0.000002m);
    }

    [Theory]
    [InlineData(99.9, 1_000_000, 400, 1_000, 600, 60.0)]
    [InlineData(99.9, 1_000_000, 1_500, 1_000, -500, -50.0)]
    [InlineData(100, 1_000, 0, 0, 0, null)]
    [InlineData(100, 1_000, 5, 0, -5, null)]
    [InlineData(0, 1_000, 250, 1_000, 750, 75.0)]
    public void A_budget_is_what_may_be_bad(
        double target,
        long eligible,
        long bad,
        long total,
        long left,
        double? percent
    ) =>
        Budget
            .Of(new(eligible - bad, bad), (decimal)target)
            .ShouldBe(new Budget(total, bad, left, percent is { } p ? (decimal)p : null));

    [Theory]
    [InlineData(30, 14.4, 6.0, 3.0, 1.0)]
    [InlineData(28, 13.44, 5.6, 2.8, 0.933333)]
    public void Burn_rates_are_held_against_the_workbooks_factors(int days, params double[] factors) =>
        BurnPair.All.Select(p => p.Threshold(TimeSpan.FromDays(days))).ShouldBe(factors.Select(f => (decimal)f));

    [Fact]
    public void A_burn_fires_when_both_windows_exceed_it()
    {
        var (page, month) = (BurnPair.All[0], TimeSpan.FromDays(30));

        Burn.Of(page, new(980, 20), new(98, 2), 99.9m, month).ShouldBe(new Burn(page, 20, 20, 14.4m, true));
        Burn.Of(page, new(980, 20), new(100, 0), 99.9m, month).Firing.ShouldBeFalse();
        Burn.Of(page, default, default, 99.9m, month).ShouldBe(new Burn(page, null, null, 14.4m, false));
        Burn.Of(page, new(999, 1), new(99, 1), 100, month).ShouldBe(new Burn(page, null, null, 14.4m, true));
    }

    [Fact]
    public void The_forecast_goes_on_at_the_pace_of_three_days()
    {
        var days = (long)TimeSpan.FromDays(3).TotalMilliseconds;
        var budget = new Budget(1_000, 400, 600, 60);

        Forecast.Of(budget, new(days - 300, 300), Noon, null).ShouldBe(new Forecast(false, Noon.AddDays(6)));
        Forecast.Of(budget, new(days - 300, 300), Noon, Noon.AddDays(5)).ShouldBe(new Forecast(false, null));
        Forecast.Of(budget, new(days, 0), Noon, null).ShouldBe(new Forecast(false, null));
        Forecast.Of(new Budget(1_000, 1_001, -1, -0.1m), new(1, 1), Noon, null).ShouldBe(new Forecast(true, null));
        Forecast.Of(null, new(1, 1), Noon, null).ShouldBeNull();
    }

    [Fact]
    public void A_calendars_window_follows_its_zone_also_across_clock_changes()
    {
        var month = new SloWindow(SloWindowKind.Calendar, Period: CalendarPeriod.Month, TimeZone: "Europe/Berlin");
        var (from, to) = month.At(new(2026, 10, 31, 22, 59, 59, TimeSpan.Zero));
        from.ShouldBe(new(2026, 9, 30, 22, 0, 0, TimeSpan.Zero));
        to.ShouldBe(new(2026, 10, 31, 23, 0, 0, TimeSpan.Zero));
        (to - from).ShouldBe(TimeSpan.FromDays(31) + TimeSpan.FromHours(1));
        month.At(to).From.ShouldBe(to);

        At(CalendarPeriod.Week).ShouldBe((Day(11, 16), Day(11, 23)));
        At(CalendarPeriod.Quarter).ShouldBe((Day(10, 1), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        At(CalendarPeriod.Year).Item1.ShouldBe(Day(1, 1));
    }

    [Fact]
    public void What_cannot_be_promised_is_refused_by_name()
    {
        var good = new ObjectiveSettings(
            "Shop",
            Guid.NewGuid(),
            99.9m,
            new(SloWindowKind.Rolling, TimeSpan.FromDays(30)),
            new(SliKind.Time)
        );
        Code(good).ShouldBeNull();
        Code(good with { Target = 0 }).ShouldBeNull();
        Code(good with { Target = 100 }).ShouldBeNull();
        Code(good with { Target = 100.1m }).ShouldBe("bad_target");
        Code(good with { Target = 99.1234567m }).ShouldBe("bad_target");
        Code(good with { Window = new(SloWindowKind.Rolling) }).ShouldBe("bad_window");
        Code(good with { Window = new(SloWindowKind.Rolling, TimeSpan.FromDays(367)) }).ShouldBe("bad_window");
        Code(good with { Window = new(SloWindowKind.Calendar) }).ShouldBe("bad_window");
        Code(good with { Window = new(SloWindowKind.Calendar, null, CalendarPeriod.Week, "Mars/Base") })
            .ShouldBe("bad_time_zone");
        Code(good with { Sli = new(SliKind.Latency) }).ShouldBe("threshold_missing");
        Code(good with { Sli = new(SliKind.Count, TimeSpan.FromSeconds(1)) }).ShouldBe("threshold_unused");
    }

    [Fact]
    public void An_objective_keeps_its_exclusions_when_it_changes_and_repeats_change_nothing()
    {
        var id = Guid.NewGuid();
        var settings = new ObjectiveSettings(
            "Shop",
            id,
            99.9m,
            new(SloWindowKind.Rolling, TimeSpan.FromDays(30)),
            new(SliKind.Time)
        );
        var objective = Fold(Objective.Initial, Objective.Create(id, settings));
        objective = Fold(objective, objective.Exclude(id, Noon, Noon.AddHours(1), "the provider's fault"));

        objective.Change(settings with { }).Events.ShouldBeEmpty();
        objective = Fold(objective, objective.Change(settings with { Target = 99 }));
        objective.Exclusions.ShouldHaveSingleItem().Reason.ShouldBe("the provider's fault");
        objective.Exclude(id, Noon, Noon, "no time").Refusal!.Code.ShouldBe("bad_exclusion");
        objective.Exclude(id, Noon, Noon.AddHours(1), " ").Refusal!.Code.ShouldBe("reason_missing");
        objective.Include(Guid.Empty).Refusal!.Code.ShouldBe("unknown_exclusion");
        Fold(objective, objective.Include(id)).Exclusions.ShouldBeEmpty();
        Fold(objective, objective.Delete()).Delete().Refusal!.Code.ShouldBe("unknown_objective");
    }

    private static Objective Fold(Objective objective, Decision decision) =>
        decision.Events.Aggregate(objective, Objective.Evolve);

    private static string? Code(ObjectiveSettings settings) => Objective.Create(Guid.NewGuid(), settings).Refusal?.Code;

    private static (DateTimeOffset, DateTimeOffset) At(CalendarPeriod period) =>
        new SloWindow(SloWindowKind.Calendar, Period: period).At(Noon);

    private static DateTimeOffset Day(int month, int day) => new(2026, month, day, 0, 0, 0, TimeSpan.Zero);

    private static StatusTimeline Timeline((int Minute, string Status)[] changes, params Span[] leftOut) =>
        new(
            changes.Select(c => new StatusTaken(Noon.AddMinutes(c.Minute), c.Status, $"{c.Status} since {c.Minute}")),
            Hour,
            leftOut,
            Policy
        );

    private static Span Part(int from, int to) => new(Noon.AddMinutes(from), Noon.AddMinutes(to));

    private static long Minutes(int minutes) => minutes * 60_000L;

    private static int Minute(DateTimeOffset at) => (int)(at - Noon).TotalMinutes;
}
