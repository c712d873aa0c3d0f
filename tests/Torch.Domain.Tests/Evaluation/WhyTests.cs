using Torch.Domain.Checks;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>The lines of "Explain", one by one.</summary>
public sealed class WhyTests
{
    [Fact]
    public void Every_status_answers_why()
    {
        var world = Shop();
        foreach (var node in (string[])["shop", "payments", "db", "queue", "silent"])
            world.Sentence(node).ShouldStartWith($"{node} is {world.Status(node)} because ");
    }

    [Fact]
    public void The_rule_that_won_is_named_with_its_version()
    {
        var why = Shop().Evaluator.Explain(Shop()["payments"])!;
        why.Decider.ShouldBe("rule");
        why.RuleIndex.ShouldBe(1);
        why.RulesVersion.ShouldBe(1);
        why.Rules[1].Name.ShouldBeNull();
        why.Rules[1].Then.ShouldBe("critical");
    }

    [Fact]
    public void Each_clause_is_shown_with_true_or_false_and_its_actual_value()
    {
        var why = Shop().Evaluator.Explain(Shop()["payments"])!;
        why.Rules.Select(r => r.Result).ShouldBe([false, true]);
        why.Rules[0].Clauses.Single().ShouldBe(new("all children are down", "1 of 2", false));
        why.Rules[1].Clauses.Single().ShouldBe(new("any child is down", "1 of 2", true));
    }

    [Fact]
    public void The_children_that_decided_it_are_named_with_what_they_count_as()
    {
        var why = Shop().Evaluator.Explain(Shop()["payments"])!;
        why.DecidingChildren.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                c => c.Name.ShouldBe("db"),
                c => c.Status.ShouldBe("down"),
                c => c.CountsAs.ShouldBe("down")
            );
    }

    [Fact]
    public void Root_causes_go_down_to_the_observations()
    {
        var world = Shop();
        var cause = world.Evaluator.Explain(world["shop"])!.RootCauses.ShouldHaveSingleItem();
        cause.Path.ShouldBe([world["payments"], world["db"]]);
        cause.Observation!.Event.ShouldBeOfType<ReportReceived>().Message.ShouldBe("disk full");
        cause.Sentence.ShouldBe("db is down because the report said down: disk full.");
    }

    private static World Shop() =>
        new World()
            .Group("shop")
            .Group("payments", "shop")
            .Leaf("db", "payments")
            .Leaf("queue", "payments")
            .Leaf("silent")
            .Rules("payments", ("all children are down", "down"), ("any child is down", "critical"))
            .Report("queue", "up")
            .Report("db", "down", message: "disk full");
}
