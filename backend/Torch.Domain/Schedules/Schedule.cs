using System.Diagnostics.CodeAnalysis;
using Torch.Domain.Rules;

namespace Torch.Domain.Schedules;

/// <summary>
/// A week's timetable by the clock on the wall of some time zone. It is inside where any of its spans is. Its text is what people write:
/// <c>mon-fri 08:00-18:00; sat 10:00-14:00</c>, <c>daily 22:00-06:00</c>, <c>sun 02:00 for 2h</c>.
/// </summary>
/// <param name="Spans">At least one.</param>
public sealed record Schedule(ValueList<ScheduleSpan> Spans)
{
    /// <summary>What <see cref="TryParse"/> takes, for people.</summary>
    public const string Expected =
        "days and times such as \"mon-fri 08:00-18:00\", \"sat,sun 10:00-14:00; wed 22:00-06:00\" or \"sun 02:00 for 2h\"";

    // Beyond a week: one of its days may be skipped.
    private const int DaysAhead = 16;

    public static bool TryParse(string text, [NotNullWhen(true)] out Schedule? schedule)
    {
        schedule = ScheduleText.Read(text);
        return schedule is not null;
    }

    public override string ToString() => string.Join("; ", Spans);

    /// <summary>Whether this moment lies in one of its spans; their beginnings belong to them, their ends do not.</summary>
    public bool Contains(DateTimeOffset at, TimeZoneInfo zone) =>
        Around(at, at, zone).Any(o => o.From <= at && at < o.To);

    /// <summary>The next moment after this one at which <see cref="Contains"/> answers otherwise; null where it always answers the same.</summary>
    public DateTimeOffset? NextEdge(DateTimeOffset after, TimeZoneInfo zone)
    {
        var inside = Contains(after, zone);
        foreach (var edge in Edges(after, zone))
            if (Contains(edge, zone) != inside)
                return edge;
        return null;
    }

    /// <summary>Each time that it takes place between these moments, even in part, in their order; those of several spans may overlap.</summary>
    public IEnumerable<Occurrence> Between(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone) =>
        Around(from, to, zone).Where(o => o.To > from && o.From < to).OrderBy(o => o.From).ThenBy(o => o.To);

    private IEnumerable<DateTimeOffset> Edges(DateTimeOffset after, TimeZoneInfo zone) =>
        Around(after, after.AddDays(DaysAhead), zone)
            .SelectMany(o => (DateTimeOffset[])[o.From, o.To])
            .Where(edge => edge > after)
            .Order()
            .Distinct();

    private IEnumerable<Occurrence> Around(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var (first, last) = (Day(from, zone), Day(to, zone));
        foreach (var span in Spans)
            for (var day = first.AddDays(-2 - span.Length.Days); day <= last; day = day.AddDays(1))
                if (span.On(day, zone) is { } occurrence)
                    yield return occurrence;
    }

    private static DateOnly Day(DateTimeOffset at, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZones.Local(at, zone));
}
