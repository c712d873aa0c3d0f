using Torch.Domain.Rules;
using Torch.Domain.Tests.Evaluation;

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
    [InlineData("count(value > 5 and statusCode in (500..599), last 5) >= 3")]
    [InlineData("p99(value, last 100) <= 5")]
    [InlineData("sum(metrics[\"errors\"], 1h) in (5..10, 20)")]
    [InlineData("change(value) > 10%")]
    [InlineData("change(value) outside -10%..10%", "change(value) not in (-10%..10%)")]
    [InlineData("change(latency.total) >= 100ms")]
    [InlineData("rate(metrics[\"requests\"]) < 0.5")]
    [InlineData("rate(metrics[\"requests\"], 5m) < 0.5")]
    [InlineData("value between 5 and 10 and value != 7", "value in (5..10) and value != 7")]
    [InlineData("latency.total outside 1s..2s", "latency.total not in (1s..2s)")]
    [InlineData("header[\"Content-Type\"] contains \"json\"", "header[\"content-type\"] contains \"json\"")]
    [InlineData("json(\"$.checks[0].status\") is ok", "json[\"checks[0].status\"] is ok")]
    [InlineData("json[\"queue['a.b'].length\"] > 5 or json[\"ok\"] is not true")]
    [InlineData("json[\"n\"] in (1..3) and json[\"s\"] in (\"a\", \"b\")")]
    [InlineData("httpVersion < 2 and tlsVersion is 1.2", "httpVersion < 2 and tlsVersion = 1.2")]
    [InlineData("tlsVersion = \"1.2\"")]
    [InlineData("dns.rcode is NXDOMAIN or dns.ttl < 1m or dns.answers = 0")]
    [InlineData("icmp.loss > 10 or icmp.rtt > 80ms or tcp.connect > 1s")]
    [InlineData("cert.issuer not contains \"Let's Encrypt\" or redirects > 0")]
    [InlineData("cert.names contains \"shop.example\" and cert.chain not contains \"CN=Old\"")]
    [InlineData("hour in 22..6")]
    [InlineData("any child where (tag = \"db\" or name matches /^eu-/) and type != \"group\" is down")]
    [InlineData(
        "no child where tag = \"a\" or not tag = \"b\" is up",
        "no child where (tag = \"a\" or not tag = \"b\") is up"
    )]
    [InlineData("all remaining children are up")]
    [InlineData("any of remaining children is down", "any remaining child is down")]
    [InlineData("count(remaining children where tag = \"x\": status is down) = 2")]
    [InlineData("weight(remaining children where status is down) > 2.5")]
    [InlineData("count(children where not (tag = \"a\" and tag = \"b\"): status is down) < 2")]
    [InlineData("hour not in (8)", "hour not in 8..8")]
    [InlineData("day in (sat, sun)")]
    [InlineData("day not in {fri..mon, wed}", "day not in (mon, wed, fri, sat, sun)")]
    [InlineData("not during \"mon-fri 08:00-18:00\"")]
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
    [InlineData("count(age > 5m, last 3) > 1", 7, "this is not about one observation")]
    [InlineData("avg(message, 5m) > 1", 5, "message is a text")]
    [InlineData("avg(value, 2d) > 1", 12, "the window is out of range")]
    [InlineData("p95(value, last 2000) > 1", 17, "the number is out of range")]
    [InlineData("change(value) between 5 and 10%", 31, "\"%\" does not belong here")]
    [InlineData("json[\"a..b\"] > 1", 6, "this is no path")]
    [InlineData("day in (sat, someday)", 14, "unknown day \"someday\"")]
    [InlineData("during \"8-18\"", 8, "this is no schedule")]
    [InlineData("hour in 22..24", 13, "the number is out of range")]
    [InlineData("value between 10 and 5", 15, "the range ends before it begins")]
    [InlineData("any child where type is htpp is down", 25, "unknown type \"htpp\"")]
    [InlineData("any child where remaining is down", 17, "\"remaining\" does not belong here")]
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
    public void A_rule_whose_canonical_text_is_over_16_KB_is_refused_and_one_that_was_written_before_is_read()
    {
        var text = "value in (" + string.Join(',', Enumerable.Range(0, 3_100)) + ")";
        text.Length.ShouldBeLessThan(RuleText.MaxBytes);
        RuleText.Parse(text).Error!.Message.ShouldBe("the rule is over 16 KB");
        RuleText.ParseRule($"when {text} then down").Error.ShouldNotBeNull();
        var printed = RuleText.Print(RuleText.Read(text).Condition!);
        printed.Length.ShouldBeGreaterThan(RuleText.MaxBytes);
        RuleText.Read(printed).Condition.ShouldBe(RuleText.Read(text).Condition);
    }

    [Fact]
    public void More_than_a_thousand_clauses_on_a_node_are_refused()
    {
        var many = RuleText.Parse(string.Join(" or ", Enumerable.Range(0, 400).Select(n => $"value > {n}"))).Condition!;
        var rules = World.Set("worst", [.. Enumerable.Repeat(new Rule(many, "down"), 3)]);
        RuleValidation.Check(rules, isLeaf: true).ShouldContain(p => p.Code == "too_many_clauses");
    }

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
    [InlineData("avg(value, 5m) > 3", false, "field_on_group")]
    [InlineData("any child is down", true, "children_on_leaf")]
    [InlineData("value > 3", false, "field_on_group")]
    [InlineData("any child is down for 2 checks", false, "checks_on_group")]
    [InlineData("child(\"a\") is up or not (all children are up for 3 checks)", false, "checks_on_group")]
    public void What_could_never_fire_is_refused_when_saved(string text, bool isLeaf, string code)
    {
        var rules = RuleSet.Empty with { Rules = [new(Parse(text), "down")] };
        RuleValidation.Check(rules, isLeaf).ShouldHaveSingleItem().Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("value > 5  and  value < 3", 17)]
    [InlineData("value >= 5 and value < 5", 16)]
    [InlineData("value >= 5 and value <= 5", null)]
    [InlineData("value > 5 or value < 3", null)]
    [InlineData("value > 5 and (message contains \"x\" and value in (1..3, 4))", 41)]
    [InlineData("value > 5 for 2 checks and value < 3", 28)]
    [InlineData("value > 1 or (value > 5 and value < 3)", 29)]
    [InlineData("statusCode < 100", 1)]
    [InlineData("statusCode in (1..99)", 1)]
    [InlineData("latency.total < 0ms", 1)]
    [InlineData("icmp.loss > 100", 1)]
    [InlineData("age < 5m and age > 10m", 14)]
    [InlineData("outcome is up and outcome is down", 19)]
    [InlineData("cause in (dns, tls) and cause in (timeout)", 25)]
    [InlineData("json[\"a\"] > 5 and json[\"b\"] < 3", null)]
    [InlineData("avg(value, 5m) > 5 and avg(value, 5m) < 3", 24)]
    [InlineData("avg(value, 5m) > 5 and avg(value, 1h) < 3", null)]
    [InlineData("change(value) > 5% and change(value) < 3", null)]
    [InlineData("count(failed, last 5) > 5", 1)]
    [InlineData("count(value > 5 and value < 3, last 5) > 2", 21)]
    public void A_condition_on_a_leaf_that_nothing_can_meet_is_refused_at_its_clause(string text, int? column) =>
        ColumnOfNever(text, isLeaf: true).ShouldBe(column);

    [Theory]
    [InlineData("percent(children where status is down) > 100", 1)]
    [InlineData("percent(children where status is down) >= 100", null)]
    [InlineData("count(children where status is down) < 0", 1)]
    [InlineData("count(children where status is down) = 0", null)]
    [InlineData("any child is up and any child > down", 21)]
    [InlineData("any child is paused", 1)]
    [InlineData("all children are not maintenance", null)]
    [InlineData("child(\"a\") < up", 1)]
    public void A_condition_on_a_group_that_nothing_can_meet_is_refused_at_its_clause(string text, int? column) =>
        ColumnOfNever(text, isLeaf: false).ShouldBe(column);

    private static int? ColumnOfNever(string text, bool isLeaf)
    {
        var parsed = RuleText.Parse(text);
        var rules = RuleSet.Empty with { Rules = [new(parsed.Condition!, "down")] };
        var problem = RuleValidation.Check(rules, isLeaf, columns: parsed.Columns).SingleOrDefault();
        problem?.Code.ShouldBe("never_true");
        return problem?.Column;
    }

    [Theory]
    [InlineData("Europe/Berlin", null)]
    [InlineData("Mars/Olympus_Mons", "unknown_time_zone")]
    public void An_unknown_time_zone_is_refused_when_saved(string zone, string? code)
    {
        var rules = RuleSet.Empty with { Rules = [new(Parse("hour in 22..6"), "down")], TimeZone = zone };
        RuleValidation.Check(rules, isLeaf: true).SingleOrDefault()?.Code.ShouldBe(code);
        RuleValidation.Check(rules, isLeaf: false).Count.ShouldBe(code is null ? 0 : 1);
    }

    private static Condition Parse(string text)
    {
        var parsed = RuleText.Parse(text);
        parsed.Error.ShouldBeNull();
        return parsed.Condition!;
    }
}
