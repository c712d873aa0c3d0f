using Torch.Domain.Maintenance;
using Torch.Domain.Nodes;
using Torch.Domain.Notices;

namespace Torch.Domain.Tests.Notices;

/// <summary>What is told, and what is not, over a real evaluator.</summary>
public sealed class NoticeBoardTests
{
    private readonly NoticeWorld _it = new();

    public NoticeBoardTests() =>
        _it.Do(w =>
            w.Group("shop")
                .Group("payments", "shop")
                .Leaf("api", "payments")
                .Leaf("queue", "payments")
                .Leaf("search", "shop")
                .Report("api", "up")
                .Report("queue", "up")
                .Report("search", "up")
        );

    [Fact]
    public void One_incident_is_one_message_with_what_it_drags_along_and_one_when_it_is_over()
    {
        _it.Rule().Do(w => w.Report("api", "down"));
        _it.Words.ShouldBe(["Problem api down"]);
        _it.Told[0].Items[0].Affected.ShouldBe(["payments", "shop"]);
        _it.Wait(TimeSpan.FromMinutes(5)).Do(w => w.Report("api", "up"));
        _it.Words.ShouldBe(["Problem api down", "Recovery api up"]);
        _it.Told[1].Items[0].EndedAt.ShouldNotBeNull();
    }

    [Fact]
    public void What_is_not_as_severe_is_told_once_it_becomes_so_and_again_when_it_becomes_worse()
    {
        _it.Rule().Do(w => w.Report("api", "degraded"));
        _it.Words.ShouldBeEmpty();
        _it.Do(w => w.Report("api", "critical"));
        _it.Do(w => w.Report("api", "down"));
        _it.Do(w => w.Report("api", "critical"));
        _it.Words.ShouldBe(["Problem api critical", "Worse api down"]);
    }

    [Fact]
    public void A_rule_of_a_subtree_hears_of_it_alone()
    {
        _it.Rule(r => r with { NodeIds = [_it.World["payments"]] });
        _it.Do(w => w.Report("search", "down"));
        _it.Words.ShouldBeEmpty();
        _it.Do(w => w.Report("queue", "down"));
        _it.Words.ShouldBe(["Problem queue down"]);
    }

    [Fact]
    public void A_rule_matters_by_the_worst_of_what_an_incident_drags_along()
    {
        _it.Do(w => w.Rules("payments", ("any child is degraded", "down")));
        _it.Rule(r => r with { AtLeast = "down" }).Do(w => w.Report("api", "degraded"));
        _it.Words.ShouldBe(["Problem api degraded"]);
        _it.Told[0].Items[0].Severity.ShouldBe("down");
    }

    [Fact]
    public void Incidents_that_were_open_before_a_rule_are_not_told()
    {
        _it.Do(w => w.Report("api", "down")).Rule().Wait(TimeSpan.FromMinutes(1));
        _it.Do(w => w.Report("api", "up"));
        _it.Words.ShouldBeEmpty();
    }

    [Fact]
    public void A_problem_shorter_than_the_delay_is_not_told_and_neither_is_its_end()
    {
        _it.Rule(r => r with { Delay = TimeSpan.FromMinutes(2) });
        _it.Do(w => w.Report("api", "down")).Wait(TimeSpan.FromMinutes(1)).Do(w => w.Report("api", "up"));
        _it.Wait(TimeSpan.FromMinutes(5)).Words.ShouldBeEmpty();
        _it.Do(w => w.Report("api", "down")).Wait(TimeSpan.FromMinutes(3));
        _it.Words.ShouldBe(["Problem api down"]);
    }

    [Fact]
    public void More_than_five_at_once_are_one_digest_and_its_incidents_end_in_one_too()
    {
        var leaves = Enumerable.Range(0, 1_000).Select(i => $"leaf {i}").ToList();
        _it.Do(w => leaves.ForEach(l => w.Leaf(l, "shop").Report(l, "up")));
        _it.Rule(r => r with { Gather = TimeSpan.FromSeconds(5) });
        _it.Do(w => leaves.ForEach(l => w.Report(l, "down"))).Wait(TimeSpan.FromSeconds(10));
        var digest = _it.Told.ShouldHaveSingleItem();
        digest.Kind.ShouldBe(NoticeKind.Digest);
        (digest.Items.Count + digest.Rest!.Count).ShouldBe(1_000);
        digest.Items.Count.ShouldBe(NoticeBoard.MostItems);
        _it.Do(w => leaves.ForEach(l => w.Report(l, "up"))).Wait(TimeSpan.FromSeconds(10));
        _it.Told.Count.ShouldBe(2);
        _it.Told[1].Items.ShouldAllBe(i => i.Kind == NoticeKind.Recovery);
    }

    [Fact]
    public void What_depends_on_a_fault_is_not_told_until_that_is_over_and_it_still_is_bad()
    {
        _it.Do(w => w.Fold(new DependencyAdded(w["api"], w["search"]))).Rule();
        _it.Do(w => w.Report("search", "down").Report("api", "down"));
        _it.Words.ShouldBe(["Problem search down"]);
        _it.Do(w => w.Report("search", "up"));
        _it.Words.ShouldBe(["Problem search down", "Recovery search up", "Problem api down"]);
    }

    [Fact]
    public void An_acknowledged_incident_is_not_told_again_but_its_end_is()
    {
        _it.Rule(r => r with { Repeat = TimeSpan.FromMinutes(10) }).Do(w => w.Report("api", "down"));
        _it.Wait(TimeSpan.FromMinutes(12)).Words.ShouldBe(["Problem api down", "Repeat api down"]);
        _it.Do(w => w.Fold(new NodeAcknowledged(w["api"], "at it", null))).Wait(TimeSpan.FromHours(1));
        _it.Told.Count.ShouldBe(2);
        _it.Do(w => w.Report("api", "up"));
        _it.Words[^1].ShouldBe("Recovery api up");
    }

    [Fact]
    public void Where_nobody_acknowledges_others_are_told_and_they_hear_of_the_end_too()
    {
        _it.Rule(r => r with { Escalations = [new(TimeSpan.FromMinutes(15), [NoticeWorld.Boss])] });
        _it.Do(w => w.Report("api", "down")).Wait(TimeSpan.FromMinutes(20));
        _it.Words.ShouldBe(["Problem api down", "Escalation api down"]);
        _it.Told[1].Channels.ShouldBe([NoticeWorld.Boss]);
        _it.Do(w => w.Report("api", "up"));
        _it.Told[^1].Channels.ShouldBe([NoticeWorld.Channel, NoticeWorld.Boss]);
    }

    [Fact]
    public void Nothing_is_told_in_maintenance_and_what_is_still_bad_afterwards_is()
    {
        var window = new MaintenanceScheduled(
            Guid.Empty,
            "move",
            [_it.World["api"]],
            new MaintenanceSchedule(
                MaintenanceKind.Fixed,
                From: _it.World.Now.AddMinutes(1),
                To: _it.World.Now.AddMinutes(11)
            ),
            null
        );
        _it.Rule().Do(w => w.Fold(window)).Wait(TimeSpan.FromMinutes(2));
        _it.Do(w => w.Report("api", "down")).Wait(TimeSpan.FromMinutes(5)).Words.ShouldBeEmpty();
        _it.Wait(TimeSpan.FromMinutes(10)).Words.ShouldBe(["Problem api down"]);
    }

    [Fact]
    public void Quiet_hours_hold_back_what_does_not_break_through_and_tell_afterwards_what_still_holds()
    {
        // It is noon in the world.
        _it.Rule(r => r with { Quiet = new("daily 11:00-12:10", null, "down") });
        _it.Do(w => w.Report("api", "critical").Report("queue", "critical").Report("search", "down"));
        _it.Words.ShouldBe(["Problem search down"]);
        _it.Do(w => w.Report("queue", "up")).Wait(TimeSpan.FromMinutes(15));
        _it.Words.ShouldBe(["Problem search down", "Problem api critical"]);
    }

    [Fact]
    public void Quiet_hours_hold_back_an_incident_though_a_worse_one_makes_the_same_nodes_worse()
    {
        _it.Rule(r => r with { Quiet = new("daily 11:00-12:10", null, "down") });
        _it.Do(w => w.Report("api", "critical").Report("queue", "down"));
        _it.Words.ShouldBe(["Problem queue down"]);
        _it.Do(w => w.Report("queue", "up")).Wait(TimeSpan.FromMinutes(15));
        _it.Words.ShouldBe(["Problem queue down", "Recovery queue up", "Problem api critical"]);
    }

    [Fact]
    public void Out_of_its_service_period_nobody_cares()
    {
        _it.Rule();
        _it.OutOfService.Add(_it.World["api"]);
        _it.Do(w => w.Report("api", "down")).Words.ShouldBeEmpty();
        _it.OutOfService.Clear();
        _it.Decide();
        _it.Words.ShouldBe(["Problem api down"]);
    }

    [Fact]
    public void Flapping_mutes_and_the_last_word_is_what_holds()
    {
        _it.Do(w => w.Publish("api", Evaluation.World.Set("worst") with { Timing = new(Flapping: new(30, 25)) }));
        _it.Rule();
        for (var i = 0; i < 30; i++)
        {
            var status = i % 2 == 0 ? "down" : "up";
            _it.Do(w => w.After(TimeSpan.FromSeconds(10)).Report("api", status));
        }
        var while_ = _it.Told.Count;
        while_.ShouldBeLessThan(20);
        for (var i = 0; i < 30; i++)
            _it.Do(w => w.After(TimeSpan.FromSeconds(10)).Report("api", "up"));
        _it.Told.Count(n => n.Kind == NoticeKind.Problem).ShouldBe(_it.Told.Count(n => n.Kind == NoticeKind.Recovery));
    }

    [Fact]
    public void A_node_that_stays_bad_when_its_cause_is_over_passes_to_the_next_incident_below_it()
    {
        _it.Rule(r => r with { NodeIds = [_it.World["shop"]], AtLeast = "critical" });
        _it.Do(w => w.Report("api", "down"));
        _it.Do(w => w.Report("queue", "critical"));
        _it.Do(w => w.Report("api", "up"));
        _it.Do(w => w.Report("queue", "up"));
        _it.Words.ShouldBe(["Problem api down", "Problem queue critical", "Recovery api up", "Recovery queue up"]);
    }

    [Fact]
    public void The_same_log_gives_the_same_notices()
    {
        _it.Rule().Do(w => w.Report("api", "down")).Do(w => w.Report("api", "up"));
        var again = new NoticeBoardTests();
        again._it.Rule().Do(w => w.Report("api", "down")).Do(w => w.Report("api", "up"));
        again._it.Told.Select(n => n.NoticeId).ShouldBe(_it.Told.Select(n => n.NoticeId));
    }
}
