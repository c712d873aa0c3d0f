using System.Globalization;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>What people may publish is judged in no time, however far they go: each of these once took longer than anybody waits.</summary>
public sealed class VastTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_condition_held_within_another_at_every_level_is_asked_once()
    {
        var text = "value > 1 for 2 checks";
        for (var level = 0; level < 45; level++)
            text = $"({text}) for 2 checks";
        var world = await WithinAsync(() =>
        {
            var world = new World().Leaf("a").Publish("a", Rules(text));
            return world.Report("a", "up", 5).Report("a", "up", 5);
        });
        world.Status("a").ShouldBe("up");
    }

    [Fact]
    public async Task Ranges_that_overlap_do_not_multiply_from_clause_to_clause()
    {
        var ranges = string.Join(", ", Enumerable.Range(0, 60).Select(i => Text($"{i}..{i + 100}")));
        var text = string.Join(" and ", Enumerable.Repeat($"value in ({ranges})", 12));
        var problems = await WithinAsync(() => RuleValidation.Check(Rules(text), isLeaf: true));
        problems.ShouldBeEmpty();
        var never = await WithinAsync(() =>
            RuleValidation.Check(Rules($"value in ({ranges}) and value in (200..300, 200..250)"), isLeaf: true)
        );
        never.ShouldHaveSingleItem().Code.ShouldBe("never_true");
    }

    [Theory]
    [InlineData("value >= 5 and value in (1..3, 5..9) and value <= 5", true)]
    [InlineData("value > 5 and value in (1..3, 3..5)", false)]
    [InlineData("value in (1..2, 2..2) and value in (2..2, 2..3) and value > 2", false)]
    [InlineData("value in (1..4, 2..8) and value > 4 and value < 8", true)]
    public void Spans_that_were_joined_hold_what_they_held_before(string text, bool possible) =>
        RuleValidation.Check(Rules(text), isLeaf: true).Count.ShouldBe(possible ? 0 : 1);

    [Fact]
    public async Task Ways_up_that_part_and_meet_at_every_level_are_gone_once()
    {
        const int Levels = 40;
        var world = await WithinAsync(() =>
        {
            var world = new World().Group("0 left").Group("0 right");
            for (var level = 1; level < Levels; level++)
                foreach (var side in (string[])["left", "right"])
                    world
                        .Group(Text($"{level} {side}"), Text($"{level - 1} left"))
                        .Link(Text($"{level - 1} right"), Text($"{level} {side}"));
            world.Leaf("leaf", Text($"{Levels - 1} left")).Report("leaf", "down");
            return world.Fold(new ChildLinked(world[Text($"{Levels - 1} left")], world["0 left"]));
        });
        world.Status("0 left").ShouldBe("down");
        world.Status("0 right").ShouldBe("down");
    }

    [Fact]
    public async Task Ten_thousand_children_come_below_a_group_whose_rules_name_hundreds_of_them()
    {
        var when = string.Join(" or ", Enumerable.Range(0, 400).Select(i => Text($"child(\"c{i}\") is down")));
        var world = await WithinAsync(() =>
        {
            var world = new World().Group("all").Publish("all", Rules(when));
            for (var i = 0; i < 10_000; i++)
                world.Leaf(Text($"c{i}"), "all");
            return world.Report("c399", "down");
        });
        world.Status("all").ShouldBe("critical");
    }

    [Fact]
    public void A_clause_over_the_remaining_children_counts_once_more_for_each_before_it()
    {
        RuleValidation.Check(Remaining(43), isLeaf: false).ShouldBeEmpty();
        RuleValidation.Check(Remaining(46), isLeaf: false).ShouldHaveSingleItem().Code.ShouldBe("too_many_clauses");
    }

    private static RuleSet Remaining(int clauses) =>
        Rules(
            string.Join(
                " or ",
                Enumerable.Range(0, clauses).Select(i => Text($"any remaining child where tag = \"t{i}\" is down"))
            )
        );

    private static RuleSet Rules(string when)
    {
        var parsed = RuleText.Parse(when);
        parsed.Error.ShouldBeNull();
        return new([new Rule(parsed.Condition!, "critical")], RollUp.Worst, MatchPolicy.First);
    }

    private static Task<T> WithinAsync<T>(Func<T> work) => Task.Run(work).WaitAsync(Patience);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
