using Torch.Domain.Schedules;

namespace Torch.Domain.Rules;

/// <summary>The hour that the clock on the wall shows, 0 to 23, both ends included: 22..6 is from 22:00 until just before 07:00.</summary>
public sealed record HourIn(int From, int To, bool Negated = false) : Condition
{
    /// <summary>As a timetable.</summary>
    public Schedule Schedule { get; } =
        new([
            new(
                ScheduleSpan.EveryDay,
                TimeSpan.FromHours(From),
                TimeSpan.FromHours(To >= From ? To + 1 - From : To + 25 - From)
            ),
        ]);
}

/// <param name="Days">In the order of the week.</param>
public sealed record DayIn(ValueList<DayOfWeek> Days, bool Negated = false) : Condition
{
    /// <summary>As a timetable.</summary>
    public Schedule Schedule { get; } = new([new(Days, TimeSpan.Zero, TimeSpan.FromDays(1))]);
}

/// <summary>Within a timetable.</summary>
public sealed record During(Schedule Schedule) : Condition;
