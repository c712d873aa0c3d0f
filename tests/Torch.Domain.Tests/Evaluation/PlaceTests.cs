using Torch.Domain.Checks;
using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>What is shown of a check that runs from several locations.</summary>
public sealed class PlaceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(null, 1)]
    [InlineData("any", 1)]
    [InlineData("2", 2)]
    [InlineData("all", 3)]
    public void A_leaf_is_down_when_as_many_locations_as_decide_find_it_so(string? decide, int needed)
    {
        var world = Site(decide);
        string[] places = ["berlin", "default", "oslo"];
        foreach (var place in places)
            From(world, place, "up");
        for (var down = 1; down <= 3; down++)
            From(world, places[down - 1], "down").Status("site").ShouldBe(down >= needed ? "down" : "up");
    }

    [Fact]
    public void It_says_how_many_locations_find_it_so_and_what_each_finds()
    {
        var world = Site("2");
        From(world, "berlin", "down");
        From(world, "default", "up");
        From(world, "oslo", "down");
        var why = world.Evaluator.Explain(world["site"])!;
        why.Sentence.ShouldBe(
            "site is down because 2 of 3 locations find it so (berlin and oslo): the probe failed (refused)."
        );
        world.Last("site").Why.Sentence.ShouldBe(why.Sentence);
        why.Locations.Select(l => $"{l.Location} {l.Status}: {l.Because}")
            .ShouldBe([
                "berlin down: the probe failed (refused)",
                "default up: the probe succeeded",
                "oslo down: the probe failed (refused)",
            ]);
        why.RootCauses.ShouldHaveSingleItem()
            .Observation!.Event.ShouldBeOfType<ProbeCompleted>()
            .Location.ShouldBe("berlin");
    }

    [Fact]
    public void A_location_that_is_silent_for_too_long_says_nothing()
    {
        var world = Site("all");
        From(world, "berlin", "up");
        From(world, "oslo", "up");
        From(world.After(20 * Minute), "default", "down").Status("site").ShouldBe("up");
        world.Tick(10 * Minute).Status("site").ShouldBe("down");
        world.Tick(20 * Minute).Status("site").ShouldBe("expired");
    }

    [Fact]
    public void Rules_count_and_time_per_location()
    {
        var world = Site("any").Rules("site", ("latency.total > 500ms for 2 checks", "degraded"));
        From(world, "berlin", "up", 900);
        From(world, "oslo", "up", 900).Status("site").ShouldBe("up");
        From(world, "oslo", "up", 900).Status("site").ShouldBe("degraded");
        world.Evaluator.Explain(world["site"])!.Rules.ShouldHaveSingleItem().Result.ShouldBe(true);
        world.Sentence("site").ShouldContain("1 of 3 locations finds it so (oslo)");
    }

    [Fact]
    public void A_draft_is_tried_per_location_and_leaves_everything_as_it_was()
    {
        var world = Site("all");
        From(world, "berlin", "up", 900);
        From(world, "oslo", "up", 100);
        var draft = new RuleSet(
            [new(World.Parse("latency.total > 500ms"), "degraded")],
            RollUp.Worst,
            MatchPolicy.First
        );
        world.Evaluator.Try(world["site"], draft)!.Status.ShouldBe("up");
        From(world, "oslo", "up", 900);
        world.Evaluator.Try(world["site"], draft)!.Status.ShouldBe("degraded");
        world.Status("site").ShouldBe("up");
    }

    [Fact]
    public void Locations_that_stay_keep_what_they_know_when_others_come_and_go()
    {
        var world = Site("any");
        From(world, "berlin", "down");
        From(world, "oslo", "up");
        world.Fold(Changed(["default", "oslo"], "any")).Status("site").ShouldBe("up");
        world.Fold(Changed(null, null)).Status("site").ShouldBe("up");
        From(world, "default", "down").Status("site").ShouldBe("down");
        world.Fold(Changed(["default", "oslo"], "all")).Status("site").ShouldBe("down");
        From(world, "oslo", "up").Status("site").ShouldBe("up");
    }

    [Fact]
    public void Results_of_several_locations_in_any_order_are_late_only_where_they_change_something()
    {
        var world = Site("any");
        From(world, "berlin", "up");
        From(world, "oslo", "up");
        world.After(Minute);
        From(world, "berlin", "up");
        From(world, "oslo", "up", at: world.Now - TimeSpan.FromSeconds(20));
        world.Evaluator.Late.ShouldBeEmpty();
        From(world, "oslo", "down", at: world.Now - TimeSpan.FromSeconds(10)).Status("site").ShouldBe("down");
        world.Evaluator.Late.ShouldHaveSingleItem();
    }

    [Fact]
    public void Lost_results_concern_the_location_that_lost_them()
    {
        var world = Site("all");
        From(world, "berlin", "down");
        From(world, "oslo", "up").After(Minute);
        world.Fold(new ResultsLost(World.CheckOf("site"), Guid.NewGuid(), world.Now, world.Now, 3, "full", "oslo"));
        world.Status("site").ShouldBe("down");
        From(world.After(Minute), "oslo", "up").Status("site").ShouldBe("up");
    }

    [Fact]
    public void While_no_location_has_an_agent_a_leaf_is_unknown()
    {
        var world = Site("any");
        From(world, "berlin", "up");
        world.Fold(new GapBegan(World.CheckOf("site"), "no agent is live in berlin or oslo"));
        world.Status("site").ShouldBe("unknown");
        world.Fold(new GapEnded(World.CheckOf("site")));
        From(world.After(Minute), "oslo", "down").Status("site").ShouldBe("down");
    }

    [Fact]
    public void A_location_that_has_nobody_hides_no_fault_of_the_others_until_it_has_looked_again()
    {
        var world = Site("all");
        From(world, "berlin", "down");
        From(world, "oslo", "up").Status("site").ShouldBe("up");
        world.Fold(new GapBegan(World.CheckOf("site"), "no agent is live in oslo", "oslo"));
        world.Status("site").ShouldBe("down");
        world.After(Minute).Fold(new GapEnded(World.CheckOf("site"), "oslo")).Status("site").ShouldBe("down");
        From(world.After(Minute), "oslo", "up").Status("site").ShouldBe("up");
    }

    [Fact]
    public void A_gap_of_a_location_becomes_one_of_all_and_the_other_way_round()
    {
        var (world, check) = (Site("any"), World.CheckOf("site"));
        From(world, "berlin", "up");
        From(world, "oslo", "down");
        world.Fold(new GapBegan(check, "no agent is live in oslo", "oslo")).Status("site").ShouldBe("up");
        world.Fold(new GapEnded(check, "oslo")).Fold(new GapBegan(check, "no agent is live"));
        world.Status("site").ShouldBe("unknown");
        world.Fold(new GapEnded(check)).Fold(new GapBegan(check, "no agent is live in oslo", "oslo"));
        From(world.After(Minute), "berlin", "up").Status("site").ShouldBe("up");
    }

    private static World Site(string? decide) =>
        new World().Leaf("site").Fold(Changed(["berlin", "default", "oslo"], decide));

    private static CheckChanged Changed(string[]? locations, string? decide) =>
        new(World.CheckOf("site"), new("site", CheckKind.Http, Interval: Minute, Locations: locations, Decide: decide));

    private static World From(
        World world,
        string place,
        string outcome,
        double total = 20,
        DateTimeOffset? at = null
    ) =>
        world.Fold(
            new ProbeCompleted(
                World.CheckOf("site"),
                Guid.Empty,
                at ?? world.Now,
                outcome,
                outcome == "up" ? null : "refused",
                null,
                200,
                "1.1",
                null,
                new(1, 2, null, 10, 1, total),
                null,
                null,
                null,
                null,
                0,
                "rack",
                Location: place == "default" ? null : place
            )
        );
}
