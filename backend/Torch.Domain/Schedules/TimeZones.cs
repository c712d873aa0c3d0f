using System.Diagnostics.CodeAnalysis;

namespace Torch.Domain.Schedules;

/// <summary>The time zones that the system knows, by their IANA names, and moments by the clock on their walls.</summary>
public static class TimeZones
{
    /// <summary>What <see cref="TryFind"/> takes, for people.</summary>
    public const string Expected = "an IANA name such as UTC, Europe/Berlin or America/New_York";

    private const int LongestName = 64;

    /// <summary>False where the system knows no such zone.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        return name.Length is > 0 and <= LongestName
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone)
            && zone.HasIanaId;
    }

    /// <summary>The zone, or UTC for null.</summary>
    /// <exception cref="TimeZoneNotFoundException">This system knows no such zone.</exception>
    public static TimeZoneInfo Find(string? name) =>
        name is null ? TimeZoneInfo.Utc
        : TryFind(name, out var zone) ? zone
        : throw new TimeZoneNotFoundException($"this system knows no time zone \"{name}\"");

    /// <summary>What the clock on the wall shows.</summary>
    public static DateTime Local(DateTimeOffset at, TimeZoneInfo zone) =>
        (at.UtcDateTime + zone.GetUtcOffset(at)).AsWall();

    /// <summary>
    /// The first moment at which the clock on the wall shows this time or a later one: a time that comes twice means its first, and one
    /// that is skipped means the moment after the gap. Not by <see cref="TimeZoneInfo.IsInvalidTime"/>, which knows only daylight saving:
    /// where a zone crossed the date line, a whole day is skipped.
    /// </summary>
    public static DateTimeOffset FirstAt(DateTime local, TimeZoneInfo zone)
    {
        var wall = new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc));
        var minute = wall.AddTicks(-(wall.Ticks % TimeSpan.TicksPerMinute));
        var (before, after) = (minute.AddHours(-15), minute.AddHours(15));
        var (early, late) = (zone.GetUtcOffset(before), zone.GetUtcOffset(after));
        if (early == late)
            return wall - early;
        var change = ChangeBetween(before, after, early, zone);
        var first = wall - early;
        return first < change ? first
            : wall - late > change ? wall - late
            : change;
    }

    // Offsets change on whole seconds.
    private static DateTimeOffset ChangeBetween(
        DateTimeOffset low,
        DateTimeOffset high,
        TimeSpan early,
        TimeZoneInfo zone
    )
    {
        while (high - low > TimeSpan.FromSeconds(1))
        {
            var middle = low.AddSeconds(Math.Floor((high - low).TotalSeconds / 2));
            if (zone.GetUtcOffset(middle) == early)
                low = middle;
            else
                high = middle;
        }
        return high;
    }

    private static DateTime AsWall(this DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
}
