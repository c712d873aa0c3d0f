namespace Torch.Domain.Tests.Evaluation;

public sealed class SentenceTests
{
    [Fact]
    public void A_rule_over_children_counts_and_names_them()
    {
        var world = new World().Group("Payments");
        foreach (var leaf in (string[])["Payments database", "Card API", "Queue", "Ledger", "Mail"])
            world.Leaf(leaf, "Payments").Report(leaf, "up");
        world.Rules("Payments", ("count(children where status >= critical) >= 2", "down"));
        world.Report("Card API", "critical").Report("Payments database", "down");

        world.Last("Payments").To.ShouldBe("down");
        world
            .Last("Payments")
            .Why.Sentence.ShouldBe(
                "Payments is down because 2 of 5 children that count are at least critical: Payments database and Card API."
            );
        world.Last("Payments").Why.Decider.ShouldBe("rule");
        world.Last("Payments").Why.Clauses.ShouldHaveSingleItem().Actual.ShouldBe("2 of 5");
        world.Last("Payments").Why.Children.ShouldBe([world["Payments database"], world["Card API"]]);
    }

    [Fact]
    public void A_failed_probe_says_its_cause()
    {
        var world = new World().Leaf("db1.pay primary");
        world.Probe("db1.pay primary", "down", cause: "refused", message: "connection refused", code: null);
        world
            .Sentence("db1.pay primary")
            .ShouldBe("db1.pay primary is down because the probe failed: connection refused (refused).");
    }

    [Fact]
    public void A_leaf_rule_shows_its_actual_value()
    {
        var world = new World().Leaf("Card API").Rules("Card API", ("latency.total > 500ms", "degraded"));
        world.Probe("Card API", "up", total: 812);
        world.Sentence("Card API").ShouldBe("Card API is degraded because latency.total is 812 ms, which is > 500 ms.");
    }

    [Fact]
    public void A_roll_up_names_the_worst()
    {
        var world = new World().Group("Shop").Leaf("A", "Shop").Leaf("B", "Shop").Report("A", "up");
        world.Report("B", "critical");
        world.Sentence("Shop").ShouldBe("Shop is critical because 1 of 2 children that count is critical: B.");
        world.Report("B", "up");
        world.Sentence("Shop").ShouldBe("Shop is up because all 2 children that count are up.");
    }
}
