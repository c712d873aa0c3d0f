using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>Group rules as the specification lists them.</summary>
public sealed class GroupRuleTests
{
    // a is up, b (db) down, c (db, eu) degraded, d (web, eu) down, e up.
    [Theory]
    [InlineData("count(children where status is down) = 2", true)]
    [InlineData("count(children where status >= degraded) >= 4", false)]
    [InlineData("count(children where status <= degraded) < 4", true)]
    [InlineData("count(children where status in (up, down)) = 4", true)]
    [InlineData("percent(children where status at least down) = 40", true, true)]
    [InlineData("percent(children where status is down) = 40", true)]
    [InlineData("percent(children where status is down) > 40", false)]
    [InlineData("weight(children where status is down) = 6", true)]
    public void Count_percent_or_weight_with_a_status_at_least_at_most_or_in_a_set(
        string when,
        bool fires,
        bool refused = false
    )
    {
        if (refused)
            RuleText.Parse(when).Error.ShouldNotBeNull();
        else
            Fires(when).ShouldBe(fires);
    }

    [Theory]
    [InlineData("count(children where tag = \"db\" and tag = \"eu\": status is degraded) = 1", true)]
    [InlineData("count(children where tag = \"db\" or tag = \"web\": status is down) = 2", true)]
    [InlineData("all children where tag = \"web\" or name = \"b\" are down", true)]
    [InlineData("all children where (tag = \"web\" or name = \"b\") and not tag = \"eu\" are down", true)]
    [InlineData("any child where tag = \"eu\" and not (tag = \"web\" or tag = \"db\") is down", false)]
    [InlineData("any child where name matches /^[de]$/ and type is report is down", true)]
    [InlineData("any child where type is group is down", false)]
    public void Selectors_by_tag_type_or_name_pattern_joined_by_and_or_and_not(string when, bool fires) =>
        Fires(when).ShouldBe(fires);

    [Theory]
    [InlineData("any child where tag = \"db\" is critical or count(remaining children where status is down) = 1", true)]
    [InlineData("child(\"d\") is up or any remaining child is down", true)]
    [InlineData("child(\"d\") is up or child(\"b\") is up or any remaining child is down", false)]
    [InlineData("any child is critical or count(remaining children where status is down) = 2", true)]
    [InlineData(
        "any remaining child where tag = \"eu\" is up or all remaining children where tag = \"db\" are down",
        true
    )]
    [InlineData("percent(remaining children where tag = \"db\": status is down) = 50", true)]
    [InlineData("child(\"a\") is down or child(\"e\") is down or no remaining child is up", true)]
    public void Remaining_children_are_those_whom_no_earlier_clause_has_picked_out(string when, bool fires) =>
        Fires(when).ShouldBe(fires);

    [Fact]
    public void Earlier_rules_pick_out_children_too()
    {
        var world = Five();
        world.Rules(
            "G",
            ("all children where tag = \"db\" are down", "critical"),
            ("any remaining child is down", "degraded")
        );
        world.Status("G").ShouldBe("degraded");
        world.Sentence("G").ShouldContain("1 of 3 remaining children that count is down: d");
        world.Report("d", "up").Status("G").ShouldBe("down"); // by its roll-up: b is still down
    }

    [Fact]
    public void A_child_that_comes_to_be_picked_out_is_no_longer_among_the_remaining()
    {
        var world = Five();
        world.Rules(
            "G",
            "best",
            ("any child where tag = \"db\" is critical or any remaining child is down", "degraded")
        );
        world.Status("G").ShouldBe("degraded");
        world.Fold(new Torch.Domain.Nodes.NodeTagged(world["d"], ["db"])).Status("G").ShouldBe("up");
    }

    [Theory]
    [InlineData("child(\"b\").status in {critical, down}", true)]
    [InlineData("child(\"sub/x\") is down", false)]
    public void Named_children(string when, bool fires) => Fires(when).ShouldBe(fires);

    [Theory]
    [InlineData("(any child is down and all children >= up) and not (no child is up or all children are down)", true)]
    [InlineData("not (any child where tag = \"db\" is down and not all children where tag = \"db\" are down)", false)]
    public void All_any_none_and_not_nest_at_will(string when, bool fires) => Fires(when).ShouldBe(fires);

    [Theory]
    [InlineData("as-is", "down")]
    [InlineData("lower 1", "critical")]
    [InlineData("lower 2", "degraded")]
    [InlineData("raise 1", "down")]
    [InlineData("cap degraded", "degraded")]
    [InlineData("fixed critical", "critical")]
    [InlineData("ignore", "unknown")]
    [InlineData("map down=degraded,degraded=up", "degraded")]
    public void Contribution_over_its_edge(string contribution, string status)
    {
        var world = new World().Group("G").Leaf("a", "G").Report("a", "down");
        world.Link("G", "a", contribution: contribution).Status("G").ShouldBe(status);
    }

    [Fact]
    public void A_required_child_that_is_not_available_takes_the_group_down_whatever_its_rules_say()
    {
        var world = Five().Rules("G", ("any child is down", "degraded"));
        world.Link("G", "b", required: true).Status("G").ShouldBe("down");
        world.Sentence("G").ShouldContain("it requires b, which is down");
        world.Report("b", "degraded").Status("G").ShouldBe("degraded");
    }

    [Fact]
    public void Ignored_neutral_and_excluded_children_leave_the_denominator()
    {
        var world = Five().Rules("G", "best", ("percent(children where status is down) >= 50", "critical"));
        world.Status("G").ShouldBe("up");
        world.Link("G", "e", contribution: "ignore").Status("G").ShouldBe("critical");
        world.Link("G", "e").Status("G").ShouldBe("up");
        world.Fold(new Torch.Domain.Nodes.NodePaused(world["e"], null)).Status("G").ShouldBe("critical");
    }

    [Theory]
    [InlineData("first", "degraded")]
    [InlineData("worst", "critical")]
    public void First_match_wins_or_where_the_node_says_so_the_worst_of_all_that_match(string match, string status)
    {
        var rules = World.Set(
            "worst",
            new Rule(World.Parse("any child is up"), "degraded"),
            new Rule(World.Parse("any child is down"), "critical")
        );
        var policy = match == "first" ? MatchPolicy.First : MatchPolicy.Worst;
        Five().Publish("G", rules with { Match = policy }).Status("G").ShouldBe(status);
    }

    [Theory]
    [InlineData("percent(children where status is down) > 33", true)]
    [InlineData("percent(children where status is down) >= 34", false)]
    [InlineData("percent(children where status is down) = 33", false)]
    [InlineData("percent(children where status is down) > 33.33", true)]
    [InlineData("percent(children where status is down) >= 33.34", false)]
    public void Percent_is_exact_and_never_a_truncated_division(string when, bool fires)
    {
        var world = new World().Group("g").Leaf("a", "g").Leaf("b", "g").Leaf("c", "g").Rules("g", (when, "critical"));
        world.Report("a", "down").Report("b", "up").Report("c", "up");
        (world.Status("g") == "critical").ShouldBe(fires);
    }

    [Theory]
    [InlineData("count(children where tag = \"none\": status is up) < 1")]
    [InlineData("percent(children where tag = \"none\": status is up) < 1")]
    [InlineData("all children where tag = \"none\" are down")]
    [InlineData("no child where tag = \"none\" is up")]
    [InlineData("child(\"nobody\") is not up")]
    public void An_empty_set_never_fires_a_rule(string when) => Fires(when).ShouldBeFalse();

    private static bool Fires(string when) =>
        Five().Rules("G", "fixed up", (when, "critical")).Status("G") == "critical";

    private static World Five()
    {
        var world = new World().Group("G").Leaf("a", "G").Leaf("b", "G", "db").Leaf("c", "G", "db", "eu");
        world.Leaf("d", "G", "web", "eu").Leaf("e", "G").Link("G", "b", weight: 4).Link("G", "d", weight: 2);
        return world
            .Report("a", "up")
            .Report("b", "down")
            .Report("c", "degraded")
            .Report("d", "down")
            .Report("e", "up");
    }
}
