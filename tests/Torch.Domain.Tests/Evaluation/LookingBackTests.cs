using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>Leaf rules over several observations, and over time.</summary>
public sealed class LookingBackTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("avg(value, 5m) = 25")]
    [InlineData("sum(value, 5m) = 100")]
    [InlineData("min(value, 5m) = 10")]
    [InlineData("max(value, 5m) = 40")]
    [InlineData("p50(value, 5m) = 20")]
    [InlineData("p95(value, 5m) = 40")]
    [InlineData("p99(value, last 3) = 40")]
    [InlineData("avg(value, last 2) = 35")]
    [InlineData("avg(value, 2m) = 35")]
    public void Average_min_max_and_percentile_over_a_window(string when) =>
        Reporting(when, 10, 20, 30, 40).Status("L").ShouldBe("critical");

    [Fact]
    public void A_window_ends_by_itself_when_its_oldest_observation_leaves_it()
    {
        var world = Reporting("max(value, 5m) > 50", 90, 10);
        world.Status("L").ShouldBe("critical");
        world.Tick(TimeSpan.FromMinutes(20));
        // Reported at 12:00; at 12:05 it is 5 minutes old, and no longer of the last 5 minutes.
        var left = world.Transitions.Last(t => t.From == "critical");
        (left.To, left.At).ShouldBe(("up", World.Start + TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void A_window_without_any_observation_has_no_answer_and_fires_nothing()
    {
        Reporting("avg(value, 1m) < 50", 10).Tick(TimeSpan.FromMinutes(3)).Status("L").ShouldBe("up");
        Reporting("not avg(value, 1m) < 50", 10).Tick(TimeSpan.FromMinutes(3)).Status("L").ShouldBe("up");
    }

    [Fact]
    public void Observations_without_the_number_are_left_out_of_a_window() =>
        Reporting("avg(value, 5m) = 20", 10, 30).Report("L", "up").Status("L").ShouldBe("critical");

    [Theory]
    [InlineData("change(value) > 14", 100, 115, true)]
    [InlineData("change(value) > 15", 100, 115, false)]
    [InlineData("change(value) < -5", 100, 90, true)]
    [InlineData("change(value) > 14%", 100, 115, true)]
    [InlineData("change(value) > 15%", 100, 115, false)]
    [InlineData("change(value) outside -10%..10%", 100, 85, true)]
    [InlineData("change(value) between -10 and 10", 100, 85, false)]
    [InlineData("change(value) > 1%", 0, 85, false)]
    public void Change_since_last_is_absolute_or_in_percent(string when, double before, double after, bool fires) =>
        Reporting(when, before, after).Status("L").ShouldBe(fires ? "critical" : "up");

    [Fact]
    public void The_first_observation_has_changed_from_nothing() =>
        Reporting("change(value) > -1000", 5).Status("L").ShouldBe("up");

    [Theory]
    [InlineData("rate(value) = 0.5", 10d, 40d)]
    [InlineData("rate(value, 5m) = 0.5", 10d, 40d)]
    [InlineData("rate(value, 5m) = 1", 10d, 40d, 130d)]
    [InlineData("rate(value, last 3) = 1", 0d, 10d, 40d, 130d)]
    [InlineData("rate(value) = 0.1", 100d, 6d)] // It has counted to 6 since.
    [InlineData("rate(value, 5m) = 0.3", 100d, 130d, 6d)]
    public void Rate_is_per_second_and_survives_a_counters_reset(string when, params double[] values) =>
        Reporting(when, values).Status("L").ShouldBe("critical");

    [Theory]
    [InlineData("count(value > 50, last 3) >= 2", true)]
    [InlineData("count(value > 50, last 3) >= 3", false)]
    [InlineData("count(value > 50, last 10) = 3", true)]
    [InlineData("count(value between 40 and 70 or outcome is down, last 10) = 2", true)]
    [InlineData("count(message contains \"x\", last 10) = 0", true)]
    [InlineData("count(failed, last 3) = 1", true)]
    [InlineData("count(failed, last 2) = 0", true)]
    public void N_of_the_last_M_for_any_condition_on_fields(string when, bool fires)
    {
        var world = new World().Leaf("L").Rules("L", (when, "critical"));
        world.Report("L", "up", 60).After(Minute).Report("L", "down", 90).After(Minute);
        world.Report("L", "up", 10).After(Minute).Report("L", "up", 80);
        world.Status("L").ShouldBe(fires ? "critical" : "up");
    }

    [Theory]
    [InlineData("value between 5 and 10", 5, true)]
    [InlineData("value between 5 and 10", 10, true)]
    [InlineData("value between 5 and 10", 10.1, false)]
    [InlineData("value outside 5..10", 10.1, true)]
    [InlineData("value outside 5..10", 10, false)]
    public void Between_and_outside_include_both_ends_of_the_range(string when, double value, bool fires) =>
        Reporting(when, value).Status("L").ShouldBe(fires ? "critical" : "up");

    [Theory]
    [InlineData("Europe/Berlin", "hour in 13..13", true)] // It is 12:00 in UTC.
    [InlineData("UTC", "hour in 13..13", false)]
    [InlineData(null, "hour in 22..12", true)]
    [InlineData(null, "day in (sat, sun)", true)]
    [InlineData("Pacific/Kiritimati", "day is mon", true)]
    [InlineData(null, "not during \"mon-fri 08:00-18:00\"", true)]
    [InlineData(null, "day not in (sun)", false)]
    public void Hour_day_and_during_look_at_the_clock_of_the_rules_time_zone(string? zone, string when, bool fires)
    {
        var world = new World().Leaf("L").Report("L", "up");
        world.Publish("L", World.Set("worst", new Rule(World.Parse(when), "critical")) with { TimeZone = zone });
        world.Status("L").ShouldBe(fires ? "critical" : "up");
    }

    [Fact]
    public void A_rule_with_hours_takes_effect_at_the_edge_also_on_a_group()
    {
        var world = new World().Group("G").Leaf("L", "G").Report("L", "down");
        var rule = new Rule(World.Parse("any child is down and during \"sun 13:10-13:20\""), "critical");
        world.Publish("G", World.Set("worst", rule) with { TimeZone = "Europe/Berlin" });
        world.Tick(TimeSpan.FromMinutes(29));
        world
            .Transitions.Where(t => t.NodeId == world["G"])
            .Select(t => (t.To, t.At.TimeOfDay.TotalMinutes))
            .ShouldBe([("down", 720), ("critical", 730), ("down", 740)]);
        world.Transitions.Last(t => t.To == "critical").Why.Sentence.ShouldContain("it is sun 13:10");
    }

    [Fact]
    public void A_zone_that_this_system_does_not_know_parks_the_node_and_never_stops_the_tree()
    {
        var world = new World().Group("G").Leaf("L", "G").Report("L", "up");
        world.Publish(
            "L",
            World.Set("worst", new Rule(World.Parse("day is sun"), "critical")) with
            {
                TimeZone = "Mars/Olympus",
            }
        );
        world.Status("L").ShouldBe("unknown");
        world.Sentence("L").ShouldContain("no time zone \"Mars/Olympus\"");
        world.Report("L", "up").Status("G").ShouldBe("unknown");
    }

    [Theory]
    [InlineData("avg(value, 5m) > 5", "L is critical because avg(value, 5m) is 20, which is > 5.", "20 of 2")]
    [InlineData("change(value) > 5%", "L is critical because change(value) is 200 %, which is > 5 %.", "200 %")]
    [InlineData(
        "count(value > 5, last 4) = 2",
        "L is critical because 2 of the last 2 observations had value > 5.",
        "2 of the last 2"
    )]
    public void Each_condition_shows_its_actual_value(string when, string sentence, string actual)
    {
        var world = Reporting(when, 10, 30);
        world.Sentence("L").ShouldBe(sentence);
        world.Evaluator.Explain(world["L"])!.Rules[0].Clauses[0].Actual.ShouldBe(actual);
    }

    // One report a minute, from 12:00.
    private static World Reporting(string when, params double[] values)
    {
        var world = new World().Leaf("L").Rules("L", (when, "critical"));
        foreach (var (i, value) in values.Index())
            world.After(i == 0 ? TimeSpan.Zero : Minute).Report("L", "up", value);
        return world;
    }
}
