using Torch.Domain.Schedules;

namespace Torch.Domain.Slo;

/// <summary>How an objective's window follows from a moment.</summary>
public enum SloWindowKind
{
    /// <summary>The last so many days.</summary>
    Rolling,

    /// <summary>The week, month, quarter or year that the moment is in.</summary>
    Calendar,
}

/// <summary>A calendar window's length. Weeks begin on Mondays.</summary>
public enum CalendarPeriod
{
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>Over which time an objective is to be met.</summary>
/// <param name="Duration">Of a rolling window: 1 hour to 366 days.</param>
/// <param name="TimeZone">Of a calendar window: an IANA name; UTC where absent.</param>
public sealed record SloWindow(
    SloWindowKind Kind,
    TimeSpan? Duration = null,
    CalendarPeriod? Period = null,
    string? TimeZone = null
)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Why it cannot be; null where it can.</summary>
    internal Refusal? Problem =>
        this switch
        {
            { Kind: SloWindowKind.Rolling, Duration: { } d } when d < Shortest || d > Longest => new(
                "bad_window",
                "A rolling window is from 1 hour to 366 days long."
            ),
            { Kind: SloWindowKind.Rolling, Duration: null } => new("bad_window", "A rolling window needs a duration."),
            { Kind: SloWindowKind.Rolling } when Period is not null || TimeZone is not null => new(
                "bad_window",
                "Only a calendar window has a period and a time zone."
            ),
            { Kind: SloWindowKind.Calendar, Period: null } => new("bad_window", "A calendar window needs a period."),
            { Kind: SloWindowKind.Calendar, Duration: not null } => new(
                "bad_window",
                "Only a rolling window has a duration."
            ),
            { TimeZone: { } name } when !TimeZones.TryFind(name, out _) => new(
                "bad_time_zone",
                $"A time zone is {TimeZones.Expected}."
            ),
            _ => null,
        };

    /// <summary>From when to when the window is that a moment is in; a rolling one ends there.</summary>
    public (DateTimeOffset From, DateTimeOffset To) At(DateTimeOffset moment)
    {
        if (Kind is SloWindowKind.Rolling)
            return (moment - Duration!.Value, moment);
        var zone = TimeZones.Find(TimeZone);
        var first = First(TimeZones.Local(moment, zone).Date, Period!.Value);
        return (TimeZones.FirstAt(first, zone), TimeZones.FirstAt(Next(first, Period.Value), zone));
    }

    private static DateTime First(DateTime day, CalendarPeriod period) =>
        period switch
        {
            CalendarPeriod.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            CalendarPeriod.Month => new DateTime(day.Year, day.Month, 1),
            CalendarPeriod.Quarter => new DateTime(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
            _ => new DateTime(day.Year, 1, 1),
        };

    private static DateTime Next(DateTime first, CalendarPeriod period) =>
        period switch
        {
            CalendarPeriod.Week => first.AddDays(7),
            CalendarPeriod.Month => first.AddMonths(1),
            CalendarPeriod.Quarter => first.AddMonths(3),
            _ => first.AddYears(1),
        };
}
