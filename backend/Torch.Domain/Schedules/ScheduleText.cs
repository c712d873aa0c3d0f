using System.Globalization;
using Torch.Domain.Rules;

namespace Torch.Domain.Schedules;

/// <summary>Reads the text form: spans with semicolons between, each of days (or none, for every day) and times.</summary>
internal static class ScheduleText
{
    private const int MostSpans = 50;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Null where the text is no schedule.</summary>
    public static Schedule? Read(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > MostSpans)
            return null;
        var spans = parts.Select(Span).OfType<ScheduleSpan>().ToList();
        return spans.Count == parts.Length ? new(new(spans)) : null;
    }

    private static ScheduleSpan? Span(string text) =>
        text.Replace(", ", ",", StringComparison.Ordinal)
            .ToLowerInvariant()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var times] => Local(ScheduleSpan.EveryDay, times),
            [var days, var times] => Local(Days(days), times),
            [var start, "for", var length] => Elapsing(ScheduleSpan.EveryDay, start, length),
            [var days, var start, "for", var length] => Elapsing(Days(days), start, length),
            _ => null,
        };

    private static ScheduleSpan? Local(ValueList<DayOfWeek>? days, string times) =>
        days is not null
        && times.Split('-') is [var from, var to]
        && Clock(from) is { } start
        && start < Day
        && Clock(to) is { } end
        && start != end
            ? new(days, start, end > start ? end - start : end + Day - start)
            : null;

    private static ScheduleSpan? Elapsing(ValueList<DayOfWeek>? days, string from, string lasting)
    {
        var digits = lasting.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        return
            days is not null
            && Clock(from) is { } start
            && start < Day
            && double.TryParse(lasting[..digits], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Durations.Milliseconds(number, lasting[digits..]) is >= 60_000 and <= 7 * 86_400_000 and var length
            ? new(days, start, TimeSpan.FromMilliseconds(length), Elapses: true)
            : null;
    }

    private static ValueList<DayOfWeek>? Days(string text)
    {
        if (text == "daily")
            return ScheduleSpan.EveryDay;
        var days = new List<DayOfWeek>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || DayOf(ends[0]) is not { } first || DayOf(ends[^1]) is not { } last)
                return null;
            for (var day = first; ; day = (DayOfWeek)(((int)day + 1) % 7))
            {
                days.Add(day);
                if (day == last)
                    break;
            }
        }
        return ScheduleSpan.InOrder(days);
    }

    /// <summary>Null for what is no day.</summary>
    internal static DayOfWeek? DayOf(string name) =>
        Array.IndexOf(ScheduleSpan.DayNames, name) is >= 0 and var index ? (DayOfWeek)index : null;

    // 24:00 is the end of the day.
    private static TimeSpan? Clock(string text) =>
        text == "24:00" ? Day
        : TimeSpan.TryParseExact(text, @"hh\:mm", CultureInfo.InvariantCulture, out var time) ? time
        : null;
}
