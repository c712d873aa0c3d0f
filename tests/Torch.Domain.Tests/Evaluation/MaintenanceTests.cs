using Torch.Domain.Maintenance;
using Torch.Domain.Nodes;

namespace Torch.Domain.Tests.Evaluation;

public sealed class MaintenanceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly Guid Window = NameId.Of(Guid.Empty, "window");

    [Fact]
    public void Maintenance_fixed_covers_a_whole_subtree_from_edge_to_edge()
    {
        var world = Shop();
        Plan(world, Fixed(World.Start + Hour, World.Start + 2 * Hour), "shop");
        world.Tick(90 * Minute).Status("api").ShouldBe("maintenance");
        world.Status("shop").ShouldBe("maintenance");
        world.Last("api").At.ShouldBe(World.Start + Hour);
        world
            .Sentence("api")
            .ShouldBe(
                "api is maintenance because the window \"Works\" is open until 2026-03-01 14:00:00 UTC: planned."
            );
        world.Report("api", "down").Status("shop").ShouldBe("maintenance");
        world.Evaluator.Explain(world["api"])!.Underneath!.Status.ShouldBe("down");
        world
            .Tick(Hour)
            .Last("api")
            .ShouldSatisfyAllConditions(t => t.To.ShouldBe("down"), t => t.At.ShouldBe(World.Start + 2 * Hour));
        world.Last("shop").At.ShouldBe(World.Start + 2 * Hour);
    }

    [Fact]
    public void Children_in_maintenance_leave_the_denominator()
    {
        var world = Shop().Rules("payments", ("percent(children where status is down) >= 100", "critical"));
        world.Report("api", "down").Status("payments").ShouldBe("down");
        Plan(world, Fixed(World.Start, World.Start + Hour), "queue");
        world.Status("payments").ShouldBe("critical");
    }

    [Fact]
    public void A_group_is_in_maintenance_only_if_every_failing_child_is_covered_so_a_window_cannot_hide_an_unplanned_fault()
    {
        var world = Shop();
        Plan(world, Fixed(World.Start, World.Start + Hour), "api");
        world.Status("payments").ShouldBe("up");
        world.Report("api", "down").Status("payments").ShouldBe("maintenance");
        world
            .Evaluator.Explain(world["payments"])!
            .Underneath.ShouldBe(
                new("down", "roll-up", "payments would be down without maintenance because api is down.")
            );
        world.Status("shop").ShouldBe("maintenance");
        world.Report("queue", "down").Status("payments").ShouldBe("down");
        world.Status("shop").ShouldBe("down");
        world.Evaluator.Explain(world["payments"])!.Marks.ShouldBeNull();
        world.Report("queue", "up").Status("shop").ShouldBe("maintenance");
        world.Report("api", "up").Status("shop").ShouldBe("up");
    }

    [Fact]
    public void A_group_that_works_without_its_covered_children_stays_as_it_is()
    {
        var world = Shop().Publish("payments", World.Set("at-least 1 up"));
        Plan(world, Fixed(World.Start, World.Start + Hour), "api");
        world.Report("api", "down").Status("payments").ShouldBe("up");
    }

    [Fact]
    public void A_node_reached_by_a_covered_and_an_uncovered_parent_is_covered_and_the_uncovered_parent_is_judged_by_the_others()
    {
        var world = Shop()
            .Group("reporting")
            .Leaf("export", "reporting")
            .Report("export", "up")
            .Link("reporting", "api");
        Plan(world, Fixed(World.Start, World.Start + Hour), "payments");
        world.Status("api").ShouldBe("maintenance");
        world.Report("api", "down").Status("reporting").ShouldBe("maintenance");
        world.Report("export", "down").Status("reporting").ShouldBe("down");
        world.Fold(new ChildUnlinked(world["payments"], world["api"])).Status("api").ShouldBe("down");
    }

    [Fact]
    public void Nodes_that_join_later_are_covered_and_those_that_leave_are_not()
    {
        var world = Shop();
        Plan(world, Fixed(World.Start, World.Start + Hour), "shop");
        world
            .Group("new", "payments")
            .Leaf("late", "new")
            .Report("late", "down")
            .Status("late")
            .ShouldBe("maintenance");
        world.Fold(new ChildUnlinked(world["payments"], world["new"])).Status("late").ShouldBe("down");
        world.Status("new").ShouldBe("down");
    }

    [Fact]
    public void Maintenance_flexible_begins_with_the_first_problem_of_a_covered_node_within_the_frame()
    {
        var world = Shop();
        Plan(world, new(MaintenanceKind.Flexible, World.Start, World.Start + 2 * Hour, 30 * Minute), "payments");
        world.Tick(Hour).Status("queue").ShouldBe("up");
        world.Report("api", "degraded").Status("api").ShouldBe("maintenance");
        world.Transitions.ShouldNotContain(t => t.NodeId == world["api"] && t.To == "degraded");
        world.Status("queue").ShouldBe("maintenance");
        world.Began.Single().ShouldBe(new(Window, world["api"], world.Now, world.Now + 30 * Minute));
        world.Tick(Hour).Last("queue").At.ShouldBe(World.Start + 90 * Minute);
        world.Status("api").ShouldBe("degraded");
        world.Report("queue", "down").Status("queue").ShouldBe("down");
    }

    [Fact]
    public void A_problem_that_stands_when_a_flexible_frame_begins_opens_it_and_one_after_it_does_not()
    {
        var world = Shop().Report("api", "down");
        Plan(world, new(MaintenanceKind.Flexible, World.Start + Hour, World.Start + 2 * Hour, Hour), "payments");
        world
            .Tick(61 * Minute)
            .Last("api")
            .ShouldSatisfyAllConditions(t => t.To.ShouldBe("maintenance"), t => t.At.ShouldBe(World.Start + Hour));
        var other = Shop();
        Plan(other, new(MaintenanceKind.Flexible, World.Start, World.Start + Hour, Hour), "payments");
        other.Tick(61 * Minute).Report("api", "down").Status("api").ShouldBe("down");
    }

    [Fact]
    public void Maintenance_recurring_opens_every_week_anew()
    {
        // World.Start is a Sunday at noon.
        var world = Shop();
        Plan(world, new(MaintenanceKind.Recurring, Weekly: "sun 14:00 for 2h", TimeZone: "Europe/Berlin"), "shop");
        Edges(world, 3).ShouldBe(["03-01 13:00 maintenance", "03-01 15:00 expired", "03-08 13:00 maintenance"]);
    }

    // Where the clock is put forward over the beginning, it begins right after the gap; a time that comes twice means its first; it lasts so long in any case.
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00Z", "2026-03-29T03:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30Z", "2026-10-25T02:30Z")]
    [InlineData("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00Z", "2026-03-08T09:00Z")]
    [InlineData("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30Z", "2026-11-01T07:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30Z", "2026-10-03T17:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45Z", "2026-04-04T16:45Z")]
    [InlineData("Pacific/Apia", "2011-12-30", "02:00", null, null)]
    [InlineData("Pacific/Apia", "2011-12-31", "02:00", "2011-12-30T12:00Z", "2011-12-30T14:00Z")]
    public void A_recurring_window_opens_as_it_should_on_awkward_days(
        string zone,
        string day,
        string start,
        string? from,
        string? to
    )
    {
        var date = DateOnly.Parse(day, null);
        var weekday = date.DayOfWeek.ToString()[..3];
        var schedule = new MaintenanceSchedule(
            MaintenanceKind.Recurring,
            Weekly: $"{weekday} {start} for 2h",
            TimeZone: zone
        );
        var noon = new DateTimeOffset(date.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
        var occurrences = schedule.Between(noon.AddDays(-3), noon.AddDays(3)).ToList();
        if (from is null)
            occurrences.ShouldBeEmpty();
        else
            occurrences
                .ShouldHaveSingleItem()
                .ShouldBe(new(DateTimeOffset.Parse(from, null), DateTimeOffset.Parse(to!, null)));
        if (from is not null)
            schedule.FrameAt(noon.AddDays(-3)).ShouldBe(occurrences[0]);
    }

    [Fact]
    public void A_window_that_is_ended_early_closes_and_a_recurring_one_comes_again()
    {
        var world = Shop();
        Plan(world, new(MaintenanceKind.Recurring, Weekly: "daily 12:00 for 2h"), "shop");
        world.Status("api").ShouldBe("maintenance");
        world.Tick(10 * Minute).Fold(new MaintenanceEnded(Window, world.Now)).Status("api").ShouldBe("up");
        world.Evaluator.NextDeadline.ShouldNotBeNull();
        world.Report("api", "up").Tick(TimeSpan.FromHours(23) + 55 * Minute).Status("api").ShouldBe("maintenance");
        world.Last("api").At.ShouldBe(World.Start + 24 * Hour);
    }

    [Fact]
    public void A_window_that_is_changed_or_deleted_covers_what_it_says_from_then_on()
    {
        var world = Shop();
        Plan(world, Fixed(World.Start, World.Start + Hour), "api");
        world.Fold(
            new MaintenanceChanged(Window, "Works", [world["queue"]], Fixed(World.Start, World.Start + Hour), null)
        );
        world.Status("api").ShouldBe("up");
        world.Status("queue").ShouldBe("maintenance");
        world.Fold(new MaintenanceDeleted(Window)).Status("queue").ShouldBe("up");
        world.Marked[^1].Marks.ShouldBe(Marks.None);
    }

    [Fact]
    public void Of_two_windows_the_longer_one_is_named_and_the_first_to_end_opens_nothing()
    {
        var world = Shop();
        Plan(world, Fixed(World.Start, World.Start + Hour), "api");
        var other = NameId.Of(Guid.Empty, "other");
        world.Fold(
            new MaintenanceScheduled(
                other,
                "Longer",
                [world["payments"]],
                Fixed(World.Start, World.Start + 2 * Hour),
                null
            )
        );
        world.Evaluator.Explain(world["api"])!.Marks!.Maintenance!.Name.ShouldBe("Longer");
        world.Tick(90 * Minute).Status("api").ShouldBe("maintenance");
        world.Tick(Hour).Status("api").ShouldNotBe("maintenance");
    }

    [Fact]
    public void A_node_without_windows_or_a_timing_pays_nothing()
    {
        var world = Shop();
        Plan(world, Fixed(World.Start, World.Start + Hour), "shop");
        world.Tick(2 * Hour);
        world.Evaluator.Save().Nodes.ShouldAllBe(n => n.Layers == null);
    }

    [Fact]
    public void The_aggregate_refuses_what_cannot_be_and_repeats_nothing()
    {
        var (now, nodes) = (World.Start, new[] { Guid.NewGuid() });
        var plan = Fixed(now, now + Hour);
        var window = Folded(MaintenanceWindow.Plan(Window, "Works", nodes, plan, "why", now));
        window.Change("Works", nodes, plan, "why").Events.ShouldBeEmpty();
        window.End(now - Minute).Events.ShouldBeEmpty();
        var ended = Folded(window.End(now), window);
        ended.End(now + Minute).Events.ShouldBeEmpty();
        Folded(ended.Delete(), ended).Delete().Refusal!.Code.ShouldBe("unknown_window");
        Code(Fixed(now, now)).ShouldBe("bad_span");
        Code(Fixed(now - Hour, now)).ShouldBe("over_already");
        Code(new(MaintenanceKind.Flexible, now, now + Hour)).ShouldBe("bad_duration");
        Code(new(MaintenanceKind.Recurring, Weekly: "now and then")).ShouldBe("bad_recurrence");
        Code(new(MaintenanceKind.Recurring, Weekly: "sun 02:00 for 2h", TimeZone: "Mars/Base"))
            .ShouldBe("unknown_time_zone");
        MaintenanceWindow.Plan(Window, "Works", [], plan, null, now).Refusal!.Code.ShouldBe("bad_nodes");

        string Code(MaintenanceSchedule schedule) =>
            MaintenanceWindow.Plan(Window, "Works", nodes, schedule, null, now).Refusal!.Code;
    }

    private static MaintenanceWindow Folded(Decision decision, MaintenanceWindow? window = null) =>
        decision.Events.Aggregate(window ?? MaintenanceWindow.Initial, MaintenanceWindow.Evolve);

    private static World Shop() =>
        new World()
            .Group("shop")
            .Group("payments", "shop")
            .Leaf("api", "payments")
            .Leaf("queue", "payments")
            .Fold(new NodeStalenessChanged(NameId.Of(Guid.Empty, "api"), 365 * 24 * Hour))
            .Fold(new NodeStalenessChanged(NameId.Of(Guid.Empty, "queue"), 365 * 24 * Hour))
            .Report("api", "up")
            .Report("queue", "up");

    private static MaintenanceSchedule Fixed(DateTimeOffset from, DateTimeOffset to) =>
        new(MaintenanceKind.Fixed, from, to);

    private static void Plan(World world, MaintenanceSchedule schedule, string node) =>
        world.Fold(new MaintenanceScheduled(Window, "Works", [world[node]], schedule, "planned."));

    private static List<string> Edges(World world, int count)
    {
        var before = world.Transitions.Count;
        world.Fold(new NodeStalenessChanged(world["api"], TimeSpan.FromMinutes(90)));
        world.Tick(TimeSpan.FromDays(8));
        return
        [
            .. world
                .Transitions.Skip(before)
                .Where(t => t.NodeId == world["api"])
                .Take(count)
                .Select(t => $"{t.At.UtcDateTime:MM-dd HH:mm} {t.To}"),
        ];
    }
}
