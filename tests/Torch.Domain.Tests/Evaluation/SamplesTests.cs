using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Torch.Domain.Nodes;

namespace Torch.Domain.Tests.Evaluation;

/// <summary>What rules keep of the observations that came before the last one.</summary>
public sealed class SamplesTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Samples_in_any_order_of_arrival_come_to_the_same_as_in_the_order_of_time() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    var random = new Random(seed);
                    int[] seconds = [.. Enumerable.Range(0, 60).Select(_ => random.Next(600)).Distinct()];
                    var (last, over) = (random.Next(1, 8), random.Next(1, 300));
                    return Saved(seconds.Order(), last, over) == Saved(seconds, last, over);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_rule_that_looks_back_at_nothing_keeps_nothing() =>
        World("value > 5", 1, 2).Evaluator.Save().Nodes[0].Memory!.Samples.ShouldBeNull();

    [Fact]
    public void Only_as_many_are_kept_as_the_longest_look_back_asks_for() =>
        World("count(failed, last 3) > 1 or avg(value, last 5) > 9", 1, 2, 3, 4, 5, 6, 7)
            .Evaluator.Save()
            .Nodes[0]
            .Memory!.Samples!.At.Count.ShouldBe(5);

    [Fact]
    public void Never_more_than_4096_are_kept_and_a_window_is_over_the_newest()
    {
        var world = new World().Leaf("L").Rules("L", ("sum(value, 1d) > 4095", "degraded"));
        for (var i = 0; i < 5_000; i++)
            world.After(TimeSpan.FromSeconds(1)).Report("L", "up", 1);
        world.Evaluator.Save().Nodes[0].Memory!.Samples!.At.Count.ShouldBe(4_096);
        world.Status("L").ShouldBe("degraded");
    }

    [Fact]
    public void Rules_begin_with_the_last_observation_before_them()
    {
        var world = new World().Leaf("L").Report("L", "up", 10).After(Minute).Report("L", "up", 20).After(Minute);
        world.Rules("L", ("count(value > 0, last 5) = 1", "degraded")).Status("L").ShouldBe("degraded");
        world.Report("L", "up", 35).Rules("L", ("change(value) = 15", "critical")).Status("L").ShouldBe("up");
    }

    [Fact]
    public void A_leaf_that_shows_another_check_starts_over()
    {
        var world = World("count(failed, last 3) >= 1", 1);
        world.Report("L", "down").Status("L").ShouldBe("critical");
        world.Leaf("other").Report("other", "up");
        world.Fold(new NodeCheckChanged(world["L"], Evaluation.World.CheckOf("other")));
        world.Status("L").ShouldBe("up");
    }

    [Fact]
    public void A_late_observation_goes_to_its_place()
    {
        var world = World("change(value) >= 10", 1);
        world.After(Minute).Report("L", "up", 11).Status("L").ShouldBe("critical");
        world.After(Minute).Report("L", "up", 21).Status("L").ShouldBe("critical");
        // Between the last two: the last step was one of 5 only.
        world.Report("L", "up", 16, at: world.Now - (Minute / 2)).Tick(Minute);
        world.Fold(new NodePaused(world["L"], null)).Fold(new NodeResumed(world["L"], null));
        world.Status("L").ShouldBe("up");
    }

    private static World World(string rule, params double[] values)
    {
        var world = new World().Leaf("L").Rules("L", (rule, "critical"));
        foreach (var value in values)
            world.Report("L", "up", value).After(TimeSpan.FromSeconds(1));
        return world;
    }

    // All of them arrive after the last one's own time; the rules are in force since the 100th second.
    private static string Saved(IEnumerable<int> seconds, int last, int over)
    {
        var world = new World().Leaf("L").After(TimeSpan.FromSeconds(100));
        world.Rules("L", ($"count(failed, last {last}) > 0 or sum(value, {over}s) > 1", "critical"));
        world.After(TimeSpan.FromSeconds(600));
        foreach (var second in seconds)
            world.Report("L", "up", second, Evaluation.World.Start + TimeSpan.FromSeconds(second));
        return JsonSerializer.Serialize(world.Evaluator.Save().Nodes[0].Memory!.Samples);
    }
}
