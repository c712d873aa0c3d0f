using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Rules;

public sealed class RuleTextTests
{
    [Theory]
    [InlineData("value > 80")]
    [InlineData("latency.total > 500ms for 3 checks")]
    [InlineData("statusCode not in (200..299, 304)")]
    [InlineData("body matches /\"ok\":\\s*true/")]
    [InlineData("message contains \"timeout\"")]
    [InlineData("metrics[\"disk.used\"] >= 0.9")]
    [InlineData("cert.daysLeft < 14")]
    [InlineData("age > 30m")]
    [InlineData("exitCode != 0")]
    [InlineData("avg(latency.total, 5m) > 300ms")]
    [InlineData("count(failed, last 5) >= 3")]
    [InlineData("outcome is down and not (hour in 22..6)", "outcome is down and not hour in 22..6")]
    [InlineData("any child is down")]
    [InlineData("all children are up")]
    [InlineData("no child is at least critical", "no child >= critical")]
    [InlineData("child(\"payments/api\") is down")]
    [InlineData("child(\"a\").status in {critical, down}", "child(\"a\") in (critical, down)")]
    [InlineData("count(children where status >= critical) >= 2")]
    [InlineData("percent(children where tag = \"db\": status is down) > 50")]
    [InlineData("weight(children where status >= degraded) >= 3")]
    [InlineData("(value > 1 or value < -1) and not value = 5")]
    [InlineData("(value > 1 and value < 3) and message matches /a\\/b\\\\/")]
    public void Every_example_prints_and_parses_back(string text, string? canonical = null)
    {
        var condition = Parse(text);
        RuleText.Print(condition).ShouldBe(canonical ?? text);
        Parse(RuleText.Print(condition)).ShouldBe(condition);
        ConditionJson.Read(ConditionJson.Write(condition)).Condition.ShouldBe(condition);
    }

    [Theory]
    [InlineData("vlaue > 80", 1, "unknown field \"vlaue\"")]
    [InlineData("value > ", 9, "the rule ends here")]
    [InlineData("latency.total > 5parsecs", 17, "unknown unit \"parsecs\"")]
    [InlineData("value > 5ms", 9, "the unit \"ms\" does not belong here")]
    [InlineData("any child is dwon", 14, "unknown status \"dwon\"")]
    [InlineData("percent(children where status is down) > 101", 42, "the percentage is over 100")]
    [InlineData("statusCode in ()", 16, "the set is empty")]
    [InlineData("value > 1e999", 9, "the number is beyond the range of double")]
    [InlineData("message contains \"x", 18, "the text does not end")]
    [InlineData("value > 1 value", 11, "\"value\" does not belong here")]
    public void An_error_points_at_its_column(string text, int column, string message)
    {
        var error = RuleText.Parse(text).Error.ShouldNotBeNull();
        (error.Column, error.Message).ShouldBe((column, message));
    }

    [Theory]
    [InlineData("body matches /(a)\\1/")]
    [InlineData("body matches /(?=a)b/")]
    [InlineData("body matches /(/")]
    public void A_regex_that_could_run_away_is_refused(string text) => RuleText.Parse(text).Error.ShouldNotBeNull();

    [Fact]
    public void A_regex_over_512_characters_is_refused() =>
        RuleText.Parse($"body matches /{new string('a', 513)}/").Error.ShouldNotBeNull();

    [Fact]
    public void A_rule_over_16_KB_is_refused() =>
        RuleText.Parse($"message contains \"{new string('a', 17_000)}\"").Error.ShouldNotBeNull();

    [Fact]
    public void Ten_thousand_parentheses_are_refused_and_not_followed() =>
        RuleText.Parse(new string('(', 10_000)).Error.ShouldNotBeNull();

    [Theory]
    [InlineData("worst")]
    [InlineData("best")]
    [InlineData("2nd worst capped at degraded")]
    [InlineData("all-problem")]
    [InlineData("at-least 2 up")]
    [InlineData("exactly 1 up")]
    [InlineData("degraded-unless-all")]
    [InlineData("fixed up")]
    public void Every_roll_up_prints_and_parses_back(string text)
    {
        RollUp.TryParse(text, out var rollUp).ShouldBeTrue();
        rollUp!.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("worse")]
    [InlineData("2th worst")]
    [InlineData("at-least 0 up")]
    [InlineData("worst capped at paused")]
    public void What_is_no_roll_up_is_refused(string text) => RollUp.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("avg(value, 5m) > 3", true, "not_yet_available")]
    [InlineData("hour in 22..6", true, "not_yet_available")]
    [InlineData("any child is down", true, "children_on_leaf")]
    [InlineData("value > 3", false, "field_on_group")]
    public void What_could_never_fire_is_refused_when_saved(string text, bool isLeaf, string code)
    {
        var rules = RuleSet.Empty with { Rules = [new(Parse(text), "down")] };
        RuleValidation.Check(rules, isLeaf).ShouldHaveSingleItem().Code.ShouldBe(code);
    }

    private static Condition Parse(string text)
    {
        var parsed = RuleText.Parse(text);
        parsed.Error.ShouldBeNull();
        return parsed.Condition!;
    }
}
