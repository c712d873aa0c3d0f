using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Torch.Domain.Schedules;

namespace Torch.Domain.Tests.Schedules;

/// <summary>Schedules with a time zone, on ordinary days and on awkward ones.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData("mon-fri 08:00-18:00")]
    [InlineData("sat,sun 10:00-14:00; wed 22:00-06:00")]
    [InlineData("daily 00:00-24:00")]
    [InlineData("sun 02:00 for 2h")]
    [InlineData("08:00-18:00", "daily 08:00-18:00")]
    [InlineData("Sat-Mon 00:00-24:00", "mon,sat,sun 00:00-24:00")]
    [InlineData("fri, thu,wed 23:30 for 90m", "wed-fri 23:30 for 90m")]
    [InlineData("22:00-24:00;", "daily 22:00-24:00")]
    public void A_schedule_prints_and_parses_back(string text, string? canonical = null)
    {
        Parse(text).ToString().ShouldBe(canonical ?? text);
        Parse(Parse(text).ToString()).ShouldBe(Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mon")]
    [InlineData("moon 08:00-18:00")]
    [InlineData("mon 8-18")]
    [InlineData("mon 08:00-08:00")]
    [InlineData("mon 24:00-25:00")]
    [InlineData("mon 08:60-09:00")]
    [InlineData("mon 08:00 for 8d")]
    [InlineData("mon 08:00 for 5parsecs")]
    [InlineData("mon-tue-wed 08:00-18:00")]
    public void What_is_no_schedule_is_refused(string text) => Schedule.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("Mars/Olympus_Mons")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("../etc/passwd")]
    [InlineData("")]
    public void An_unknown_time_zone_is_refused(string name) => TimeZones.TryFind(name, out _).ShouldBeFalse();

    [Theory]
    [InlineData("2026-11-20T17:59:59Z", true)] // a Friday
    [InlineData("2026-11-20T18:00:00Z", false)]
    [InlineData("2026-11-21T12:00:00Z", false)]
    [InlineData("2026-11-23T07:59:59Z", false)]
    [InlineData("2026-11-23T08:00:00Z", true)]
    public void Its_beginnings_belong_to_it_and_its_ends_do_not(string at, bool inside) =>
        Parse("mon-fri 08:00-18:00").Contains(At(at), TimeZoneInfo.Utc).ShouldBe(inside);

    [Theory]
    // Berlin skips 02:00-03:00 on 29 March 2026 and has it twice on 25 October.
    [InlineData("Europe/Berlin", "sun 02:30-05:00", "2026-03-28T12:00Z", "2026-03-29T01:00Z", "2026-03-29T03:00Z")]
    [InlineData("Europe/Berlin", "sun 01:00-02:30", "2026-03-28T12:00Z", "2026-03-29T00:00Z", "2026-03-29T01:00Z")]
    [InlineData("Europe/Berlin", "sun 02:00-03:00", "2026-10-24T12:00Z", "2026-10-25T00:00Z", "2026-10-25T02:00Z")]
    [InlineData("Europe/Berlin", "sun 02:30-05:00", "2026-10-24T12:00Z", "2026-10-25T00:30Z", "2026-10-25T04:00Z")]
    [InlineData("Europe/Berlin", "sun 01:00-02:30", "2026-10-24T12:00Z", "2026-10-24T23:00Z", "2026-10-25T00:30Z")]
    [InlineData("Europe/Berlin", "sun 02:30 for 2h", "2026-03-28T12:00Z", "2026-03-29T01:00Z", "2026-03-29T03:00Z")]
    [InlineData("Europe/Berlin", "sun 02:00 for 2h", "2026-10-24T12:00Z", "2026-10-25T00:00Z", "2026-10-25T02:00Z")]
    [InlineData("Europe/Berlin", "sat 22:00-06:00", "2026-10-24T12:00Z", "2026-10-24T20:00Z", "2026-10-25T05:00Z")]
    // New York skips 02:00-03:00 on 8 March 2026 and has 01:00-02:00 twice on 1 November.
    [InlineData("America/New_York", "sun 02:15-04:00", "2026-03-07T12:00Z", "2026-03-08T07:00Z", "2026-03-08T08:00Z")]
    [InlineData("America/New_York", "sun 01:00-02:00", "2026-10-31T12:00Z", "2026-11-01T05:00Z", "2026-11-01T07:00Z")]
    // Lord Howe moves by half an hour: 02:00 becomes 02:30 on 4 October 2026, and 02:00 becomes 01:30 on 5 April.
    [InlineData(
        "Australia/Lord_Howe",
        "sun 02:15-03:00",
        "2026-10-03T06:00Z",
        "2026-10-03T15:30Z",
        "2026-10-03T16:00Z"
    )]
    [InlineData(
        "Australia/Lord_Howe",
        "sun 01:00-02:00",
        "2026-04-04T06:00Z",
        "2026-04-04T14:00Z",
        "2026-04-04T15:30Z"
    )]
    // Apia had no Friday 30 December 2011: its Thursday ended into Saturday.
    [InlineData("Pacific/Apia", "thu 22:00-06:00", "2011-12-29T12:00Z", "2011-12-30T08:00Z", "2011-12-30T10:00Z")]
    [InlineData("Pacific/Apia", "fri 08:00-12:00", "2011-12-28T12:00Z", "2012-01-05T18:00Z", "2012-01-05T22:00Z")]
    [InlineData("Pacific/Apia", "fri 22:00-06:00", "2011-12-28T12:00Z", "2012-01-06T08:00Z", "2012-01-06T16:00Z")]
    [InlineData("Pacific/Apia", "fri 08:00 for 1d", "2011-12-28T12:00Z", "2012-01-05T18:00Z", "2012-01-06T18:00Z")]
    [InlineData("Pacific/Apia", "sat 00:00-01:00", "2011-12-28T12:00Z", "2011-12-30T10:00Z", "2011-12-30T11:00Z")]
    public void Awkward_days_have_their_edges_where_the_clock_on_the_wall_first_shows_them(
        string zoneName,
        string text,
        string before,
        string from,
        string to
    )
    {
        TimeZones.TryFind(zoneName, out var zone).ShouldBeTrue();
        var schedule = Parse(text);
        var begins = schedule.NextEdge(At(before), zone!).ShouldNotBeNull();
        begins.ShouldBe(At(from));
        schedule.Contains(begins.AddTicks(-1), zone!).ShouldBeFalse();
        schedule.Contains(begins, zone!).ShouldBeTrue();
        schedule.NextEdge(begins, zone!).ShouldBe(At(to));
        schedule.Contains(At(to), zone!).ShouldBeFalse();
    }

    [Fact]
    public void A_schedule_without_an_edge_has_no_next_one() =>
        Parse("mon-thu 00:00-24:00; fri-sun 00:00 for 1d")
            .NextEdge(At("2026-11-20T17:00Z"), TimeZoneInfo.Utc)
            .ShouldBeNull();

    [Fact]
    public void It_changes_at_its_next_edge_and_nowhere_before() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    var random = new Random(seed);
                    string[] zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"];
                    string[] texts = ["mon-fri 08:00-18:00", "daily 22:00-02:30; sun 02:15 for 90m", "sat 01:30-02:00"];
                    TimeZones.TryFind(zones[random.Next(4)], out var zone);
                    var schedule = Parse(texts[random.Next(3)]);
                    var at = At("2011-01-01T00:00Z").AddMinutes(random.Next(525_600 * 16));
                    var edge = schedule.NextEdge(at, zone!)!.Value;
                    var inside = schedule.Contains(at, zone!);
                    return Enumerable
                            .Range(0, 40)
                            .All(i => schedule.Contains(at + ((edge - at) * i / 40), zone!) == inside)
                        && schedule.Contains(edge.AddTicks(-1), zone!) == inside
                        && schedule.Contains(edge, zone!) != inside;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Its_occurrences_between_two_moments_can_be_listed() =>
        Parse("sun 02:00 for 2h")
            .Between(At("2026-03-22T02:00Z"), At("2026-04-05T00:00Z"), Berlin)
            .Select(o => o.From)
            .ShouldBe([At("2026-03-22T01:00Z"), At("2026-03-29T01:00Z")]);

    private static TimeZoneInfo Berlin => TimeZones.Find("Europe/Berlin");

    private static Schedule Parse(string text)
    {
        Schedule.TryParse(text, out var schedule).ShouldBeTrue(text);
        return schedule!;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
