using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("<", 9, true)]
    [InlineData("<", 10, false)]
    [InlineData("<=", 10, true)]
    [InlineData("<=", 11, false)]
    [InlineData("=", 10, true)]
    [InlineData("=", 9, false)]
    [InlineData("!=", 9, true)]
    [InlineData("!=", 10, false)]
    [InlineData(">=", 10, true)]
    [InlineData(">=", 9, false)]
    [InlineData(">", 11, true)]
    [InlineData(">", 10, false)]
    public void Each_operator_compares_as_written(string op, double value, bool fires)
    {
        var world = new World().Leaf("L").Rules("L", ($"value {op} 10", "critical")).Report("L", "up", value);
        world.Status("L").ShouldBe(fires ? "critical" : "up");
    }

    [Fact]
    public void A_threshold_of_0_works() =>
        new World().Leaf("L").Rules("L", ("value <= 0", "down")).Report("L", "up", 0).Status("L").ShouldBe("down");

    [Theory]
    [InlineData("statusCode not in (200..299, 304)", "critical")]
    [InlineData("statusCode = 503", "critical")]
    [InlineData("cause is status_code", "critical")]
    [InlineData("body contains \"sorry\"", "critical")]
    [InlineData("body matches /s.rry/", "critical")]
    [InlineData("body not matches /s.rry/", "down")]
    [InlineData("latency.firstByte = 10ms", "critical")]
    [InlineData("cert.daysLeft < 14", "critical")]
    [InlineData("outcome = \"down\" and latency.total < 1s", "critical")]
    [InlineData("exitCode != 0", "down")]
    [InlineData("not exitCode = 0", "down")]
    [InlineData("value > 0 or statusCode > 500", "critical")]
    public void Fields_of_a_probe_can_be_asked_for(string when, string status) =>
        new World()
            .Leaf("L")
            .Rules("L", (when, "critical"))
            .Probe("L", "down", code: 503, cause: "status_code", text: "so sorry", daysLeft: 3)
            .Status("L")
            .ShouldBe(status);

    [Theory]
    [InlineData("any child is down", "critical")]
    [InlineData("all children are down", "degraded")]
    [InlineData("no child is critical", "critical")]
    [InlineData("child(\"b\") is down", "critical")]
    [InlineData("child(\"a\") is down", "degraded")]
    [InlineData("child(\"nobody\") is not down", "degraded")]
    [InlineData("count(children where status >= degraded) = 2", "critical")]
    [InlineData("count(children where tag = \"db\": status is down) >= 1", "critical")]
    [InlineData("count(children where tag = \"none\": status is down) < 1", "degraded")]
    [InlineData("not any child where tag = \"none\" is down", "degraded")]
    [InlineData("percent(children where status is down) > 33", "critical")]
    [InlineData("percent(children where status is down) >= 33.4", "degraded")]
    [InlineData("percent(children where tag = \"db\": status is down) >= 100", "critical")]
    [InlineData("weight(children where status >= degraded) >= 6", "critical")]
    [InlineData("weight(children where status >= degraded) > 6", "degraded")]
    [InlineData("any child where type = \"report\" is down and not child(\"a\") is down", "critical")]
    public void Each_clause_over_children_counts_as_written(string when, string status)
    {
        var world = new World().Group("G").Leaf("a", "G").Leaf("b", "G", "db").Leaf("c", "G");
        world.Link("G", "b", weight: 4).Link("G", "c", weight: 2);
        world.Report("a", "up").Report("b", "down").Report("c", "degraded");
        world.Rules("G", "worst capped at degraded", (when, "critical")).Status("G").ShouldBe(status);
    }

    [Fact]
    public void A_named_grandchild_reaches_past_a_parent_that_hides_it()
    {
        var world = new World().Group("G").Group("pay", "G").Leaf("api", "pay");
        world.Rules("pay", "fixed up").Rules("G", ("child(\"pay/api\") is down", "critical"));
        world.Report("api", "up").Status("G").ShouldBe("up");
        world.Report("api", "down").Status("G").ShouldBe("critical");
        world.Fold(new NodeRenamed(world["api"], "other")).Status("G").ShouldBe("up");
    }

    [Fact]
    public void An_empty_group_is_unknown_and_fires_no_rule() =>
        new World()
            .Group("G")
            .Rules("G", ("count(children where status is up) < 1", "down"))
            .Status("G")
            .ShouldBe("unknown");

    [Fact]
    public void An_observation_expires_at_its_deadline_and_climbs()
    {
        var world = new World().Group("G").Leaf("L", "G").Report("L", "up");
        world.Tick(29 * Minute).Status("L").ShouldBe("up");
        world.Evaluator.NextDeadline.ShouldBe(World.Start + 30 * Minute);
        world.Tick(5 * Minute).Status("G").ShouldBe("expired");
        world.Last("L").At.ShouldBe(World.Start + 30 * Minute);
        world.Evaluator.NextDeadline.ShouldBeNull();
    }

    [Fact]
    public void Three_intervals_beat_thirty_minutes_and_the_nodes_own_limit_beats_both()
    {
        var world = new World().Leaf("L");
        world
            .Fold(new CheckCreated(World.CheckOf("L"), new("L", CheckKind.Http, Interval: 20 * Minute)))
            .Probe("L", "up");
        world.Evaluator.NextDeadline.ShouldBe(World.Start + 60 * Minute);
        world.Fold(new NodeStalenessChanged(world["L"], Minute));
        world.Evaluator.NextDeadline.ShouldBe(World.Start + Minute);
    }

    [Fact]
    public void By_cron_an_observation_counts_until_five_minutes_after_the_next_run_should_have_ended()
    {
        var world = new World().Leaf("L");
        var nightly = new CheckSettings(
            "L",
            CheckKind.Http,
            Timeout: 2 * Minute,
            Cron: "0 3 * * *",
            TimeZone: "America/New_York"
        );
        world.Fold(new CheckCreated(World.CheckOf("L"), nightly)).Probe("L", "up");
        var due = new DateTimeOffset(World.Start.UtcDateTime.Date, TimeSpan.Zero).AddHours(8);
        due = due > World.Start ? due : due.AddDays(1);
        world.Evaluator.NextDeadline.ShouldBe(due + 7 * Minute);
        world.Fold(new CheckChanged(World.CheckOf("L"), nightly with { Cron = "*/5 * * * *" }));
        world.Evaluator.NextDeadline.ShouldBe(World.Start + 30 * Minute, "30 minutes are longer");
        world.Fold(new CheckChanged(World.CheckOf("L"), nightly with { Staleness = Minute }));
        world.Evaluator.NextDeadline.ShouldBe(World.Start + Minute);
    }

    [Fact]
    public void Staleness_stands_still_while_Torch_was_away()
    {
        var world = new World().Leaf("L").Report("L", "up").Tick(10 * Minute);
        var awaySince = world.Now;
        world.After(60 * Minute).Fold(new ServiceResumed(awaySince)).Status("L").ShouldBe("up");
        world.Evaluator.NextDeadline.ShouldBe(World.Start + 90 * Minute);
    }

    [Fact]
    public void What_had_expired_before_Torch_went_away_stays_expired()
    {
        var world = new World().Leaf("L").Report("L", "up").Tick(31 * Minute);
        var awaySince = world.Now;
        world.After(60 * Minute).Fold(new ServiceResumed(awaySince)).Status("L").ShouldBe("expired");
    }

    [Fact]
    public void A_late_observation_does_not_replace_a_newer_one()
    {
        var world = new World().Leaf("L").After(Minute).Report("L", "down");
        world.Report("L", "up", at: World.Start).Status("L").ShouldBe("down");
    }

    [Fact]
    public void An_observation_from_the_future_counts_as_now()
    {
        var world = new World().Leaf("L").Report("L", "down", at: World.Start + 4 * Minute);
        world.Last("L").At.ShouldBe(World.Start);
        world.After(Minute).Report("L", "up").Status("L").ShouldBe("up");
    }

    [Fact]
    public void An_inconclusive_probe_keeps_the_status_and_does_not_refresh_it()
    {
        var world = new World()
            .Leaf("L")
            .Probe("L", "up")
            .After(20 * Minute)
            .Probe("L", "inconclusive", cause: "agent");
        world.Status("L").ShouldBe("up");
        world.Tick(11 * Minute).Status("L").ShouldBe("expired");
    }

    [Fact]
    public void A_leaf_without_a_conclusive_probe_says_so_instead_of_denying_it()
    {
        var world = new World().Leaf("L").Probe("L", "inconclusive", cause: "local");
        world.Status("L").ShouldBe("unknown");
        world.Sentence("L").ShouldStartWith("L is unknown because no observation could be judged yet");
    }

    [Fact]
    public void A_paused_child_leaves_the_denominator_until_it_is_resumed()
    {
        var world = new World().Group("G").Leaf("a", "G").Leaf("b", "G").Report("a", "up").Report("b", "down");
        world.Fold(new NodePaused(world["b"], "works")).Status("b").ShouldBe("paused");
        world.Status("G").ShouldBe("up");
        world.Fold(new NodePaused(world["a"], null)).Status("G").ShouldBe("unknown");
        world.Fold(new NodeResumed(world["b"], null)).Status("G").ShouldBe("down");
    }

    [Fact]
    public void A_rule_counts_only_after_its_duration()
    {
        var world = new World().Leaf("L");
        world.Publish("L", World.Set("worst", new Rule(World.Parse("value > 80"), "critical", For: 5 * Minute)));
        world.Report("L", "up", 90).Status("L").ShouldBe("up");
        world.After(3 * Minute).Report("L", "up", 95).Tick(3 * Minute).Status("L").ShouldBe("critical");
        world.Last("L").At.ShouldBe(World.Start + 5 * Minute);
        world.Report("L", "up", 10).Status("L").ShouldBe("up");
        world.Report("L", "up", 90).Status("L").ShouldBe("up");
    }

    [Fact]
    public void Attempts_count_observations_in_a_row()
    {
        var world = new World().Leaf("L");
        world.Publish("L", World.Set("worst", new Rule(World.Parse("value > 80"), "critical", Attempts: 2)));
        world.Report("L", "up", 90).Report("L", "up", 10).Report("L", "up", 90).Status("L").ShouldBe("up");
        world.Report("L", "up", 90).Status("L").ShouldBe("critical");
    }

    [Fact]
    public void A_clause_for_three_checks_and_failures_among_the_last_count()
    {
        var world = new World().Leaf("L");
        world.Rules("L", ("count(failed, last 3) >= 2", "critical"), ("value > 5 for 3 checks", "degraded"));
        world.Report("L", "up", 6).Report("L", "up", 6).Status("L").ShouldBe("up");
        world.Report("L", "up", 6).Status("L").ShouldBe("degraded");
        world.Report("L", "down").Report("L", "down").Status("L").ShouldBe("critical");
    }

    [Fact]
    public void An_age_fires_without_an_event_of_its_check()
    {
        var world = new World().Leaf("L").Rules("L", ("age > 10m", "degraded")).Report("L", "up");
        world.Tick(10 * Minute).Status("L").ShouldBe("up");
        world.Tick(Minute).Status("L").ShouldBe("degraded");
    }

    [Fact]
    public void The_worst_of_all_matching_rules_wins_where_the_node_says_so()
    {
        var rules = World.Set(
            "worst",
            new Rule(World.Parse("value > 1"), "degraded"),
            new Rule(World.Parse("value > 2"), "down")
        );
        var world = new World().Leaf("L").Publish("L", rules).Report("L", "up", 3);
        world.Status("L").ShouldBe("degraded");
        world.Publish("L", rules with { Match = MatchPolicy.Worst }).Status("L").ShouldBe("down");
    }

    [Fact]
    public void A_required_child_takes_the_group_down()
    {
        var world = new World().Group("G").Leaf("a", "G").Leaf("b", "G").Report("a", "up").Report("b", "critical");
        world.Rules("G", "best").Status("G").ShouldBe("up");
        world.Link("G", "b", required: true).Status("G").ShouldBe("down");
        world.Sentence("G").ShouldBe("G is down because it requires b, which is critical.");
    }

    [Theory]
    [InlineData("as-is", "critical")]
    [InlineData("raise 1", "down")]
    [InlineData("lower 1", "degraded")]
    [InlineData("cap degraded", "degraded")]
    [InlineData("fixed up", "up")]
    [InlineData("map critical=down", "down")]
    [InlineData("ignore", "unknown")]
    public void A_contribution_changes_what_a_child_counts_as(string contribution, string status)
    {
        var world = new World().Group("G").Leaf("a", "G").Report("a", "critical");
        world.Link("G", "a", contribution: contribution).Status("G").ShouldBe(status);
    }

    [Fact]
    public void Deleting_and_moving_ask_both_parents_again()
    {
        var world = new World()
            .Group("G")
            .Group("H")
            .Leaf("a", "G")
            .Leaf("b", "G")
            .Report("a", "down")
            .Report("b", "up");
        world.Fold(new ChildUnlinked(world["G"], world["a"])).Fold(new ChildLinked(world["H"], world["a"]));
        (world.Status("G"), world.Status("H")).ShouldBe(("up", "down"));
        world.Fold(new NodeRemoved(world["a"])).Status("H").ShouldBe("unknown");
        world.Evaluator.Explain(world["a"]).ShouldBeNull();
    }

    [Fact]
    public void A_node_with_two_parents_is_asked_once_and_the_top_changes_once()
    {
        var world = new World()
            .Group("top")
            .Group("l", "top")
            .Group("r", "top")
            .Leaf("x", "l")
            .Link("r", "x")
            .Report("x", "up");
        world.Transitions.Clear();
        world.Report("x", "down");
        world.Transitions.Select(t => t.NodeId).ShouldBe([world["x"], world["l"], world["r"], world["top"]]);
    }

    [Fact]
    public void A_status_that_nobody_knows_does_not_stop_the_tree() =>
        new World().Group("G").Leaf("a", "G").Report("a", "purple").Status("G").ShouldBe("unknown");

    [Fact]
    public void A_rule_that_fails_parks_its_node_with_the_reason()
    {
        var elsewhere = World.Set("worst", new Rule(World.Parse("hour in 22..6"), "down")) with
        {
            TimeZone = "Mars/Olympus",
        };
        var world = new World().Group("G").Leaf("a", "G").Publish("a", elsewhere).Report("a", "up");
        world.Status("a").ShouldBe("unknown");
        world.Sentence("a").ShouldContain("rule 1 could not be evaluated");
    }

    [Fact]
    public void A_draft_is_tried_without_changing_anything()
    {
        var world = new World().Group("G").Leaf("a", "G").Report("a", "down");
        var draft = World.Set("worst", new Rule(World.Parse("any child is down"), "degraded"));
        var tried = world.Evaluator.Try(world["G"], draft)!;
        (tried.Status, tried.Decider, tried.RuleIndex).ShouldBe(("degraded", "rule", 0));
        world.Status("G").ShouldBe("down");
    }

    [Fact]
    public void Explain_follows_the_deciding_children_down_to_the_leaf()
    {
        var world = new World().Group("G").Group("pay", "G").Leaf("db", "pay").Leaf("ok", "pay").Report("ok", "up");
        world.Report("db", "down", message: "disk full");
        var explained = world.Evaluator.Explain(world["G"])!;
        explained.DecidingChildren.ShouldHaveSingleItem().NodeId.ShouldBe(world["pay"]);
        var cause = explained.RootCauses.ShouldHaveSingleItem();
        cause.Path.ShouldBe([world["pay"], world["db"]]);
        cause.Sentence.ShouldBe("db is down because the report said down: disk full.");
        cause.Observation!.Event.ShouldBeOfType<ReportReceived>().Message.ShouldBe("disk full");
    }
}
