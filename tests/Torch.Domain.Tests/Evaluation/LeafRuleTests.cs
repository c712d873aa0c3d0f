using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>Observation to status, and what a status is without one.</summary>
public sealed class LeafRuleTests
{
    [Fact]
    public void The_first_leaf_rule_that_matches_wins_and_after_the_last_comes_the_checks_own_verdict()
    {
        var world = new World().Leaf("db").Rules("db", ("value > 90", "down"), ("value > 50", "degraded"));
        world.Report("db", "up", 95).Status("db").ShouldBe("down");
        world.Report("db", "up", 60).Status("db").ShouldBe("degraded");
        world.Report("db", "critical", 10).Status("db").ShouldBe("critical");
        world.Report("db", "up", 10).Status("db").ShouldBe("up");
    }

    [Fact]
    public void A_leaf_is_unknown_until_its_first_observation_and_expired_when_the_last_is_too_old()
    {
        var world = new World().Leaf("db");
        world.Status("db").ShouldBe("unknown");
        world.Report("db", "up").Tick(TimeSpan.FromMinutes(30)).Status("db").ShouldBe("expired");
    }

    [Fact]
    public void One_check_colours_its_leaf_in_every_hierarchy()
    {
        var world = new World().Group("shop").Leaf("db", "shop").Group("board").Link("board", "db");
        world.Report("db", "down");
        (world.Status("shop"), world.Status("board")).ShouldBe(("down", "down"));
    }

    [Theory]
    [InlineData("latency.total > 500ms", 500)]
    [InlineData("latency.total > 2s", 2_000)]
    [InlineData("latency.total > 5m", 300_000)]
    [InlineData("latency.total > 2h", 7_200_000)]
    [InlineData("latency.total > 1d", 86_400_000)]
    public void Durations_are_written_in_ms_s_m_h_and_d(string text, double milliseconds) =>
        World.Parse(text).ShouldBeOfType<NumberIs>().Value.ShouldBe(milliseconds);
}
