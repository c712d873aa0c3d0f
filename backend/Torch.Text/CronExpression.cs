using System.Diagnostics.CodeAnalysis;

namespace Torch.Text;

/// <summary>
/// When something runs by the clock on the wall, as crontab(5) has it: minute, hour, day of the month, month and day of the week; or
/// <c>@hourly</c>, <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>. Where both days are restricted, either is enough.
/// </summary>
/// <remarks>
/// A time that daylight saving skips runs at the moment after the gap. One that comes twice runs the first time only, unless minute or
/// hour begin with <c>*</c>: "every" hour means both.
/// </remarks>
public sealed class CronExpression
{
    // From one 29th of February to the next it is 8 years around 2100; then a weekday on it may have to be waited for.
    private const int LongestSearchDays = 366 * 41;
    private const int MinutesOfADay = 24 * 60;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly CronField _minutes;
    private readonly CronField _hours;
    private readonly CronField _days;
    private readonly CronField _months;
    private readonly CronField _weekdays;

    private CronExpression(CronField[] fields)
    {
        (_minutes, _hours, _days, _months) = (fields[0], fields[1], fields[2], fields[3]);
        _weekdays = fields[4].SundayIsZero();
    }

    /// <summary>About how often in a minute, over a year.</summary>
    public double RunsPerMinute
    {
        get
        {
            var (day, weekday) = (_days.Share, _weekdays.Share);
            var days = IsEitherDay ? day + weekday - (day * weekday) : day * weekday;
            return _minutes.Count * _hours.Count * days * _months.Share / MinutesOfADay;
        }
    }

    private bool IsEvery => _minutes.IsStarred || _hours.IsStarred;

    private bool IsEitherDay => !_days.IsStarred && !_weekdays.IsStarred;

    /// <param name="problem">What is wrong with the text, for people; null where it can be read.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out CronExpression? cron,
        [NotNullWhen(false)] out string? problem
    )
    {
        (cron, problem) = (null, null);
        var parts = Unfolded(text).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (text.Length > 200 || parts.Length != CronField.Kinds.Count)
        {
            problem = "must have five fields: minute, hour, day of the month, month, day of the week (\"*/5 * * * *\")";
            return false;
        }
        var fields = parts.Select((part, i) => CronField.Parse(part, CronField.Kinds[i])).ToArray();
        var wrong = Array.FindIndex(fields, field => field is null);
        if (wrong >= 0)
        {
            problem = $"\"{parts[wrong]}\" is no {CronField.Kinds[wrong].Name}: {CronField.Kinds[wrong].Expected}";
            return false;
        }
        cron = new CronExpression(fields!);
        problem = cron.Next(new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc) is null
            ? "names a day that never comes"
            : null;
        return problem is null;
    }

    /// <summary>The first time after a moment, in UTC; null where none comes.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var at =
            new DateTimeOffset(after.UtcTicks - (after.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero) + Minute;
        for (var days = 0; days < LongestSearchDays; days++, at += Day)
        {
            var offset = zone.GetUtcOffset(at);
            var isSteady = zone.GetUtcOffset(at - Day) == offset && zone.GetUtcOffset(at + Day) == offset;
            if ((isSteady ? NextOnWall(at, offset) : NextStepwise(at, zone)) is { } next)
                return next;
        }
        return null;
    }

    private static string Unfolded(string text) =>
        text.Trim() switch
        {
            "@hourly" => "0 * * * *",
            "@daily" or "@midnight" => "0 0 * * *",
            "@weekly" => "0 0 * * 0",
            "@monthly" => "0 0 1 * *",
            "@yearly" or "@annually" => "0 0 1 1 *",
            _ => text.Replace('\t', ' '),
        };

    /// <summary>Within a day from then, where the offset stays the same.</summary>
    private DateTimeOffset? NextOnWall(DateTimeOffset from, TimeSpan offset)
    {
        var (wall, end) = (from.UtcDateTime + offset, from.UtcDateTime + offset + Day);
        while (wall < end)
        {
            if (!IsDay(wall))
                wall = wall.Date + Day;
            else if (!_hours.Has(wall.Hour))
                wall = wall.Date.AddHours(wall.Hour + 1);
            else if (!_minutes.Has(wall.Minute))
                wall += Minute;
            else
                return new DateTimeOffset(wall - offset, TimeSpan.Zero);
        }
        return null;
    }

    /// <summary>Within a day from then, minute by minute, where the clock on the wall is or was put forward or back.</summary>
    private DateTimeOffset? NextStepwise(DateTimeOffset from, TimeZoneInfo zone)
    {
        var before = zone.GetUtcOffset(from - Day);
        for (var at = from; at < from + Day; at += Minute)
        {
            var (offset, last) = (zone.GetUtcOffset(at), zone.GetUtcOffset(at - Minute));
            var wall = at.UtcDateTime + offset;
            for (var skipped = wall - (offset - last); skipped < wall; skipped += Minute)
                if (Is(skipped))
                    return at;
            var isRepeat = before > offset && zone.GetUtcOffset(at + offset - before) == before;
            if (Is(wall) && (IsEvery || !isRepeat))
                return at;
        }
        return null;
    }

    private bool Is(DateTime wall) => IsDay(wall) && _hours.Has(wall.Hour) && _minutes.Has(wall.Minute);

    private bool IsDay(DateTime wall)
    {
        var (day, weekday) = (_days.Has(wall.Day), _weekdays.Has((int)wall.DayOfWeek));
        return _months.Has(wall.Month) && (IsEitherDay ? day || weekday : day && weekday);
    }
}
