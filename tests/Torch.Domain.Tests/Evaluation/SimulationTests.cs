using Torch.Domain.Evaluation;
using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Evaluation;

public sealed class SimulationTests
{
    [Fact]
    public void Assumed_statuses_show_the_tree_as_it_would_be()
    {
        var world = Shop();
        var changes = Simulated(world, "shop", ("db", "down"));
        changes
            .Select(c => (c.Name, c.From, c.To, c.IsAssumed))
            .ShouldBe([
                ("db", "up", "down", true),
                ("payments", "up", "critical", false),
                ("shop", "up", "critical", false),
            ]);
        changes[0].Sentence.ShouldBe("db is assumed to be down.");
        changes[1].Sentence.ShouldBe("payments is critical because 1 of 2 children that count is down: db.");
        world.Status("shop").ShouldBe("up");
    }

    [Fact]
    public void An_assumption_lets_durations_come_to_their_end_and_says_how_long_they_take()
    {
        var world = Shop();
        var rule = new Rule(World.Parse("any child is critical"), "down", 1, TimeSpan.FromMinutes(10));
        world.Publish("shop", World.Set("fixed up", rule));
        Simulated(world, "shop", ("db", "down"))
            .Last()
            .ShouldSatisfyAllConditions(c => c.To.ShouldBe("down"), c => c.After.ShouldBe(TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void What_happens_anyway_does_not_follow_from_an_assumption()
    {
        var world = Shop().After(TimeSpan.FromSeconds(1));
        var rule = new Rule(World.Parse("any child is up"), "degraded", 1, TimeSpan.FromMinutes(10));
        world.Publish("shop", World.Set("fixed up", rule));
        Simulated(world, "shop", ("db", "degraded")).Select(c => c.Name).ShouldBe(["db", "payments"]);
    }

    [Fact]
    public void An_assumed_group_stays_as_it_is_assumed_whatever_its_children_are()
    {
        var world = Shop();
        var changes = Simulated(world, "shop", ("payments", "up"), ("db", "down"));
        changes.Select(c => c.Name).ShouldBe(["db"]);
    }

    [Fact]
    public void What_stands_elsewhere_or_is_no_status_cannot_be_assumed()
    {
        var world = Shop().Group("other");
        Of(world, "shop", ("other", "down")).Refusal!.Code.ShouldBe("not_below");
        Of(world, "shop", ("db", "wobbly")).Refusal!.Code.ShouldBe("unknown_status");
        Of(world, "shop", ("db", "down")).Refusal.ShouldBeNull();
    }

    private static World Shop() =>
        new World()
            .Group("shop")
            .Group("payments", "shop")
            .Leaf("db", "payments")
            .Leaf("queue", "payments")
            .Rules("payments", ("any child is down", "critical"))
            .Report("db", "up")
            .Report("queue", "up");

    private static Simulation Of(World world, string top, params (string Node, string Status)[] assumed) =>
        new(world.Evaluator, world[top], assumed.ToDictionary(a => world[a.Node], a => a.Status));

    private static IReadOnlyList<SimulatedChange> Simulated(
        World world,
        string top,
        params (string Node, string Status)[] assumed
    ) => Of(world, top, assumed).Run();
}
