using Torch.Domain.Backtests;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Tests.Evaluation;

namespace Torch.Domain.Tests.Backtests;

public sealed class DraftedEdgesTests
{
    [Fact]
    public void Another_weight_lets_a_rule_of_the_parent_fire()
    {
        var world = Shop().Rules("payments", "fixed up", ("weight(children where status is down) >= 3", "critical"));
        var from = world.Now;
        var (light, heavy) = (Replayed(world), Replayed(world, drawn: Link(world, "payments", "db", 3)));
        Outage(world);
        Feed(light, world, from).ShouldBeEmpty();
        Feed(heavy, world, from)
            .ShouldBe(["payments up>critical", "shop up>critical", "payments critical>up", "shop critical>up"]);
    }

    [Fact]
    public void A_child_that_is_ignored_or_taken_away_troubles_its_parents_no_more()
    {
        var world = Shop();
        var from = world.Now;
        var (real, ignored, gone) = (
            Replayed(world),
            Replayed(world, drawn: Link(world, "payments", "db", contribution: "ignore")),
            Replayed(world, erased: new ChildUnlinked(world["payments"], world["db"]))
        );
        Outage(world);
        Feed(real, world, from).ShouldBe(["payments up>down", "shop up>down", "payments down>up", "shop down>up"]);
        Feed(ignored, world, from).ShouldBeEmpty();
        Feed(gone, world, from).ShouldBeEmpty();
    }

    [Fact]
    public void A_node_that_is_moved_troubles_its_new_parents_instead_of_its_old_ones()
    {
        var world = Shop();
        var from = world.Now;
        var moved = Replayed(world, Link(world, "stock", "db"), new ChildUnlinked(world["payments"], world["db"]));
        Outage(world);
        Feed(moved, world, from).ShouldBe(["stock up>down", "shop up>down", "stock down>up", "shop down>up"]);
    }

    [Fact]
    public void What_was_recorded_of_a_drafted_edge_is_passed_over_and_what_was_of_another_is_not()
    {
        var world = Shop();
        var from = world.Now;
        var ignored = Replayed(world, drawn: Link(world, "payments", "db", contribution: "ignore"));
        world.After(TimeSpan.FromMinutes(1)).Fold(new ChildUnlinked(world["payments"], world["db"]));
        world.Link("payments", "db", weight: 5);
        Outage(world);
        world.Link("payments", "queue", contribution: "fixed degraded");
        Feed(ignored, world, from).ShouldBe(["payments up>degraded", "shop up>degraded"]);
    }

    [Fact]
    public void An_edge_to_a_node_that_is_made_within_the_window_is_drawn_as_soon_as_it_is_there()
    {
        var world = Shop();
        var from = world.Now;
        var later = Replayed(world, drawn: Link(world, "stock", "cache"));
        world.After(TimeSpan.FromMinutes(1)).Leaf("cache", "payments").Report("cache", "up");
        world.After(TimeSpan.FromMinutes(1)).Report("cache", "down");
        Feed(later, world, from).ShouldContain("stock up>down");
        later.Cycle.ShouldBeNull();
    }

    [Fact]
    public void An_edge_that_would_have_closed_a_cycle_at_that_time_is_told()
    {
        var world = Shop();
        var from = world.Now;
        var cycle = Replayed(world, drawn: Link(world, "payments", "shop"));
        Feed(cycle, world, from).ShouldBeEmpty();
        cycle.Cycle.ShouldBe(Link(world, "payments", "shop"));
        var turned = Replayed(
            world,
            Link(world, "payments", "shop"),
            new ChildUnlinked(world["shop"], world["payments"])
        );
        Feed(turned, world, from);
        turned.Cycle.ShouldBeNull();
    }

    [Fact]
    public void Edges_as_they_are_change_nothing()
    {
        var world = Shop();
        var from = world.Now;
        var (as_it_is, without) = (Replayed(world, drawn: Link(world, "payments", "db")), Replayed(world));
        Outage(world);
        Feed(as_it_is, world, from).ShouldBe(Feed(without, world, from));
    }

    // shop over payments (db, queue) and stock (web), all up.
    private static World Shop()
    {
        var world = new World()
            .Group("shop")
            .Group("payments", "shop")
            .Group("stock", "shop")
            .Leaf("db", "payments")
            .Leaf("queue", "payments")
            .Leaf("web", "stock");
        return world.Report("db", "up").Report("queue", "up").Report("web", "up");
    }

    private static void Outage(World world) =>
        world.After(TimeSpan.FromMinutes(1)).Report("db", "down").After(TimeSpan.FromMinutes(5)).Report("db", "up");

    private static ChildLinked Link(
        World world,
        string parent,
        string child,
        decimal weight = 1,
        string contribution = "as-is"
    ) => new(world[parent], world[child], weight, false, contribution);

    private static Replay Replayed(World world, ChildLinked? drawn = null, ChildUnlinked? erased = null)
    {
        var edges = new DraftedEdges(drawn is null ? [] : [drawn], erased is null ? [] : [erased]);
        Guid[] groups = [world["payments"], world["stock"], world["shop"]];
        var leaves = new[] { "db", "queue", "web", "cache" }.Select(name => world[name]);
        return new(
            world.Evaluator.Replica(groups, [.. leaves]),
            groups,
            new Dictionary<Guid, RuleSet>(),
            world.Now,
            edges: edges
        );
    }

    // The structure's events from the log; of the leaves, which are not evaluated, their transitions.
    private static IReadOnlyList<string> Feed(Replay replay, World world, DateTimeOffset from)
    {
        Guid[] leaves = [world["db"], world["queue"], world["web"], world["cache"]];
        for (var i = 0; i < world.Log.Count; i++)
            if (world.Log[i] is var (at, @event) && at > from)
            {
                replay.Fold(i + 1, at, @event);
                foreach (var t in world.Transitions.Where(t => t.At == at && leaves.Contains(t.NodeId)))
                    if (i + 1 == world.Log.Count || world.Log[i + 1].Timestamp > at)
                        replay.Give(at, [t]);
            }
        return
        [
            .. replay
                .End(world.Now.AddHours(1))
                .SelectMany(node => node.Value.Changes.Select(change => (Node: node.Key, Change: change)))
                .OrderBy(c => c.Change.At)
                .Select(c => $"{world.Evaluator.NameOf(c.Node)} {c.Change.From}>{c.Change.To}"),
        ];
    }
}
