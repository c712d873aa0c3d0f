using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>Statuses are data: the evaluator's catalogue follows their events, and ranks move.</summary>
public sealed class OwnStatusTests
{
    private readonly World _world = new World()
        .Group("shop")
        .Leaf("api", "shop")
        .Leaf("queue", "shop")
        .Report("api", "up")
        .Report("queue", "degraded");

    [Fact]
    public void Ranks_move_and_every_status_stays_what_it_was()
    {
        var before = _world.Transitions.Count;
        Define("slow", 5);
        Define("odd", 35);
        _world.Transitions.Count.ShouldBe(before);
        _world.Status("shop").ShouldBe("degraded");
        _world.Report("api", "down").Status("shop").ShouldBe("down");
        _world.Report("api", "up").Status("shop").ShouldBe("degraded");
    }

    [Fact]
    public void A_rule_gives_a_workspaces_own_status_and_parents_roll_it_up()
    {
        Define("slow", 15);
        var statuses = _world.Evaluator.Statuses;
        var when = RuleText.Parse("value > 10", statuses).Condition!;
        _world.Publish("api", new([new(when, "slow")], RollUp.Worst, MatchPolicy.First));
        _world.Report("api", "up", 11);
        _world.Status("api").ShouldBe("slow");
        _world.Status("shop").ShouldBe("slow");
        _world.Sentence("shop").ShouldContain("slow");
    }

    [Fact]
    public void Another_severity_takes_effect_at_once()
    {
        Define("slow", 5);
        _world.Report("api", "slow");
        _world.Status("shop").ShouldBe("degraded");
        _world.Fold(new StatusChanged("slow", "Slow", 50, false, "square", "#112233"));
        _world.Status("shop").ShouldBe("slow");
        _world.Last("shop").From.ShouldBe("degraded");
    }

    [Fact]
    public void A_status_that_nobody_has_costs_a_large_tree_little()
    {
        for (var i = 0; i < 5_000; i++)
            _world.Leaf($"l{i}", "shop").Report($"l{i}", "up");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Define("slow", 15);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_500_000);
        _world.Status("shop").ShouldBe("degraded");
    }

    [Fact]
    public void What_rules_look_for_is_not_compiled_again_for_a_status()
    {
        var when = RuleText.Parse("message matches /^time ?out of [0-9]{3}/", StatusCatalog.AnyName).Condition!;
        for (var i = 0; i < 200; i++)
            _world.Leaf($"l{i}", "shop").Publish($"l{i}", RuleSet.Empty with { Rules = [new(when, "down")] });
        var before = GC.GetAllocatedBytesForCurrentThread();
        Define("slow", 15);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(500_000);
    }

    [Fact]
    public void What_was_reported_counts_once_there_is_such_a_status()
    {
        _world.Report("api", "slow").Status("api").ShouldBe("unknown");
        Define("slow", 15);
        _world.Status("api").ShouldBe("slow");
        _world.Status("shop").ShouldBe("slow");
    }

    [Fact]
    public void A_removed_status_is_unknown_and_history_keeps_its_name()
    {
        Define("slow", 50);
        _world.Report("api", "slow").Fold(new StatusRemoved("slow"));
        _world.Status("api").ShouldBe("unknown");
        _world.Last("api").From.ShouldBe("slow");
    }

    [Fact]
    public void A_foreign_log_may_name_statuses_that_nobody_has_defined()
    {
        var when = RuleText.Parse("any child >= nowhere", StatusCatalog.AnyName).Condition!;
        RollUp.TryParse("fixed nowhere", out var rollUp, StatusCatalog.AnyName).ShouldBeTrue();
        _world.Publish("shop", new([new(when, "nowhere")], rollUp!, MatchPolicy.First));
        _world.Status("shop").ShouldBe("unknown");
    }

    [Fact]
    public void A_snapshot_carries_the_catalogue()
    {
        Define("slow", 15);
        _world.Report("api", "slow");
        var loaded = Evaluator.Load(_world.Evaluator.Save());
        loaded.Statuses.Find("slow")!.Severity.ShouldBe(15);
        loaded.Explain(_world["shop"])!.Status.ShouldBe("slow");
    }

    [Fact]
    public void Dependencies_timings_and_marks_survive_the_move()
    {
        _world.Fold(new DependencyAdded(_world["api"], _world["queue"]));
        Define("slow", 5);
        _world.Report("queue", "down").Report("api", "down");
        _world.Last("api").Suppressed.ShouldBe([_world["queue"]]);
        Define("odd", 35);
        _world.Evaluator.Explain(_world["api"])!.SuppressedBy.ShouldBe([_world["queue"]]);
    }

    private void Define(string name, int severity) =>
        _world.Fold(new StatusDefined(name, name, severity, severity < 20, "triangle", "#aa8800"));
}
