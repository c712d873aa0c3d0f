using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Tests.Evaluation;

public sealed class TimingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Soft_and_hard_a_worse_status_counts_after_so_many_attempts_in_a_row()
    {
        var world = Leaf(new(Attempts: 3)).Report("L", "up").After(Minute).Report("L", "down").After(Minute);
        world.Report("L", "down").Status("L").ShouldBe("up");
        world.After(Minute).Report("L", "down").Status("L").ShouldBe("down");
        world.Last("L").At.ShouldBe(world.Now);
    }

    [Fact]
    public void One_good_result_begins_the_attempts_anew()
    {
        var world = Leaf(new(Attempts: 2)).Report("L", "up").Report("L", "down").Report("L", "up").Report("L", "down");
        world.Status("L").ShouldBe("up");
        world.Report("L", "down").Status("L").ShouldBe("down");
    }

    [Fact]
    public void The_last_of_several_worse_statuses_is_the_one_that_counts()
    {
        var world = Leaf(new(Attempts: 3)).Report("L", "up").Report("L", "degraded").Report("L", "critical");
        world.Report("L", "degraded").Status("L").ShouldBe("degraded");
    }

    [Fact]
    public void Soft_and_hard_a_worse_status_counts_after_it_has_held_for_so_long_exactly()
    {
        var world = Leaf(new(For: Minute)).Report("L", "up").After(Minute).Report("L", "down");
        var since = world.Now;
        world.Evaluator.NextDeadline.ShouldBe(since + Minute);
        world.After(40 * Second).Report("L", "down").Status("L").ShouldBe("up");
        world.Tick(5 * Minute).Last("L").At.ShouldBe(since + Minute);
    }

    [Fact]
    public void Attempts_and_a_duration_must_both_be_met()
    {
        var world = Leaf(new(Attempts: 3, For: Minute)).Report("L", "up").Report("L", "down").Report("L", "down");
        world.Tick(2 * Minute).Status("L").ShouldBe("up");
        world
            .Report("L", "down")
            .Last("L")
            .ShouldSatisfyAllConditions(t => t.To.ShouldBe("down"), t => t.At.ShouldBe(world.Now));
    }

    [Fact]
    public void The_same_for_recovery_apart_from_what_makes_it_worse()
    {
        var world = Leaf(new(RecoveryAttempts: 2, RecoveryFor: 2 * Minute)).Report("L", "up").Report("L", "down");
        world.Status("L").ShouldBe("down");
        world.Report("L", "up").After(Minute).Report("L", "up").Status("L").ShouldBe("down");
        world.Tick(3 * Minute).Status("L").ShouldBe("up");
        world.Last("L").At.ShouldBe(World.Start + 2 * Minute);
    }

    [Fact]
    public void Hold_down_keeps_a_better_status_from_counting_for_so_long_after_a_change_to_a_worse_one()
    {
        var world = Leaf(new(HoldDown: 5 * Minute)).Report("L", "up").Report("L", "down");
        world.After(Minute).Report("L", "up").Status("L").ShouldBe("down");
        world.Sentence("L").ShouldBe("L is down because it is held down: would be up in 4 min.");
        world.Tick(10 * Minute).Last("L").At.ShouldBe(World.Start + 5 * Minute);
        world.Status("L").ShouldBe("up");
    }

    [Fact]
    public void Attempts_do_not_wait_for_results_that_silence_never_brings()
    {
        var world = Leaf(new(Attempts: 3), ("age > 5m", "critical")).Report("L", "up");
        world.Tick(6 * Minute).Status("L").ShouldBe("critical");
    }

    [Fact]
    public void Missing_data_is_not_damped_and_neither_is_the_first_good_result_after_it()
    {
        var world = Leaf(new(Attempts: 3, For: Minute, RecoveryAttempts: 3));
        world.Report("L", "up").Status("L").ShouldBe("up");
        world.Tick(30 * Minute).Status("L").ShouldBe("expired");
        world.Report("L", "up").Status("L").ShouldBe("up");
    }

    [Fact]
    public void A_bad_result_after_missing_data_is_damped()
    {
        var world = Leaf(new(Attempts: 2)).Report("L", "down");
        world.Status("L").ShouldBe("unknown");
        world.Report("L", "down").Status("L").ShouldBe("down");
    }

    [Fact]
    public void A_group_is_damped_as_a_whole_by_durations()
    {
        var world = new World().Group("G").Leaf("a", "G").Leaf("b", "G").Report("a", "up").Report("b", "up");
        world.Publish("G", Set(new(For: Minute, RecoveryFor: Minute)));
        world.After(Minute).Report("a", "down").After(30 * Second).Report("b", "down").Report("a", "up");
        world.Status("G").ShouldBe("up");
        world.Tick(2 * Minute).Last("G").At.ShouldBe(World.Start + 2 * Minute);
    }

    [Fact]
    public void What_is_soft_is_visible_and_so_is_what_the_rules_say_beneath()
    {
        var world = Leaf(new(Attempts: 3, For: Minute))
            .Report("L", "up")
            .Report("L", "down")
            .After(20 * Second)
            .Report("L", "down");
        var why = world.Evaluator.Explain(world["L"])!;
        why.Decider.ShouldBe("timing");
        why.Sentence.ShouldBe(
            "L is up because down does not count yet: down for 2 of 3 attempts, would be down in 40 s."
        );
        why.Pending.ShouldBe(new("down", 2, 3, null));
        why.Underneath.ShouldBe(new("down", "check", "L is down because the report said down."));
        world.Report("L", "down");
        world.Evaluator.Explain(world["L"])!.Pending.ShouldBe(new("down", 3, 3, World.Start + Minute));
    }

    [Fact]
    public void A_new_timing_takes_over_what_is_soft()
    {
        var world = Leaf(new(Attempts: 5)).Report("L", "up").Report("L", "down").Report("L", "down");
        world.Publish("L", Set(new(Attempts: 2))).Status("L").ShouldBe("down");
        world.Report("L", "up").Report("L", "down").Publish("L", RuleSet.Empty).Status("L").ShouldBe("down");
    }

    [Fact]
    public void Flapping_over_the_last_20_results_starts_above_30_percent_and_ends_at_or_below_25()
    {
        var world = Leaf(new(Flapping: new()));
        for (var i = 0; i < 40; i++)
            world.After(Minute).Report("L", "up");
        // Six changes in a row weigh 1.18 + 1.16 + ... + 1.08 of 20, 33.9 %; five weigh 28.5 %.
        for (var i = 0; i < 5; i++)
            world.After(Minute).Report("L", i % 2 == 0 ? "down" : "up");
        IsFlapping(world, "L").ShouldBeFalse();
        world.After(Minute).Report("L", "up");
        IsFlapping(world, "L").ShouldBeTrue();
        var marked = world.Marked.Single();
        marked.ShouldBe(new NodeMarked(world["L"], world.Now, new(Flapping: true), marked.Position));
        marked.Position.ShouldNotBeNull();
        // Each quiet result makes them weigh 0.6 % less: 25.5 % after fourteen; the next one pushes the oldest change out.
        for (var i = 0; i < 14; i++)
            world.After(Minute).Report("L", "up");
        IsFlapping(world, "L").ShouldBeTrue();
        world.After(Minute).Report("L", "up");
        IsFlapping(world, "L").ShouldBeFalse();
        world.Marked[^1].Marks.ShouldBe(Marks.None);
    }

    [Fact]
    public void Flapping_counts_soft_results_too()
    {
        var world = Leaf(new(Attempts: 3, Flapping: new()));
        for (var i = 0; i < 20; i++)
            world.Report("L", i % 2 == 0 ? "up" : "down");
        world.Status("L").ShouldBe("up");
        IsFlapping(world, "L").ShouldBeTrue();
    }

    [Fact]
    public void A_group_is_looked_at_once_a_minute_and_ceases_to_flap_by_time_alone()
    {
        var world = new World().Group("G").Leaf("a", "G").Report("a", "up").Publish("G", Set(new(Flapping: new())));
        for (var i = 0; i < 40; i++)
            world.After(Second).Report("a", i % 2 == 0 ? "down" : "up");
        IsFlapping(world, "G").ShouldBeFalse();
        for (var i = 0; i < 7; i++)
            world.After(Minute).Report("a", i % 2 == 0 ? "down" : "up");
        IsFlapping(world, "G").ShouldBeTrue();
        world.Tick(TimeSpan.FromHours(1));
        IsFlapping(world, "G").ShouldBeFalse();
        (world.Marked[^1].At - world.Marked[0].At).ShouldBeInRange(10 * Minute, 20 * Minute);
    }

    [Theory]
    [InlineData("/timing/attempts")]
    [InlineData("/timing/recoveryAttempts")]
    [InlineData("/timing/for")]
    [InlineData("/timing/recoveryFor")]
    [InlineData("/timing/holdDown")]
    [InlineData("/timing/flapping/start")]
    [InlineData("/timing/flapping/stop")]
    public void A_contradictory_timing_is_refused_with_its_member(string pointer)
    {
        var week = TimeSpan.FromDays(8);
        var timing = pointer switch
        {
            "/timing/attempts" => new Timing(Attempts: 101),
            "/timing/recoveryAttempts" => new(RecoveryAttempts: 0),
            "/timing/for" => new(For: week),
            "/timing/recoveryFor" => new(RecoveryFor: -Minute),
            "/timing/holdDown" => new(HoldDown: week),
            "/timing/flapping/start" => new(Flapping: new(Start: 100)),
            _ => new(Flapping: new(Start: 20, Stop: 25)),
        };
        RuleValidation.Check(Set(timing), isLeaf: true).ShouldHaveSingleItem().Pointer.ShouldBe(pointer);
    }

    [Fact]
    public void Attempts_on_a_group_are_refused() =>
        RuleValidation
            .Check(Set(new(Attempts: 2)), isLeaf: false)
            .ShouldHaveSingleItem()
            .Pointer.ShouldBe("/timing/attempts");

    [Fact]
    public void Staleness_per_node_overrides_the_checks_and_takes_effect_at_its_own_time()
    {
        var world = new World()
            .Leaf("L")
            .Fold(new NodeStalenessChanged(NameId.Of(Guid.Empty, "L"), 5 * Minute))
            .Report("L", "up");
        world
            .Tick(TimeSpan.FromHours(1))
            .Last("L")
            .ShouldSatisfyAllConditions(
                t => t.To.ShouldBe(StatusCatalog.Expired),
                t => t.At.ShouldBe(World.Start + 5 * Minute)
            );
    }

    private static World Leaf(Timing timing, params (string When, string Then)[] rules) =>
        new World()
            .Leaf("L")
            .Publish("L", Set(timing) with { Rules = [.. rules.Select(r => new Rule(World.Parse(r.When), r.Then))] });

    private static RuleSet Set(Timing timing) => RuleSet.Empty with { Timing = timing };

    private static bool IsFlapping(World world, string node) =>
        world.Evaluator.Explain(world[node])!.Marks?.Flapping == true;
}
