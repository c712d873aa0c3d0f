using Torch.Domain.Incidents;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;
using Torch.Domain.Tests.Evaluation;

namespace Torch.Domain.Tests.Notices;

/// <summary>Incidents over a real evaluator, kept row by row as the read table keeps them.</summary>
public sealed class IncidentBookTests
{
    private readonly World _world = new World()
        .Group("shop")
        .Group("payments", "shop")
        .Leaf("api", "payments")
        .Leaf("queue", "payments")
        .Report("api", "up")
        .Report("queue", "up");

    [Fact]
    public void The_recovery_of_what_was_dragged_along_opens_nothing()
    {
        _world.Report("api", "down").After(TimeSpan.FromMinutes(1)).Report("api", "up").Report("queue", "up");
        var incident = Rows().ShouldHaveSingleItem();
        incident.CauseId.ShouldBe(_world["api"]);
        incident.EndedAt.ShouldBe(_world.Now);
        incident.Affected.Select(a => a.NodeId).ShouldBe([_world["payments"], _world["shop"]]);
        incident.Affected.ShouldAllBe(a => a.Until == _world.Now);
    }

    [Fact]
    public void Why_it_began_why_it_is_bad_and_how_it_ended_are_three_things()
    {
        _world.Report("api", "degraded").After(TimeSpan.FromMinutes(1)).Report("api", "down");
        var open = Rows().ShouldHaveSingleItem();
        open.FirstSentence.ShouldContain("degraded");
        open.Sentence.ShouldContain("down");
        open.EndSentence.ShouldBeNull();

        _world.After(TimeSpan.FromMinutes(1)).Report("api", "up");

        var over = Rows().ShouldHaveSingleItem();
        (over.FirstSentence, over.Sentence).ShouldBe((open.FirstSentence, open.Sentence));
        over.EndSentence.ShouldNotBeNull().ShouldContain("up");
    }

    [Fact]
    public void What_stays_bad_when_its_cause_is_over_is_a_cause_itself_until_it_recovers()
    {
        var patient = World.Set("worst") with { Timing = new(RecoveryFor: TimeSpan.FromMinutes(5)) };
        _world.Publish("payments", patient).Report("api", "down").After(TimeSpan.FromMinutes(1)).Report("api", "up");
        _world.Report("queue", "degraded").Report("queue", "up");
        var held = Rows().Single(i => i.CauseId == _world["payments"]);
        held.IsOpen.ShouldBeTrue();
        held.Affected.Select(a => a.NodeId).ShouldBe([_world["shop"]]);
        _world.Tick(TimeSpan.FromMinutes(6));
        Rows().ShouldAllBe(i => !i.IsOpen);
    }

    [Fact]
    public void A_worse_incident_beside_another_makes_what_stands_above_both_worse_by_itself()
    {
        _world.Report("queue", "critical").After(TimeSpan.FromMinutes(1)).Report("api", "down");

        AffectedBy("queue").ShouldBe(["payments critical", "shop critical"], ignoreOrder: true);
        AffectedBy("api").ShouldBe(["payments down", "shop down"], ignoreOrder: true);

        _world.After(TimeSpan.FromMinutes(1)).Report("api", "up");

        AffectedBy("queue").ShouldBe(["payments critical", "shop critical"], ignoreOrder: true);
        Rows().Single(i => i.IsOpen).CauseId.ShouldBe(_world["queue"]);
    }

    private IEnumerable<string> AffectedBy(string cause) =>
        Rows()
            .Single(i => i.CauseId == _world[cause])
            .Affected.Where(a => a.Until is null)
            .Select(a => $"{(a.NodeId == _world["shop"] ? "shop" : "payments")} {a.Status}");

    [Fact]
    public void A_deleted_cause_ends_its_incident()
    {
        _world.Report("api", "down");
        _world.Fold(new ChildUnlinked(_world["payments"], _world["api"])).Fold(new NodeRemoved(_world["api"]));
        Rows().Single(i => i.CauseId == _world["api"]).Status.ShouldBe(IncidentBook.Gone);
    }

    [Fact]
    public void A_book_that_is_loaded_at_any_moment_goes_on_the_same()
    {
        _world.Report("api", "down").Report("queue", "critical").After(TimeSpan.FromMinutes(1));
        _world.Fold(new NodeAcknowledged(_world["api"], "at it", null));
        _world.Report("api", "degraded").Report("queue", "up").Report("api", "down").Report("queue", "down");
        _world.After(TimeSpan.FromMinutes(1)).Report("api", "up").Report("queue", "up").Report("api", "up");
        var whole = Rows();
        whole.Count.ShouldBeGreaterThan(2);
        foreach (var size in (int[])[1, 2, 3, 5, 7])
            Text(Rows(size)).ShouldBe(Text(whole), $"in batches of {size}");
    }

    [Fact]
    public void Of_random_histories_a_book_that_is_loaded_at_any_moment_goes_on_the_same()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var tests = new IncidentBookTests();
            var sizes = new Random(seed);
            tests.Happen(new Random(seed));
            var whole = string.Join('\n', Text(tests.Rows()));
            foreach (var size in (int[])[1, 2, sizes.Next(3, 20)])
                string.Join('\n', Text(tests.Rows(size))).ShouldBe(whole, $"seed {seed}, in batches of {size}");
        }
    }

    // Nodes with several parents, groups that recover late, statuses that come and go.
    private void Happen(Random random)
    {
        string[] groups = ["shop", "payments", "fleet", "stock"];
        string[] leaves = ["api", "queue", "card", "cart"];
        string[] statuses = ["up", "up", "degraded", "critical", "down"];
        _world.Group("fleet").Group("stock", "fleet").Leaf("card", "stock").Leaf("cart", "payments");
        _world.Link("fleet", "payments").Link("stock", "api").Link("payments", "card");
        foreach (var group in groups.Where(_ => random.Next(2) == 0))
        {
            var late = new Timing(RecoveryFor: TimeSpan.FromMinutes(random.Next(1, 4)));
            _world.Publish(group, World.Set("worst") with { Timing = late });
        }
        for (var step = 0; step < 40; step++)
        {
            var leaf = leaves[random.Next(leaves.Length)];
            if (random.Next(8) == 0)
                _world.Fold(new NodeAcknowledged(_world[leaf], "at it", null));
            else if (random.Next(6) == 0)
                _world.Tick(TimeSpan.FromMinutes(random.Next(1, 5)));
            else
                _world.Report(leaf, statuses[random.Next(statuses.Length)]);
            if (random.Next(2) == 0)
                _world.After(
                    TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerSecond, 90 * TimeSpan.TicksPerSecond))
                );
        }
    }

    private static IEnumerable<string> Text(IEnumerable<Incident> rows) =>
        rows.Select(i => $"{i with { Affected = [] }} {string.Join(", ", i.Affected)}");

    // Events and what followed from them, each transition right behind the event that brought it about.
    private List<(long Position, IEvent Event)> Everything()
    {
        var events = new List<(long Position, IEvent Event)>();
        for (var i = 0; i < _world.Log.Count; i++)
        {
            events.Add((events.Count + 1, _world.Log[i].Event));
            foreach (var transition in _world.Transitions.Where(t => t.Why.Position == i + 1))
                events.Add((events.Count + 1, transition));
        }
        return events;
    }

    // As its row keeps it: PostgreSQL knows moments to the microsecond.
    private static Incident Kept(Incident incident) =>
        incident with
        {
            Since = Whole(incident.Since),
            EndedAt = incident.EndedAt is { } over ? Whole(over) : null,
        };

    private static DateTimeOffset Whole(DateTimeOffset at) => new(at.Ticks / 10 * 10, at.Offset);

    private List<Incident> Rows(int batch = int.MaxValue)
    {
        var rows = new Dictionary<Guid, Incident>();
        var parents = new HashSet<(Guid, Guid)>();
        foreach (var page in Everything().Chunk(batch))
        {
            var kept = rows.Values.Where(i => i.IsOpen || i.IsLeaving).ToList();
            var book = IncidentBook.Load(StatusCatalog.BuiltIn, kept, parents);
            foreach (var (position, @event) in page)
            {
                book.Fold(position, @event);
                if (@event is ChildLinked linked)
                    parents.Add((linked.ChildId, linked.ParentId));
            }
            foreach (var incident in book.TakeTouched())
                rows[incident.Id] = Kept(incident);
        }
        return [.. rows.Values.OrderBy(i => i.Position).ThenBy(i => i.Id)];
    }
}
