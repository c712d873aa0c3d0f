using Torch.Domain.Backtests;
using Torch.Domain.Statuses;

namespace Torch.Domain.Tests.Backtests;

public sealed class StatusHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Minutes_per_status_add_up_to_the_window()
    {
        var history = Of("up", (10, "down"), (25, "up"), (50, "degraded"));
        history.Times.ShouldBe(
            new Dictionary<string, TimeSpan>
            {
                ["up"] = Minutes(35),
                ["down"] = Minutes(15),
                ["degraded"] = Minutes(10),
            },
            ignoreOrder: true
        );
    }

    [Fact]
    public void Availability_leaves_out_what_is_unknown_or_neutral()
    {
        Of("up", (30, "down"), (45, "up")).Availability.ShouldBe(0.75m);
        Of("unknown", (30, "paused"), (40, "up"), (50, "down")).Availability.ShouldBe(0.5m);
        Of("up", (20, "down")).Availability.ShouldBe(0.333333m);
        Of("unknown").Availability.ShouldBeNull();
    }

    [Fact]
    public void Changes_at_one_moment_are_one_and_one_that_leads_back_is_none()
    {
        Of("up", (10, "degraded"), (10, "down"), (20, "degraded"), (20, "down"))
            .Changes.Select(c => (c.From, c.To))
            .ShouldBe([("up", "down")]);
        Of("up", (10, "down"), (10, "up")).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void An_incident_lasts_as_long_as_the_node_is_not_available_and_has_its_worst_status()
    {
        var incidents = Of(
            "up",
            (10, "critical"),
            (12, "down"),
            (15, "critical"),
            (20, "up"),
            (55, "expired")
        ).Incidents;
        incidents.ShouldBe([new(At(10), At(20), "down"), new(At(55), null, "expired")]);
    }

    [Fact]
    public void Out_of_service_nobody_is_told_but_of_what_lasts_until_the_node_serves()
    {
        var nightly = Of("up", (10, "down"), (20, "up"), (25, "down"), (40, "up"), (50, "down"));
        nightly.Notices.ShouldBe(5);
        nightly.Without([new(At(5), At(30)), new(At(45), At(60))]).Notices.ShouldBe(2);
    }

    [Fact]
    public void Notices_go_out_when_a_node_ceases_to_be_available_and_when_it_is_again()
    {
        Of("up", (10, "critical"), (12, "down"), (20, "up")).Notices.ShouldBe(2);
        Of("up", (10, "degraded"), (12, "up")).Notices.ShouldBe(0);
        Of("down", (10, "maintenance"), (12, "down"), (20, "up")).Notices.ShouldBe(1);
        Of("up", (10, "maintenance"), (12, "up")).Notices.ShouldBe(0);
    }

    [Fact]
    public void A_muted_problem_sends_no_notice_and_nor_does_its_recovery()
    {
        HistoryChange[] changes = [new(At(10), "up", "down", IsMuted: true), new(At(20), "down", "up")];
        new StatusHistory(Start, At(60), "up", changes, StatusCatalog.BuiltIn).Notices.ShouldBe(0);
        HistoryChange[] told = [new(At(10), "up", "down"), new(At(20), "down", "up", IsMuted: true)];
        new StatusHistory(Start, At(60), "up", told, StatusCatalog.BuiltIn).Notices.ShouldBe(2);
    }

    [Fact]
    public void Many_spans_are_drawn_as_the_worst_of_each_part()
    {
        var changes = Enumerable
            .Range(1, 59)
            .Select(i =>
                (
                    i,
                    i % 2 == 0 ? "up"
                    : i == 31 ? "down"
                    : "degraded"
                )
            );
        var drawn = Of("up", [.. changes]).Drawn(6);
        drawn.Select(s => s.Status).ShouldBe(["degraded", "down", "degraded"]);
        (drawn[0].From, drawn[1].From, drawn[^1].To).ShouldBe((Start, At(30), At(60)));
        Of("up", (10, "down")).Drawn(6).Count.ShouldBe(2);
    }

    [Fact]
    public void A_difference_names_transitions_added_and_removed_and_incidents_missed_and_new()
    {
        var before = Of("up", (10, "down"), (20, "up"), (40, "down"), (45, "up"));
        var after = Of("up", (12, "down"), (20, "up"), (50, "critical"));
        var difference = new HistoryDifference(before, after);
        difference.Added.Select(c => (c.At, c.To)).ShouldBe([(At(12), "down"), (At(50), "critical")]);
        difference.Removed.Select(c => (c.At, c.To)).ShouldBe([(At(10), "down"), (At(40), "down"), (At(45), "up")]);
        difference.Missed.ShouldBe([new(At(40), At(45), "down")]);
        difference.New.ShouldBe([new(At(50), null, "critical")]);
        new HistoryDifference(before, before).IsNothing.ShouldBeTrue();
    }

    private static StatusHistory Of(string first, params (int Minute, string To)[] changes) =>
        new(
            Start,
            At(60),
            first,
            changes.Select(c => new HistoryChange(At(c.Minute), "", c.To)),
            StatusCatalog.BuiltIn
        );

    private static DateTimeOffset At(int minute) => Start.AddMinutes(minute);

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);
}
