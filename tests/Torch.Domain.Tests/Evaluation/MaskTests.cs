using Torch.Domain.Nodes;

namespace Torch.Domain.Tests.Evaluation;

public sealed class MaskTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_manual_status_masks_what_the_rules_say_and_lapses_exactly_at_its_expiry()
    {
        var world = new World().Group("G").Leaf("L", "G").Report("L", "up");
        var until = world.Now + 10 * Minute;
        world.By("anna", new ManualStatusSet(world["L"], "degraded", "half the shelves are empty", until));
        world.Status("G").ShouldBe("degraded");
        world.Report("L", "critical").Status("L").ShouldBe("degraded");
        var why = world.Evaluator.Explain(world["L"])!;
        why.Decider.ShouldBe("mask");
        why.Sentence.ShouldBe(
            "L is degraded because anna set it by hand until 2026-03-01 12:10:00 UTC: half the shelves are empty."
        );
        why.Underneath.ShouldBe(new("critical", "check", "L is critical because the report said critical."));
        why.Marks!.Manual!.By.ShouldBe("anna");
        world.Tick(Minute * 15).Last("L").At.ShouldBe(until);
        world.Status("G").ShouldBe("critical");
        (world.Marked[^1] with { Position = null }).ShouldBe(new(world["L"], until, Marks.None));
    }

    [Fact]
    public void A_manual_status_without_an_expiry_stays_until_it_is_cleared()
    {
        var world = new World().Leaf("L").Report("L", "down");
        world.Fold(new ManualStatusSet(world["L"], "up", "known", null)).Tick(Minute).Status("L").ShouldBe("up");
        world.Fold(new ManualStatusCleared(world["L"])).Status("L").ShouldBe("down");
    }

    [Fact]
    public void Pause_stands_above_a_manual_status()
    {
        var world = new World().Leaf("L").Report("L", "up").Fold(new NodePaused(NameId.Of(Guid.Empty, "L"), null));
        world.Fold(new ManualStatusSet(world["L"], "down", "known", null)).Status("L").ShouldBe("paused");
    }

    [Fact]
    public void An_acknowledgement_marks_the_node_with_who_and_why_and_is_cleared_when_the_status_changes()
    {
        var world = new World().Leaf("L").Report("L", "critical");
        world.By("ben", new NodeAcknowledged(world["L"], "ticket 42", null)).Status("L").ShouldBe("critical");
        Mark(world)!.ShouldBe(new("ben", "ticket 42", world.Now));
        world.Tick(Minute).Report("L", "critical");
        Mark(world).ShouldNotBeNull();
        world.Report("L", "down");
        Mark(world).ShouldBeNull();
        world.Marked[^1].Marks.ShouldBe(Marks.None);
    }

    [Fact]
    public void An_acknowledgement_lapses_exactly_at_its_time_and_can_be_withdrawn()
    {
        var world = new World().Leaf("L").Report("L", "down");
        world.Fold(new NodeAcknowledged(world["L"], "soon", world.Now + Minute)).Tick(5 * Minute);
        (world.Marked[^1] with { Position = null }).ShouldBe(new(world["L"], World.Start + Minute, Marks.None));
        world.Fold(new NodeAcknowledged(world["L"], "later", null));
        world.Fold(new AcknowledgementWithdrawn(world["L"]));
        Mark(world).ShouldBeNull();
    }

    [Fact]
    public void An_acknowledged_group_is_cleared_when_its_own_status_changes()
    {
        var world = new World().Group("G").Leaf("a", "G").Leaf("b", "G").Report("a", "down").Report("b", "up");
        world.Fold(new NodeAcknowledged(world["G"], "known", null)).Report("b", "down");
        world.Evaluator.Explain(world["G"])!.Marks!.Acknowledged.ShouldNotBeNull();
        world.Report("a", "up").Report("b", "up");
        world.Evaluator.Explain(world["G"])!.Marks.ShouldBeNull();
    }

    [Fact]
    public void Repeated_commands_yield_nothing_twice()
    {
        var now = World.Start;
        var node = Folded(new NodeCreated(Guid.NewGuid(), "L", null, []));
        node = Then(node, node.SetStatus("down", "known", now + Minute, now));
        node.SetStatus("down", "known", now + Minute, now).Events.ShouldBeEmpty();
        node.SetStatus("down", "known", now + 2 * Minute, now).Events.ShouldHaveSingleItem();
        node.ClearStatus(now + Minute).Events.ShouldBeEmpty();
        node = Then(node, node.ClearStatus(now));
        node.ClearStatus(now).Events.ShouldBeEmpty();
        node = Then(node, node.Acknowledge("ticket", null, hasProblem: true, stands: false, now));
        node.Acknowledge("ticket", null, true, stands: true, now).Events.ShouldBeEmpty();
        node.Acknowledge("ticket", null, true, stands: false, now).Events.ShouldHaveSingleItem();
        node.WithdrawAcknowledgement(stands: false).Events.ShouldBeEmpty();
        node = Then(node, node.ServeIn(new("mon-fri 08:00-18:00", "Europe/Berlin")));
        node.ServeIn(new("mon-fri 08:00-18:00", "Europe/Berlin")).Events.ShouldBeEmpty();
        node = Then(node, node.ServeIn(null));
        node.ServeIn(null).Events.ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var now = World.Start;
        var node = Folded(new NodeCreated(Guid.NewGuid(), "L", null, []));
        node.SetStatus("paused", "x", null, now).Refusal!.Code.ShouldBe("unknown_status");
        node.SetStatus("nonsense", "x", null, now).Refusal!.Code.ShouldBe("unknown_status");
        node.SetStatus("down", "x", now, now).Refusal!.Code.ShouldBe("until_in_the_past");
        node.Acknowledge("x", now, true, false, now).Refusal!.Code.ShouldBe("until_in_the_past");
        node.Acknowledge("x", null, false, false, now).Refusal!.Code.ShouldBe("nothing_to_acknowledge");
        node.ServeIn(new("whenever")).Refusal!.Code.ShouldBe("bad_service_period");
        node.ServeIn(new("daily 08:00-18:00", "Mars/Base")).Refusal!.Code.ShouldBe("bad_service_period");
        Node.Initial.ClearStatus(now).Refusal!.Code.ShouldBe("unknown_node");
    }

    private static Acknowledgement? Mark(World world) => world.Evaluator.Explain(world["L"])!.Marks?.Acknowledged;

    private static Node Folded(params IEvent[] events) => Node.Fold(events);

    private static Node Then(Node node, Decision decision) => decision.Events.Aggregate(node, Node.Evolve);
}
