using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Evaluation;

public sealed class MoveSimulationTests
{
    [Fact]
    public void A_move_changes_those_above_both_places_and_nothing_that_is_real()
    {
        var world = Shop();
        Moved(world, new ChildUnlinked(world["payments"], world["db"]), Linked(world, "search", "db"))
            .Select(c => (c.Name, c.From, c.To))
            .ShouldBe([("payments", "down", "up"), ("search", "up", "down")], ignoreOrder: true);
        world.Status("payments").ShouldBe("down");
        world.Status("search").ShouldBe("up");
    }

    [Fact]
    public void A_second_parent_takes_what_the_node_is_and_the_first_keeps_it()
    {
        var world = Shop();
        Moved(world, Linked(world, "search", "db")).Select(c => (c.Name, c.To)).ShouldBe([("search", "down")]);
    }

    [Fact]
    public void A_move_lets_durations_come_to_their_end()
    {
        var world = Shop();
        var rule = new Rule(World.Parse("any child is down"), "critical", 1, TimeSpan.FromMinutes(10));
        world.Publish("search", World.Set("fixed up", rule));
        Moved(world, Linked(world, "search", "db"))
            .Single()
            .ShouldSatisfyAllConditions(
                c => c.To.ShouldBe("critical"),
                c => c.After.ShouldBe(TimeSpan.FromMinutes(10))
            );
    }

    [Fact]
    public void A_move_that_makes_no_difference_tells_none()
    {
        var world = Shop().Leaf("cache", "payments").Report("cache", "up");
        Moved(world, Linked(world, "search", "cache")).ShouldBeEmpty();
    }

    [Fact]
    public void What_caused_a_status_is_told_from_the_roots_down_each_node_once()
    {
        var world = Shop().Link("search", "db");
        var graph = world.Evaluator.CausesOf(world["shop"], 100)!;
        graph.Nodes.Select(n => n.Name).ShouldBe(["shop", "payments", "search", "db"], ignoreOrder: true);
        graph.Nodes.Single(n => n.IsCause).Name.ShouldBe("db");
        graph.Nodes.Single(n => n.Name == "payments").OtherCalm.ShouldBe(1);
        graph.Edges.Count.ShouldBe(4);
        graph.Edges.ShouldAllBe(e => e.Decides);
        graph.IsCut.ShouldBeFalse();
    }

    [Fact]
    public void Of_a_node_in_the_middle_those_above_it_are_told_too()
    {
        var world = Shop();
        var graph = world.Evaluator.CausesOf(world["search"], 100)!;
        graph.Nodes.Select(n => n.Name).ShouldBe(["search", "shop"]);
        graph.Edges.Single().Decides.ShouldBeFalse();
        graph.Nodes[1].OtherProblems.ShouldBe(1);
        world.Evaluator.CausesOf(world["shop"], 2)!.IsCut.ShouldBeTrue();
        world.Evaluator.CausesOf(world["nowhere"], 2).ShouldBeNull();
    }

    private static World Shop() =>
        new World()
            .Group("shop")
            .Group("payments", "shop")
            .Group("search", "shop")
            .Leaf("db", "payments")
            .Leaf("queue", "payments")
            .Leaf("index", "search")
            .Report("queue", "up")
            .Report("index", "up")
            .Report("db", "down");

    private static ChildLinked Linked(World world, string parent, string child) =>
        new(world[parent], world[child], 1, false, "as-is");

    private static IReadOnlyList<SimulatedChange> Moved(World world, params IEvent[] edges) =>
        new MoveSimulation(world.Evaluator, edges).Run();
}
