using Torch.Domain.Backtests;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Tests.Evaluation;

namespace Torch.Domain.Tests.Backtests;

public sealed class ReplayTests
{
    [Fact]
    public void A_draft_on_a_group_replays_what_was_recorded_of_its_children()
    {
        var (world, from) = Shop();
        var replay = Replayed(world, "payments", ("any child is down", "critical"));
        world.After(TimeSpan.FromMinutes(1)).Report("db", "down").After(TimeSpan.FromMinutes(5)).Report("db", "up");
        foreach (var t in world.Transitions.Where(t => t.At > from && t.NodeId == world["db"]))
            replay.Give(t.At, [t]);
        var history = replay.End(from.AddHours(1))[world["payments"]];
        history.Changes.Select(c => (c.From, c.To)).ShouldBe([("up", "critical"), ("critical", "up")]);
        history.Changes[0].Sentence.ShouldBe("payments is critical because 1 of 2 children that count is down: db.");
        history.Times["critical"].ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void A_draft_on_a_leaf_replays_its_checks_observations()
    {
        var (world, from) = Shop();
        var replay = Replayed(world, "db", ("value > 80", "degraded"));
        world
            .After(TimeSpan.FromMinutes(1))
            .Report("db", "up", 90)
            .After(TimeSpan.FromMinutes(5))
            .Report("db", "up", 1);
        Feed(replay, world, from);
        replay.End(from.AddMinutes(10))[world["db"]].Times["degraded"].ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void What_is_in_force_gives_what_was_when_it_is_tried_as_a_draft()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var (whole, events, cut) = (new Domain.Evaluation.Evaluator(), new RandomLog(seed).Of(90), 50);
            while (events[cut].Timestamp == events[cut - 1].Timestamp)
                cut++;
            for (var i = 0; i < cut; i++)
                whole.Fold(i + 1, events[i].Timestamp, events[i].Event);
            var nodes = events.Select(e => e.Event).OfType<NodeCreated>().Select(e => e.NodeId).ToList();
            var (from, first) = (whole.Now, nodes.ToDictionary(n => n, whole.StatusOf));
            var replay = new Replay(
                whole.Replica(nodes, [.. Enumerable.Range(0, 5).Select(RandomLog.Check)]),
                nodes,
                new Dictionary<Guid, RuleSet>(),
                from
            );
            var was = nodes.ToDictionary(n => n, _ => new List<HistoryChange>());
            for (var i = cut; i < events.Count; i++)
            {
                foreach (var t in whole.Fold(i + 1, events[i].Timestamp, events[i].Event))
                    was[t.NodeId].Add(new(t.At, t.From, t.To));
                replay.Fold(i + 1, events[i].Timestamp, events[i].Event);
            }
            var to = whole.Now.AddTicks(1);
            foreach (var (node, history) in replay.End(to))
                new HistoryDifference(
                    new(from, to, first[node], was[node], whole.Statuses),
                    history
                ).IsNothing.ShouldBeTrue($"seed {seed}");
        }
    }

    [Fact]
    public void A_draft_begins_with_its_own_judgement_of_that_moment()
    {
        var (world, from) = Shop();
        var replay = Replayed(world, "payments", ("all children are up", "degraded"));
        replay.End(from.AddHours(1))[world["payments"]].First.ShouldBe("degraded");
    }

    [Fact]
    public void Rules_that_were_published_in_the_window_do_not_replace_the_draft()
    {
        var (world, from) = Shop();
        var replay = Replayed(world, "payments", ("all children are up", "degraded"));
        world.After(TimeSpan.FromMinutes(1)).Rules("payments", "fixed up");
        Feed(replay, world, from);
        replay.End(from.AddHours(1))[world["payments"]].Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_draft_may_name_a_node_further_down_that_no_rule_named_before()
    {
        var (world, from) = Shop();
        var draft = World.Set("fixed up", new Rule(World.Parse("child(\"payments/db\") is down"), "critical"));
        Guid[] shop = [world["shop"]];
        var named = world.Evaluator.NamedBy(world["shop"], draft);
        var replay = new Replay(
            world.Evaluator.Replica(shop, named),
            shop,
            new Dictionary<Guid, RuleSet> { [world["shop"]] = draft },
            from
        );
        world.After(TimeSpan.FromMinutes(1)).Report("db", "down");
        foreach (var t in world.Transitions.Where(t => t.At > from))
            replay.Give(t.At, [t]);
        replay.End(from.AddHours(1))[world["shop"]].Changes.Select(c => c.To).ShouldBe(["critical"]);
    }

    [Fact]
    public void What_flaps_sends_no_notices_in_a_replay()
    {
        var (world, from) = Shop();
        var watched = World.Set("worst") with { Timing = new Timing(Flapping: new()) };
        var (calm, nervous) = (Replayed(world, "db", watched), Replayed(world, "db", World.Set("worst")));
        for (var i = 0; i < 30; i++)
            world.After(TimeSpan.FromMinutes(1)).Report("db", i % 2 == 0 ? "down" : "up");
        Feed(calm, world, from);
        Feed(nervous, world, from);
        nervous.End(from.AddHours(1))[world["db"]].Notices.ShouldBe(30);
        calm.End(from.AddHours(1))[world["db"]].Notices.ShouldBeInRange(1, 10);
    }

    [Fact]
    public void A_replay_leaves_what_it_was_taken_from_as_it_was()
    {
        var (world, from) = Shop();
        var replay = Replayed(world, "payments", ("all children are up", "down"));
        replay.End(from.AddHours(1));
        world.Status("payments").ShouldBe("up");
    }

    private static (World World, DateTimeOffset From) Shop()
    {
        var world = new World()
            .Group("shop")
            .Group("payments", "shop")
            .Leaf("db", "payments")
            .Leaf("queue", "payments");
        world.Report("db", "up").Report("queue", "up");
        return (world, world.Now);
    }

    private static Replay Replayed(World world, string node, params (string When, string Then)[] rules) =>
        Replayed(world, node, World.Set("worst", [.. rules.Select(r => new Rule(World.Parse(r.When), r.Then))]));

    private static Replay Replayed(World world, string node, RuleSet draft) =>
        new(
            world.Evaluator.Replica([world[node]]),
            [world[node]],
            new Dictionary<Guid, RuleSet> { [world[node]] = draft },
            world.Now
        );

    private static void Feed(Replay replay, World world, DateTimeOffset from)
    {
        for (var i = 0; i < world.Log.Count; i++)
            if (world.Log[i].Timestamp > from)
                replay.Fold(i + 1, world.Log[i].Timestamp, world.Log[i].Event);
    }
}
