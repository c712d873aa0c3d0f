using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.History;
using Torch.Domain.Maintenance;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;

namespace Torch.Domain.Tests.Evaluation;

public sealed class ReplicaTests
{
    private const int Length = 110;

    [Fact]
    public void A_replica_of_any_part_finds_the_transitions_that_the_whole_finds_from_the_same_log()
    {
        var compared = 0;
        for (var seed = 0; seed < 500; seed++)
        {
            var run = new Run(seed);
            run.Agrees().ShouldBeTrue($"seed {seed}");
            compared += run.Compared;
        }
        compared.ShouldBeGreaterThan(1_000);
    }

    // In the last ones a leaf and a group beside it turn at one moment: what stands above both is asked once in the whole, and twice here.
    [Fact]
    public void In_the_order_of_time_a_replica_comes_to_the_same_effective_history()
    {
        foreach (var seed in (int[])[.. Enumerable.Range(0, 150), 1703, 1886, 2262, 2690, 2712, 5234, 2750, 4901])
            new Run(seed, inTime: true).AgreesInEffect().ShouldBeTrue($"seed {seed}");
    }

    [Fact]
    public void The_same_holds_where_checks_are_not_looked_after_or_run_from_several_locations()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            new Run(seed, rare: true).Agrees().ShouldBeTrue($"seed {seed}");
            new Run(seed, inTime: true, rare: true).AgreesInEffect().ShouldBeTrue($"seed {seed} in time");
        }
    }

    [Fact]
    public void A_problem_is_as_suppressed_in_a_replica_as_in_the_whole()
    {
        var world = Shop().Group("net").Leaf("router", "net").Report("router", "up");
        world.Fold(new DependencyAdded(world["payments"], world["net"]));
        var replica = world.Evaluator.Replica([world["payments"]]);
        replica.Surrounding.ShouldContain(world["net"]);
        replica.Give(world.Now.AddSeconds(1), [Becomes(world, "net", "down")]);
        var found = replica.Give(world.Now.AddSeconds(2), [Becomes(world, "api", "down")]).ShouldHaveSingleItem();
        found.Suppressed.ShouldBe([world["net"]]);
    }

    [Fact]
    public void A_window_over_a_node_above_covers_what_a_replica_holds_below_it()
    {
        var world = Shop();
        var replica = world.Evaluator.Replica([world["api"]]);
        var window = new MaintenanceSchedule(MaintenanceKind.Fixed, world.Now.AddMinutes(1), world.Now.AddMinutes(5));
        var planned = new MaintenanceScheduled(Guid.NewGuid(), "move", [world["shop"]], window, null);
        replica.Fold(100, world.Now, planned).ShouldBeEmpty();
        replica
            .Fold(101, world.Now.AddMinutes(6), new ClockTicked())
            .Select(t => (t.To, t.At))
            .ShouldBe([("maintenance", world.Now.AddMinutes(1)), ("up", world.Now.AddMinutes(5))]);
    }

    [Fact]
    public void Recorded_children_in_maintenance_mask_their_group_in_a_replica()
    {
        var world = Shop();
        var replica = world.Evaluator.Replica([world["payments"]]);
        NodeTransitioned[] both = [Becomes(world, "api", "maintenance"), Becomes(world, "queue", "maintenance")];
        replica.Give(world.Now.AddSeconds(1), both).Single().To.ShouldBe("maintenance");
        replica.Give(world.Now.AddSeconds(2), [Becomes(world, "api", "up")]).Single().To.ShouldBe("up");
    }

    [Fact]
    public void A_replica_leaves_its_original_as_it_was()
    {
        var world = Shop();
        var replica = world.Evaluator.Replica([world["shop"]]);
        replica.Fold(100, world.Now, new ClockTicked(), [Becomes(world, "payments", "down")]).Count.ShouldBe(1);
        replica.Explain(world["shop"])!.Status.ShouldBe("down");
        world.Status("shop").ShouldBe("up");
        world.Status("payments").ShouldBe("up");
    }

    [Fact]
    public void A_replica_holds_what_it_evaluates_and_what_stands_around_it_and_nothing_else()
    {
        var world = Shop();
        var replica = world.Evaluator.Replica([world["shop"]]);
        replica.Explain(world["payments"]).ShouldNotBeNull();
        replica.Explain(world["api"]).ShouldBeNull();
    }

    [Fact]
    public void Of_those_who_are_made_later_a_replica_knows_whom_it_was_told_of()
    {
        var world = Shop();
        var (near, far) = (Guid.NewGuid(), Guid.NewGuid());
        var replica = world.Evaluator.Replica([world["shop"]], [near]);
        foreach (var id in (Guid[])[near, far])
        {
            replica.Fold(100, world.Now, new NodeCreated(id, "new", Guid.NewGuid(), []));
            replica.Fold(100, world.Now, new NodeAdded(id, true));
        }
        replica.Surrounding.ShouldContain(near);
        replica.Surrounding.ShouldNotContain(far);
        replica.Save().Checks.Count.ShouldBe(1);
    }

    [Fact]
    public void Observations_of_recorded_leaves_are_ignored()
    {
        var world = Shop();
        var replica = world.Evaluator.Replica([world["payments"]]);
        var report = new ReportReceived(World.CheckOf("api"), "api", world.Now, null, "down");
        replica.Fold(100, world.Now, report).ShouldBeEmpty();
        replica.Fold(101, world.Now, Becomes(world, "api", "down")).Single().To.ShouldBe("down");
    }

    [Fact]
    public void Recorded_nodes_that_change_by_one_event_are_judged_together()
    {
        var world = Shop();
        var replica = world.Evaluator.Replica([world["payments"]]);
        var paused = new ReportReceived(Guid.Empty, "both", world.Now, null, "down");
        NodeTransitioned[] both = [Becomes(world, "api", "degraded"), Becomes(world, "queue", "down")];
        replica.Fold(100, world.Now, paused, both).Single().To.ShouldBe("down");
    }

    [Fact]
    public void A_duration_that_began_before_the_replica_ends_in_it()
    {
        var world = Shop();
        var rule = new Rule(World.Parse("any child is down"), "critical", 1, TimeSpan.FromMinutes(5));
        world.Publish("payments", World.Set("fixed up", rule)).After(TimeSpan.FromSeconds(1)).Report("api", "down");
        var replica = world.Evaluator.Replica([world["payments"]]);
        var since = world.Now;
        world.After(TimeSpan.FromMinutes(6));
        replica.Fold(100, world.Now, new ClockTicked()).Single().At.ShouldBe(since.AddMinutes(5));
    }

    [Fact]
    public void A_replica_costs_what_it_holds()
    {
        var world = new World().Group("root");
        for (var i = 0; i < 2_000; i++)
            world.Group($"g{i}", "root").Leaf($"l{i}", $"g{i}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var replica = world.Evaluator.Replica([world["g7"], world["l7"]]);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
        replica.Explain(world["l7"]).ShouldNotBeNull();
    }

    private static World Shop() =>
        new World()
            .Group("shop")
            .Group("payments", "shop")
            .Leaf("api", "payments")
            .Leaf("queue", "payments")
            .Report("api", "up")
            .Report("queue", "up");

    private static NodeTransitioned Becomes(World world, string node, string to) =>
        new(world[node], "up", to, world.Now, new("check", $"{node} is {to}.", null, 0, [], [], 100));

    private sealed class Run(int seed, bool inTime = false, bool rare = false)
    {
        private readonly Random _random = new(seed);
        private readonly Evaluator _whole = new();
        private readonly List<List<NodeTransitioned>> _found = [];

        /// <summary>How many transitions were found by both.</summary>
        public int Compared { get; private set; }

        public bool Agrees()
        {
            var (events, cut, evaluated, replica) = Cut();
            for (var i = cut; i < events.Count; i++)
            {
                var found = replica.Fold(i + 1, events[i].Timestamp, events[i].Event, _found[i]);
                if (Text(found) != Text(_found[i].Where(t => evaluated.Contains(t.NodeId))))
                    return false;
                Compared += found.Count;
            }
            return true;
        }

        // What changes and changes back at one moment never was.
        public bool AgreesInEffect()
        {
            var (events, cut, evaluated, replica) = Cut();
            var (was, found) = (new Dictionary<Guid, EffectiveHistory>(), new Dictionary<Guid, EffectiveHistory>());
            for (var i = cut; i < events.Count; i++)
            {
                Note(was, _found[i].Where(t => evaluated.Contains(t.NodeId)));
                Note(found, replica.Fold(i + 1, events[i].Timestamp, events[i].Event, _found[i]));
            }
            return was.Where(h => h.Value.Changes.Any())
                .All(h => found.TryGetValue(h.Key, out var other) && other.Changes.SequenceEqual(h.Value.Changes));
        }

        private static void Note(Dictionary<Guid, EffectiveHistory> histories, IEnumerable<NodeTransitioned> found)
        {
            foreach (var transition in found)
            {
                if (!histories.TryGetValue(transition.NodeId, out var history))
                    histories.Add(transition.NodeId, history = new());
                history.Fold(transition);
            }
        }

        private (List<(DateTimeOffset Timestamp, IEvent Event)>, int, HashSet<Guid>, Evaluator) Cut()
        {
            var events = Spread([.. new RandomLog(seed, unwatched: rare, placed: rare).Of(Length)]);
            if (inTime)
                events = [.. events.Select(InTime).OrderBy(e => e.Timestamp)];
            var cut = _random.Next(20, Length);
            Fold(events, 0, cut);
            var evaluated = Part(events);
            var replica = _whole.Replica(evaluated, [.. Needed(events.Skip(cut))]);
            Fold(events, cut, events.Count);
            return (events, cut, evaluated, replica);
        }

        private void Fold(List<(DateTimeOffset Timestamp, IEvent Event)> events, int from, int to)
        {
            for (var i = from; i < to; i++)
                _found.Add([.. _whole.Fold(i + 1, events[i].Timestamp, events[i].Event)]);
        }

        // As effective history and backtests fold them: each observation at its own time.
        private static (DateTimeOffset Timestamp, IEvent Event) InTime((DateTimeOffset Timestamp, IEvent Event) e) =>
            (EffectiveEvent.Of(0, e.Timestamp, e.Event).At, e.Event);

        // From one node to all of them, also some that come later.
        private HashSet<Guid> Part(List<(DateTimeOffset Timestamp, IEvent Event)> events)
        {
            var share = _random.NextDouble();
            var nodes = events.Select(e => e.Event).OfType<NodeCreated>().Select(e => e.NodeId).ToList();
            return [nodes[_random.Next(nodes.Count)], .. nodes.Where(_ => _random.NextDouble() < share)];
        }

        private static IEnumerable<Guid> Needed(IEnumerable<(DateTimeOffset Timestamp, IEvent Event)> later) =>
            later.SelectMany(e =>
                e.Event switch
                {
                    ChildLinked link => [link.ParentId, link.ChildId],
                    DependencyAdded depends => [depends.DependsOnId],
                    NodeCheckChanged shows => [shows.CheckId],
                    NodeCreated { CheckId: { } checkId } => [checkId],
                    _ => (Guid[])[],
                }
            );

        // Moments that differ: at one and the same, it is the id of the deadline's node that decides, and a replica may not know it.
        private static List<(DateTimeOffset Timestamp, IEvent Event)> Spread(
            List<(DateTimeOffset Timestamp, IEvent Event)> events
        )
        {
            var spread = new List<(DateTimeOffset Timestamp, IEvent Event)>();
            foreach (var (timestamp, @event) in events)
            {
                var drift = TimeSpan.FromMicroseconds(spread.Count * 101);
                spread.Add((timestamp + drift, Spread(@event, drift)));
                if (@event is NodeCreated { CheckId: not null } leaf)
                    spread.Add(
                        (timestamp + drift, new NodeStalenessChanged(leaf.NodeId, TimeSpan.FromMinutes(2) + drift / 7))
                    );
            }
            return spread;
        }

        private static IEvent Spread(IEvent @event, TimeSpan drift) =>
            @event switch
            {
                ReportReceived e => e with { At = e.At + (drift / 3) },
                ProbeCompleted e => e with { At = e.At + (drift / 3) },
                ResultsLost e => e with { From = e.From + (drift / 5), To = e.To + (drift / 5) },
                NodeStalenessChanged e => e with { Staleness = e.Staleness + (drift / 11) },
                RulesPublished e => e with
                {
                    Rules = e.Rules with { Rules = [.. e.Rules.Rules.Select((r, i) => Spread(r, drift / (13 + i)))] },
                },
                _ => @event,
            };

        // A path names nodes that only its own folding could find again after the log has moved them.
        private static Rule Spread(Rule rule, TimeSpan drift) =>
            rule with
            {
                For = rule.For + drift,
                When = RuleText.Print(rule.When) switch
                {
                    var text when text.Contains("age", StringComparison.Ordinal) => World.Parse(
                        FormattableString.Invariant($"age > {20_000 + drift.TotalMilliseconds}ms or value > 90")
                    ),
                    var text when text.Contains('/', StringComparison.Ordinal) => World.Parse("any child is up"),
                    _ => rule.When,
                },
            };

        private static string Text(IEnumerable<NodeTransitioned> transitions) =>
            string.Join(
                ", ",
                transitions
                    .OrderBy(t => t.NodeId)
                    .Select(t =>
                        $"{t.NodeId} {t.From} {t.To} {t.At:O} {t.Why.Decider} {t.Why.RuleIndex} {t.Why.RulesVersion} {t.Why.Position} {string.Join(' ', t.Suppressed ?? [])}"
                    )
            );
    }
}
