using System.Globalization;
using Torch.Domain.Rules;

namespace Torch.Domain.Schedules;

/// <summary>A span of time that recurs every week: <c>mon-fri 08:00-18:00</c>, or <c>sun 02:00 for 2h</c>.</summary>
/// <param name="Days">On which it begins, in the order of the week, each once.</param>
/// <param name="Start">By the clock on the wall, less than 24 hours.</param>
/// <param name="Length">More than nothing; up to 24 hours by the clock on the wall, up to 7 days where it elapses.</param>
/// <param name="Elapses">Whether it lasts so long, whatever the clock on the wall does meanwhile; otherwise it ends when that clock shows the end.</param>
public sealed record ScheduleSpan(ValueList<DayOfWeek> Days, TimeSpan Start, TimeSpan Length, bool Elapses = false)
{
    internal static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Every day of the week, from Monday.</summary>
    public static ValueList<DayOfWeek> EveryDay { get; } = InOrder(Enum.GetValues<DayOfWeek>());

    /// <summary>From Monday, each once.</summary>
    public static ValueList<DayOfWeek> InOrder(IEnumerable<DayOfWeek> days) =>
        new([.. days.Distinct().OrderBy(d => ((int)d + 6) % 7)]);

    /// <summary>The one that begins on this day by the calendar on the wall; null where none does, or where the day itself is skipped.</summary>
    public Occurrence? On(DateOnly day, TimeZoneInfo zone)
    {
        if (!Days.Contains(day.DayOfWeek))
            return null;
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var from = TimeZones.FirstAt(midnight + Start, zone);
        if (DateOnly.FromDateTime(TimeZones.Local(from, zone)) != day)
            return null;
        var to = Elapses ? from + Length : TimeZones.FirstAt(midnight + Start + Length, zone);
        return to > from ? new(from, to) : null;
    }

    public override string ToString() =>
        (Days.Count == 7 ? "daily" : DayText(Days))
        + " "
        + Clock(Start)
        + (Elapses ? " for " + Durations.Print(Length.TotalMilliseconds) : "-" + Clock(End));

    /// <summary><c>mon-fri</c>, <c>sat,sun</c>.</summary>
    internal static string DayText(ValueList<DayOfWeek> days)
    {
        var parts = new List<string>();
        for (var i = 0; i < days.Count; )
        {
            var end = i;
            while (end + 1 < days.Count && days[end + 1] == (DayOfWeek)(((int)days[end] + 1) % 7))
                end++;
            if (end - i >= 2)
                parts.Add($"{DayNames[(int)days[i]]}-{DayNames[(int)days[end]]}");
            else
                for (var d = i; d <= end; d++)
                    parts.Add(DayNames[(int)days[d]]);
            i = end + 1;
        }
        return string.Join(',', parts);
    }

    private TimeSpan End => Start + Length > Day ? Start + Length - Day : Start + Length;

    private static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}

/// <summary>One time that a schedule takes place.</summary>
/// <param name="To">Exclusive.</param>
public sealed record Occurrence(DateTimeOffset From, DateTimeOffset To);
