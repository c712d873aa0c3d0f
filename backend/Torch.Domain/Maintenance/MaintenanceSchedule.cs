using Torch.Domain.Schedules;

namespace Torch.Domain.Maintenance;

public enum MaintenanceKind
{
    /// <summary>From one moment to another.</summary>
    Fixed,

    /// <summary>Begins with the first problem of a covered node between two moments, and lasts a while.</summary>
    Flexible,

    /// <summary>Every week at the same time by the clock on the wall.</summary>
    Recurring,
}

/// <summary>When a window is open. Which members there are depends on the kind.</summary>
/// <param name="From">Fixed and flexible.</param>
/// <param name="To">Fixed and flexible; exclusive.</param>
/// <param name="Duration">Flexible: how long it lasts once begun; it may last beyond <paramref name="To"/>.</param>
/// <param name="Weekly">Recurring: a timetable such as <c>sun 02:00 for 2h</c>.</param>
/// <param name="TimeZone">Recurring: an IANA name; null for UTC.</param>
/// <param name="ValidFrom">Recurring: it begins no sooner.</param>
/// <param name="ValidTo">Recurring: it begins before that.</param>
public sealed record MaintenanceSchedule(
    MaintenanceKind Kind,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    TimeSpan? Duration = null,
    string? Weekly = null,
    string? TimeZone = null,
    DateTimeOffset? ValidFrom = null,
    DateTimeOffset? ValidTo = null
)
{
    // Two weeks: a skipped day takes at most one of a week's occurrences away.
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(16);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public Refusal? Problem =>
        Kind == MaintenanceKind.Recurring ? RecurringProblem
        : From is not { } from || To is not { } to || to <= from ? new("bad_span", "It ends before it begins.")
        : to - from > Longest ? new("bad_span", "It is longer than a year.")
        : Kind == MaintenanceKind.Flexible
        && (Duration is not { } lasts || lasts < TimeSpan.FromMinutes(1) || lasts > Longest)
            ? new("bad_duration", "A flexible window lasts from one minute to a year.")
        : null;

    /// <summary>The first time that it takes place, or may begin, which is not over at this moment; null where it is over for ever.</summary>
    public Occurrence? FrameAt(DateTimeOffset at)
    {
        if (Kind != MaintenanceKind.Recurring)
            return To > at ? new(From!.Value, To.Value) : null;
        var zone = TimeZones.Find(TimeZone);
        var begin = ValidFrom > at ? ValidFrom.Value : at;
        return Recurring(begin, begin + Ahead, zone).FirstOrDefault();
    }

    /// <summary>Each time that it takes place, or may begin, between these moments, even in part.</summary>
    public IEnumerable<Occurrence> Between(DateTimeOffset from, DateTimeOffset to) =>
        Kind == MaintenanceKind.Recurring ? Recurring(from, to, TimeZones.Find(TimeZone))
        : From < to && To > from ? [new(From.Value, To.Value)]
        : [];

    private IEnumerable<Occurrence> Recurring(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone) =>
        Schedules.Schedule.TryParse(Weekly!, out var weekly)
            ? weekly.Between(from, to, zone).Where(o => !(o.From < ValidFrom) && !(o.From >= ValidTo))
            : [];

    private Refusal? RecurringProblem =>
        Weekly is null || !Schedules.Schedule.TryParse(Weekly, out _)
            ? new("bad_recurrence", $"It recurs at {Schedules.Schedule.Expected}.")
        : TimeZone is not null && !TimeZones.TryFind(TimeZone, out _)
            ? new("unknown_time_zone", $"A time zone is {TimeZones.Expected}.")
        : ValidTo <= ValidFrom ? new("bad_validity", "It ceases to be valid before it is.")
        : null;
}
