using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>Reachability, not roll-up: what a dependency marks, and what it leaves alone.</summary>
public sealed class DependencyTests
{
    // The site hangs on the switch, and that on the router.
    private readonly World _world = new World()
        .Group("network")
        .Leaf("router", "network")
        .Leaf("switch", "network")
        .Group("site")
        .Leaf("till", "site")
        .Leaf("door", "site");

    public DependencyTests()
    {
        foreach (var leaf in (string[])["router", "switch", "till", "door"])
            _world.Report(leaf, "up");
        DependsOn("till", "switch");
        DependsOn("switch", "router");
    }

    [Fact]
    public void A_new_problem_is_suppressed_while_a_node_that_it_depends_on_is_not_available()
    {
        _world.Report("switch", "down").Report("till", "down");
        _world.Last("till").Suppressed.ShouldBe([_world["switch"]]);
        _world.Evaluator.Explain(_world["till"])!.SuppressedBy.ShouldBe([_world["switch"]]);
    }

    [Fact]
    public void A_node_depends_on_whatever_those_depend_on_that_it_depends_on()
    {
        _world.Report("router", "critical").Report("till", "down");
        _world.Last("till").Suppressed.ShouldBe([_world["router"]]);
        _world.Report("switch", "down").Report("till", "up").Report("till", "down");
        _world.Last("till").Suppressed.ShouldBe([_world["switch"], _world["router"]]);
    }

    [Fact]
    public void A_recovery_is_never_suppressed()
    {
        _world.Report("switch", "down").Report("till", "down");
        _world.Report("till", "degraded");
        _world.Last("till").Suppressed.ShouldBeNull();
        _world.Report("till", "up");
        _world.Last("till").Suppressed.ShouldBeNull();
        _world.Evaluator.Explain(_world["till"])!.SuppressedBy.ShouldBeEmpty();
    }

    [Fact]
    public void A_problem_that_was_there_before_is_not_suppressed()
    {
        _world.Report("till", "down").Report("switch", "down");
        _world.Last("till").Suppressed.ShouldBeNull();
        _world.Evaluator.Explain(_world["till"])!.SuppressedBy.ShouldBeEmpty();
    }

    [Fact]
    public void A_problem_is_its_own_again_once_what_it_depends_on_is_back()
    {
        _world.Report("switch", "down").Report("till", "down").Report("switch", "up");
        _world.Status("till").ShouldBe("down");
        _world.Evaluator.Explain(_world["till"])!.SuppressedBy.ShouldBeEmpty();
    }

    [Fact]
    public void Notices_are_suppressed_and_monitoring_never_is()
    {
        _world.Report("switch", "down").Report("till", "down").Report("till", "critical").Report("till", "up");
        _world
            .Transitions.Where(t => t.NodeId == _world["till"])
            .Select(t => t.To)
            .ShouldBe(["up", "down", "critical", "up"]);
    }

    [Fact]
    public void Children_keep_their_real_status()
    {
        DependsOn("site", "switch");
        _world.Report("switch", "down").Report("till", "down");
        _world.Status("till").ShouldBe("down");
        _world.Status("door").ShouldBe("up");
        _world.Status("site").ShouldBe("down");
        _world.Last("site").Suppressed.ShouldBe([_world["switch"]]);
    }

    [Fact]
    public void A_dependency_is_no_roll_up()
    {
        _world.Report("switch", "down");
        _world.Status("till").ShouldBe("up");
    }

    [Theory]
    [InlineData("degraded")]
    [InlineData("up")]
    public void An_available_node_suppresses_nothing(string status)
    {
        _world.Report("switch", status).Report("till", "down");
        _world.Last("till").Suppressed.ShouldBeNull();
    }

    [Fact]
    public void Two_that_fail_on_the_same_event_are_marked_whichever_is_judged_first()
    {
        var world = new World();
        foreach (var node in (string[])["a", "b"])
            world.Group(node);
        // Both show one check, and the dependant appears first.
        world
            .Fold(new NodeCheckChanged(world["a"], World.CheckOf("x")))
            .Fold(new NodeCheckChanged(world["b"], World.CheckOf("x")));
        world.Fold(new DependencyAdded(world["a"], world["b"])).Report("x", "up").Report("x", "down");
        world.Last("a").Suppressed.ShouldBe([world["b"]]);
        world.Last("b").Suppressed.ShouldBeNull();
    }

    [Fact]
    public void A_foreign_log_with_a_cycle_of_dependencies_does_not_hang_the_evaluator()
    {
        DependsOn("router", "till");
        DependsOn("till", "till");
        _world.Report("till", "down").Report("router", "down").Report("switch", "down");
        _world.Last("switch").Suppressed.ShouldBe([_world["router"]]);
        _world.Last("router").Suppressed.ShouldBeNull();
    }

    [Fact]
    public void A_dependency_ends_when_it_is_removed_or_either_node_is()
    {
        _world
            .Fold(new DependencyRemoved(_world["till"], _world["switch"]))
            .Report("switch", "down")
            .Report("till", "down");
        _world.Last("till").Suppressed.ShouldBeNull();

        _world.Report("till", "up");
        DependsOn("till", "switch");
        _world.Fold(new NodeRemoved(_world["switch"])).Report("router", "down").Report("till", "down");
        _world.Last("till").Suppressed.ShouldBeNull();
    }

    [Fact]
    public void Dependencies_and_their_marks_survive_a_snapshot()
    {
        _world.Report("switch", "down").Report("till", "down");
        var loaded = Evaluator.Load(_world.Evaluator.Save());
        loaded.Explain(_world["till"])!.SuppressedBy.ShouldBe([_world["switch"]]);
    }

    private void DependsOn(string node, string other) => _world.Fold(new DependencyAdded(_world[node], _world[other]));
}
