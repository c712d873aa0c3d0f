using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Rules;

public sealed class RuleSheetTests
{
    [Theory]
    [InlineData("when value > 80 then degraded")]
    [InlineData("when count(children where status >= critical) >= 2 then down")]
    [InlineData("when latency.total > 500ms for 3 checks then degraded")]
    [InlineData("when value > 80, 3 times in a row, for 5m then degraded as \"slow \\\"then\\\" dead\"")]
    [InlineData("when message contains \" then down as \" for 90s then critical")]
    [InlineData("when outcome is down for 2 checks for 1d then down")]
    public void A_rule_is_one_line_that_parses_back(string line)
    {
        var (rule, error) = RuleText.ParseRule(line);
        error.ShouldBeNull();
        RuleSheet.Write(RuleSet.Empty with { Rules = [rule!] }).TrimEnd().ShouldBe(line);
    }

    [Theory]
    [InlineData("value > 80 then down", 1, "when")]
    [InlineData("when value > 80", 16, "then")]
    [InlineData("when value > 80 then broken", 22, "up, degraded")]
    [InlineData("when valu > 80 then down", 6, "value")]
    [InlineData("when value > 80, 300 times in a row, then down", 18, "1 to 100")]
    [InlineData("when value > 80 then down or up", 27, "the end")]
    public void An_error_points_at_the_column_and_says_what_was_expected(string line, int column, string expected)
    {
        var error = RuleText.ParseRule(line).Error.ShouldNotBeNull();
        error.Column.ShouldBe(column);
        error.Expected!.ShouldContain(expected);
    }

    [Fact]
    public void A_sheet_holds_all_that_a_node_may_have_and_parses_back()
    {
        const string text = """
            match worst
            roll-up 2nd worst capped at degraded
            time zone Europe/Berlin
            attempts 3
            for 1m
            recovery attempts 2
            recovery for 90s
            hold down 5m
            flapping 40 20
            when any child is down then down
            when percent(children where tag = "db": status is down) > 50, 2 times in a row, then critical as "half"

            """;
        var (rules, error) = RuleSheet.Parse(text);
        error.ShouldBeNull();
        RuleSheet.Write(rules!).ReplaceLineEndings("\n").ShouldBe(text.ReplaceLineEndings("\n"));
        RuleSheet.Parse("# nothing\n\n").Rules.ShouldNotBeNull().Rules.ShouldBeEmpty();
        RuleSheet.Write(RuleSet.Empty).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("match first\nwhen value > then down", 2, 14)]
    [InlineData("roll-up sideways", 1, 9)]
    [InlineData("hold down soon", 1, 11)]
    [InlineData("time zone Mars/Olympus", 1, 11)]
    [InlineData("attempts many", 1, 10)]
    [InlineData("  hold  down soon", 1, 14)]
    [InlineData("flapping 30   many", 1, 15)]
    [InlineData("\thold down 5\u00a7", 1, 1)]
    [InlineData(" for 5\u00a7", 1, 7)]
    [InlineData("roll-up", 1, 8)]
    [InlineData("match best", 1, 1)]
    public void An_error_in_a_sheet_names_its_line(string text, int line, int column)
    {
        var error = RuleSheet.Parse(text).Error.ShouldNotBeNull();
        (error.Line, error.Error.Column).ShouldBe((line, column));
        error.ToString().ShouldStartWith($"line {line}, column {column}: ");
    }
}
