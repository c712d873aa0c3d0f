using System.Globalization;
using Torch.Text;

namespace Torch.Domain.Tests.Schedules;

public class CronTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("*/5 * * * *", "2026-11-21 10:02", "2026-11-21 10:05")]
    [InlineData("*/5 * * * *", "2026-11-21 10:05", "2026-11-21 10:10")]
    [InlineData("0 3 * * *", "2026-11-21 03:00", "2026-11-22 03:00")]
    [InlineData("30 8-17/3 * * mon-fri", "2026-11-21 10:00", "2026-11-23 08:30")]
    [InlineData("15,45 0 1 jan,JUL *", "2026-11-21 10:00", "2027-01-01 00:15")]
    [InlineData("0 0 29 2 *", "2026-11-21 10:00", "2028-02-29 00:00")]
    [InlineData("0 0 29 2 *", "2096-03-01 00:00", "2104-02-29 00:00")]
    [InlineData("0 12 * * 7", "2026-11-21 10:00", "2026-11-22 12:00")]
    [InlineData("0 12 * * 0", "2026-11-22 12:00", "2026-11-29 12:00")]
    [InlineData("50/4 * * * *", "2026-11-21 10:51", "2026-11-21 10:54")]
    [InlineData("0 0 13 * fri", "2026-11-21 10:00", "2026-11-27 00:00")]
    [InlineData("0 0 13 * fri", "2026-11-28 10:00", "2026-12-04 00:00")]
    [InlineData("0 0 */2 * fri", "2026-11-21 10:00", "2026-11-27 00:00")]
    [InlineData("59 23 31 12 *", "2026-12-31 23:59", "2027-12-31 23:59")]
    [InlineData("@hourly", "2026-11-21 10:00", "2026-11-21 11:00")]
    [InlineData("@weekly", "2026-11-21 10:00", "2026-11-22 00:00")]
    [InlineData("@yearly", "2026-11-21 10:00", "2027-01-01 00:00")]
    public void The_next_time_is_the_first_that_every_field_names(string cron, string after, string expected) =>
        Of(cron).Next(Utc(after), TimeZoneInfo.Utc).ShouldBe(Utc(expected));

    [Fact]
    public void Seconds_belong_to_the_minute_before() =>
        Of("*/5 * * * *")
            .Next(Utc("2026-11-21 10:04").AddSeconds(59), TimeZoneInfo.Utc)
            .ShouldBe(Utc("2026-11-21 10:05"));

    [Fact]
    public void A_fixed_time_that_spring_skips_runs_once_after_the_gap()
    {
        // 2026-03-29: 02:00 CET becomes 03:00 CEST, at 01:00 UTC.
        Times("30 2 * * *", "2026-03-28 00:00", 3)
            .ShouldBe(["2026-03-28 01:30", "2026-03-29 01:00", "2026-03-30 00:30"]);
        Times("10,40 2 * * *", "2026-03-28 12:00", 2).ShouldBe(["2026-03-29 01:00", "2026-03-30 00:10"]);
    }

    [Fact]
    public void What_runs_every_few_minutes_goes_on_evenly_over_the_gap_of_spring() =>
        Times("*/20 * * * *", "2026-03-29 00:30", 4)
            .ShouldBe(["2026-03-29 00:40", "2026-03-29 01:00", "2026-03-29 01:20", "2026-03-29 01:40"]);

    [Fact]
    public void A_fixed_time_that_autumn_repeats_runs_the_first_time_only()
    {
        // 2026-10-25: 03:00 CEST becomes 02:00 CET, at 01:00 UTC.
        Times("30 2 * * *", "2026-10-24 12:00", 2).ShouldBe(["2026-10-25 00:30", "2026-10-26 01:30"]);
        Times("0 3 * * *", "2026-10-24 12:00", 2).ShouldBe(["2026-10-25 02:00", "2026-10-26 02:00"]);
    }

    [Fact]
    public void Even_when_asked_amid_the_repeated_hour() =>
        Of("30 2 * * *").Next(Utc("2026-10-25 01:10"), Berlin).ShouldBe(Utc("2026-10-26 01:30"));

    [Fact]
    public void Every_hour_means_both_of_the_hours_that_autumn_repeats() =>
        Times("0 * * * *", "2026-10-24 23:30", 4)
            .ShouldBe(["2026-10-25 00:00", "2026-10-25 01:00", "2026-10-25 02:00", "2026-10-25 03:00"]);

    [Fact]
    public void A_day_that_a_zone_skips_altogether_is_made_up_for_after_it()
    {
        // Samoa had no 30th of December 2011.
        var apia = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Apia");
        var cron = Of("0 12 30 12 *");
        cron.Next(new DateTimeOffset(2011, 12, 1, 0, 0, 0, TimeSpan.Zero), apia)
            .ShouldBe(new DateTimeOffset(2011, 12, 31, 0, 0, 0, TimeSpan.FromHours(14)));
    }

    [Fact]
    public void Over_years_in_any_zone_each_time_is_after_the_one_before_and_shows_on_the_wall()
    {
        foreach (var zone in new[] { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu" })
        foreach (var cron in new[] { "*/7 * * * *", "15 2 * * *", "0 3 1 * *", "59 1 * * sun" })
            Follow(Of(cron), TimeZoneInfo.FindSystemTimeZoneById(zone), cron.StartsWith("*/7") ? 3_000 : 800);

        static void Follow(CronExpression cron, TimeZoneInfo zone, int count)
        {
            var at = Utc("2026-03-01 00:00");
            for (var i = 0; i < count; i++)
            {
                var next = cron.Next(at, zone)!.Value;
                next.ShouldBeGreaterThan(at);
                cron.Next(next.AddMinutes(-1).AddSeconds(30), zone).ShouldBe(next, "asked again just before");
                at = next;
            }
        }
    }

    [Theory]
    [InlineData("", "five fields")]
    [InlineData("* * * *", "five fields")]
    [InlineData("* * * * * *", "five fields")]
    [InlineData("60 * * * *", "minute")]
    [InlineData("* 24 * * *", "hour")]
    [InlineData("* * 0 * *", "day of the month")]
    [InlineData("* * * 13 *", "month")]
    [InlineData("* * * * 8", "day of the week")]
    [InlineData("5-1 * * * *", "minute")]
    [InlineData("*/0 * * * *", "minute")]
    [InlineData("1,,2 * * * *", "minute")]
    [InlineData("a * * * *", "minute")]
    [InlineData("-1 * * * *", "minute")]
    [InlineData("0 0 30 2 *", "never comes")]
    public void What_cannot_be_read_is_refused_with_the_field_that_is_wrong(string text, string named)
    {
        CronExpression.TryParse(text, out _, out var problem).ShouldBeFalse();
        problem.ShouldContain(named);
    }

    [Theory]
    [InlineData("* * * * *", 1.0)]
    [InlineData("*/5 * * * *", 0.2)]
    [InlineData("0 3 * * *", 1.0 / 1440)]
    [InlineData("0 3 * * 0", 1.0 / 1440 / 7)]
    public void The_load_that_it_makes_is_known_before(string cron, double perMinute) =>
        Of(cron).RunsPerMinute.ShouldBe(perMinute, 1e-6);

    private static List<string> Times(string cron, string after, int count)
    {
        var (times, at) = (new List<string>(), Utc(after));
        for (var i = 0; i < count; i++)
        {
            at = Of(cron).Next(at, Berlin)!.Value;
            times.Add(at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }
        return times;
    }

    private static CronExpression Of(string text)
    {
        CronExpression.TryParse(text, out var cron, out var problem).ShouldBeTrue(problem);
        return cron!;
    }

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
