using Torch.Domain.Checks;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>Checks whose silence is the fault.</summary>
public sealed class HeartbeatTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Silence_beyond_interval_and_grace_is_down_and_the_next_beat_is_up()
    {
        var world = Beating(10 * Minute, 5 * Minute);
        world.Status("backup").ShouldBe("unknown");
        world.Report("backup", "up").Tick(14 * Minute).Status("backup").ShouldBe("up");
        world.Tick(Minute).Status("backup").ShouldBe("down");
        world.Last("backup").At.ShouldBe(World.Start + (15 * Minute));
        world.Sentence("backup").ShouldBe("backup is down because no heartbeat has come for 15 min.");
        world.Report("backup", "up").Status("backup").ShouldBe("up");
    }

    [Fact]
    public void A_beat_that_says_down_is_down_at_once()
    {
        Beating(10 * Minute, 5 * Minute).Report("backup", "down").Status("backup").ShouldBe("down");
    }

    [Fact]
    public void Without_a_grace_the_default_staleness_is_waited_for()
    {
        var world = Beating(20 * Minute, null).Report("backup", "up");
        world.Tick(59 * Minute).Status("backup").ShouldBe("up");
        world.Tick(Minute).Status("backup").ShouldBe("down");
    }

    [Fact]
    public void While_Torch_was_away_nobody_could_be_heard()
    {
        var world = Beating(10 * Minute, 5 * Minute).Report("backup", "up").After(60 * Minute);
        world.Fold(new ServiceResumed(World.Start + (5 * Minute))).Status("backup").ShouldBe("up");
        world.Tick(10 * Minute).Status("backup").ShouldBe("down");
    }

    [Fact]
    public void A_change_of_the_grace_counts_from_the_last_beat()
    {
        var world = Beating(10 * Minute, 5 * Minute).Report("backup", "up").Tick(12 * Minute);
        world.Fold(Settings(10 * Minute, Minute)).Tick(TimeSpan.Zero).Status("backup").ShouldBe("down");
        world.Evaluator.NextDeadline.ShouldBeNull();
    }

    private static World Beating(TimeSpan interval, TimeSpan? grace) =>
        new World().Leaf("backup").Fold(Settings(interval, grace));

    private static CheckChanged Settings(TimeSpan interval, TimeSpan? grace) =>
        new(
            World.CheckOf("backup"),
            new("backup", CheckKind.Heartbeat, Interval: interval, Source: "backup", Grace: grace)
        );
}
