using Torch.Domain.Checks;
using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>What is shown of a check that nobody looks after.</summary>
public sealed class GapTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void While_no_agent_is_live_a_leaf_is_unknown_and_says_why_and_the_next_observation_ends_it()
    {
        var world = Watched().Fold(Began());
        world.Status("db").ShouldBe("unknown");
        world.Sentence("db").ShouldBe("db is unknown because no agent is live in berlin.");
        world.Last("db").Why.Decider.ShouldBe("nothing");
        world.After(Minute).Fold(new GapEnded(World.CheckOf("db")));
        world.Status("db").ShouldBe("unknown");
        world
            .Sentence("db")
            .ShouldBe("db is unknown because nothing has been observed since a gap (no agent is live in berlin).");
        world.After(Minute).Report("db", "up").Status("db").ShouldBe("up");
    }

    [Fact]
    public void Staleness_stands_still_while_nobody_looks_and_runs_on_when_somebody_does()
    {
        var world = Watched().Tick(20 * Minute).Fold(Began()).Tick(300 * Minute);
        world.Status("db").ShouldBe("unknown");
        world.Fold(new GapEnded(World.CheckOf("db"))).Tick(9 * Minute).Status("db").ShouldBe("unknown");
        world.Tick(Minute).Status("db").ShouldBe("expired");
        world.Last("db").At.ShouldBe(World.Start + (330 * Minute));
    }

    [Fact]
    public void What_is_observed_while_nobody_is_said_to_look_counts_until_it_is_too_old_to_count()
    {
        var world = Watched().Fold(Began()).After(Minute).Report("db", "down");
        world.Status("db").ShouldBe("down");
        world.Tick(30 * Minute).Status("db").ShouldBe("unknown");
        world.Report("db", "up").Fold(new GapEnded(World.CheckOf("db"))).Status("db").ShouldBe("up");
        world.Tick(30 * Minute).Status("db").ShouldBe("expired");
    }

    [Fact]
    public void Torch_being_away_during_a_gap_is_not_counted_twice()
    {
        var world = Watched().Fold(Began()).After(10 * Minute);
        world.Fold(new ServiceResumed(world.Now - (5 * Minute))).Fold(new GapEnded(World.CheckOf("db")));
        world.Tick(30 * Minute).Status("db").ShouldBe("expired");
    }

    [Fact]
    public void A_leaf_that_never_had_an_observation_says_that_nobody_looks()
    {
        var world = new World().Leaf("db").Fold(Began());
        world.Sentence("db").ShouldBe("db is unknown because no agent is live in berlin.");
        world.Fold(new GapEnded(World.CheckOf("db")));
        world.Sentence("db").ShouldBe("db is unknown because no observation has arrived yet.");
    }

    [Fact]
    public void From_lost_results_on_a_leaf_is_unknown_until_the_next_observation()
    {
        var world = Watched().After(10 * Minute).Fold(Lost(World.Start + Minute, World.Start + (9 * Minute)));
        world.Status("db").ShouldBe("unknown");
        world.Last("db").At.ShouldBe(World.Start + Minute);
        world.Sentence("db").ShouldContain("the agent's spool was full");
        world.Tick(27 * Minute).Status("db").ShouldBe("unknown");
        world.Report("db", "up").Status("db").ShouldBe("up");
    }

    [Fact]
    public void Lost_results_of_a_time_before_the_last_observation_wait_for_a_revision_of_the_past()
    {
        var world = Watched().After(10 * Minute).Report("db", "up");
        world.Fold(Lost(World.Start + Minute, World.Start + (2 * Minute))).Status("db").ShouldBe("up");
        var late = world.Evaluator.Late.ShouldHaveSingleItem();
        late.From.ShouldBe(World.Start + Minute);
    }

    [Fact]
    public void Lost_results_of_nobody_knows_whom_change_nothing()
    {
        var world = Watched().After(Minute);
        world.Fold(new ResultsLost(null, Guid.NewGuid(), World.Start, World.Start, 4, "damaged"));
        world.Status("db").ShouldBe("up");
    }

    [Fact]
    public void A_gap_needs_no_patience_and_gives_no_result_to_count()
    {
        var rules = RuleSet.Empty with { Timing = new Timing(Attempts: 3) };
        var world = new World().Leaf("db").Publish("db", rules).Report("db", "up").Fold(Began());
        world.Status("db").ShouldBe("unknown");
        world.After(Minute).Report("db", "up").Status("db").ShouldBe("up");
    }

    private static World Watched() => new World().Leaf("db").Report("db", "up");

    private static GapBegan Began() => new(World.CheckOf("db"), "no agent is live in berlin");

    private static ResultsLost Lost(DateTimeOffset from, DateTimeOffset to) =>
        new(World.CheckOf("db"), Guid.NewGuid(), from, to, 8, "full");
}
