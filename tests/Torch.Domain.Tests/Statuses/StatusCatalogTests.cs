using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Tests.Statuses;

public sealed class StatusCatalogTests
{
    private static readonly Status Sluggish = new("sluggish", "Sluggish", 15, true, "triangle", Colour: "#aa8800");

    [Fact]
    public void The_built_in_statuses_have_the_severities_and_availability_of_the_table() =>
        StatusCatalog
            .BuiltIn.All.Select(s => (s.Name, s.Severity, s.Available))
            .ShouldBe([
                ("up", 0, true),
                ("degraded", 10, true),
                ("unknown", 20, null),
                ("expired", 20, false),
                ("critical", 30, false),
                ("down", 40, false),
                ("maintenance", null, null),
                ("paused", null, null),
            ]);

    [Fact]
    public void Each_status_has_a_shape_and_a_word()
    {
        StatusCatalog.BuiltIn.All.Select(s => s.Shape).ShouldBeUnique();
        StatusCatalog.BuiltIn.All.ShouldAllBe(s => s.Label.Length > 0 && StatusCatalog.Shapes.Contains(s.Shape));
    }

    [Fact]
    public void Many_events_at_once_are_as_one_after_the_other()
    {
        var random = new Random(7);
        var events = Enumerable.Range(0, 500).Select(_ => Some(random)).ToList();
        var one = events.Aggregate(StatusCatalog.BuiltIn, (statuses, e) => statuses.Fold(e));
        var all = StatusCatalog.BuiltIn.Fold(events);
        all.Own.ShouldBe(one.Own);
        all.Ordered.ShouldBe(one.Ordered);
        all.Own.ShouldContain(s => s.Removed);
        all.Fold([]).ShouldBeSameAs(all);
    }

    private static IEvent Some(Random random)
    {
        var (name, severity) = (random.Next(20) == 0 ? "down" : $"s{random.Next(40)}", random.Next(50));
        return random.Next(3) switch
        {
            0 => new StatusDefined(name, name, severity, true, "circle", "#123456"),
            1 => new StatusChanged(name, name, severity, false, "square", "#654321"),
            _ => new StatusRemoved(name),
        };
    }

    [Fact]
    public void A_workspace_may_add_its_own_status()
    {
        var statuses = Apply(StatusCatalog.BuiltIn, StatusCatalog.BuiltIn.Define(Sluggish));
        statuses.Find("sluggish").ShouldBe(Sluggish);
        statuses.RankOf("sluggish").ShouldBeInRange(statuses.RankOf("degraded") + 1, statuses.RankOf("unknown") - 1);
        RuleText.Parse("any child is sluggish", statuses).Error.ShouldBeNull();
        RuleText.Parse("any child is sluggish").Error!.Message.ShouldContain("sluggish");
        RollUp.TryParse("worst capped at sluggish", out _, statuses).ShouldBeTrue();
        Contribution.TryParse("cap sluggish", out _, statuses).ShouldBeTrue();
    }

    [Theory]
    [InlineData("down")]
    [InlineData("paused")]
    public void Built_in_names_are_reserved(string name)
    {
        StatusCatalog.BuiltIn.Define(Sluggish with { Name = name }).Refusal!.Code.ShouldBe("status_exists");
        StatusCatalog.BuiltIn.Change(Sluggish with { Name = name }).Refusal!.Code.ShouldBe("built_in_status");
        StatusCatalog.BuiltIn.Remove(name, []).Refusal!.Code.ShouldBe("built_in_status");
        StatusCatalog
            .BuiltIn.Fold(new StatusDefined(name, "x", 1, true, "circle", "#000000"))
            .ShouldBeSameAs(StatusCatalog.BuiltIn);
    }

    [Fact]
    public void What_is_no_status_is_refused()
    {
        Refusal(Sluggish with { Name = "Sluggish" }).ShouldBe("bad_status_name");
        Refusal(Sluggish with { Name = "not" }).ShouldBe("bad_status_name");
        Refusal(Sluggish with { Name = new('a', 41) }).ShouldBe("bad_status_name");
        Refusal(Sluggish with { Label = " " }).ShouldBe("bad_label");
        Refusal(Sluggish with { Severity = 101 }).ShouldBe("severity_out_of_range");
        Refusal(Sluggish with { Severity = null }).ShouldBe("neutral_and_available");
        Refusal(Sluggish with { Shape = "heart" }).ShouldBe("unknown_shape");
        Refusal(Sluggish with { Colour = "red" }).ShouldBe("bad_colour");
    }

    [Fact]
    public void A_status_in_use_cannot_be_removed_and_the_refusal_says_where()
    {
        var statuses = Apply(StatusCatalog.BuiltIn, StatusCatalog.BuiltIn.Define(Sluggish));
        var refusal = statuses.Remove("sluggish", ["the rules of Shop"]).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe("status_in_use");
        refusal.Detail.ShouldContain("the rules of Shop");
        Apply(statuses, statuses.Remove("sluggish", [])).Find("sluggish").ShouldBeNull();
        statuses.Remove("nobody", []).Refusal!.Code.ShouldBe("no_such_status");
    }

    [Fact]
    public void A_status_in_force_by_hand_keeps_its_meaning_and_may_change_its_looks()
    {
        var statuses = Apply(StatusCatalog.BuiltIn, StatusCatalog.BuiltIn.Define(Sluggish));
        string[] byHand = ["shop, which was given it by hand"];
        statuses.Change(Sluggish with { Severity = 35 }, byHand).Refusal!.Code.ShouldBe("status_in_use");
        statuses.Change(Sluggish with { Available = false }, byHand).Refusal!.Detail.ShouldContain("shop");
        statuses.Change(Sluggish with { Label = "Slow", Colour = "#112233" }, byHand).Refusal.ShouldBeNull();
        statuses.Change(Sluggish with { Severity = 35 }, []).Refusal.ShouldBeNull();
    }

    [Fact]
    public void The_same_settings_again_say_nothing()
    {
        var statuses = Apply(StatusCatalog.BuiltIn, StatusCatalog.BuiltIn.Define(Sluggish));
        statuses.Change(Sluggish).Events.ShouldBeEmpty();
        statuses.Change(Sluggish with { Severity = 25 }).Events.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("any child is sluggish", "down", true)]
    [InlineData("value > 3", "sluggish", true)]
    [InlineData("not (child(\"a\") >= sluggish and any child is up)", "down", true)]
    [InlineData("count(children where status in {up, sluggish}) >= 2", "down", true)]
    [InlineData("message contains \"sluggish\"", "down", false)]
    public void The_uses_of_a_status_are_found_in_rules(string when, string then, bool uses)
    {
        var statuses = Apply(StatusCatalog.BuiltIn, StatusCatalog.BuiltIn.Define(Sluggish));
        var condition = RuleText.Parse(when, statuses).Condition.ShouldNotBeNull();
        StatusUses
            .Names(new RuleSet([new(condition, then)], RollUp.Worst, MatchPolicy.First), "sluggish")
            .ShouldBe(uses);
    }

    [Fact]
    public void The_uses_of_a_status_are_found_in_contributions()
    {
        StatusUses.Names("map degraded=sluggish,critical=down", "sluggish").ShouldBeTrue();
        StatusUses.Names("cap sluggish", "sluggish").ShouldBeTrue();
        StatusUses.Names("raise 1", "sluggish").ShouldBeFalse();
    }

    private static string Refusal(Status status) => StatusCatalog.BuiltIn.Define(status).Refusal!.Code;

    private static StatusCatalog Apply(StatusCatalog statuses, Decision decision)
    {
        decision.Refusal.ShouldBeNull();
        return decision.Events.Aggregate(statuses, (s, e) => s.Fold(e));
    }
}
