using System.Globalization;
using Torch.Contracts;
using Torch.Domain.Maintenance;
using Torch.Domain.Schedules;
using Kind = Torch.Contracts.MaintenanceKind;

namespace Torch.Server.Features.Maintenance;

/// <summary>Plans between the API's words and the domain's.</summary>
internal static class MaintenanceMapping
{
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static DayOfWeek? DayOf(string? name) =>
        Array.IndexOf(DayNames, name) is >= 0 and var day ? (DayOfWeek)day : null;

    public static TimeSpan? StartOf(string start) =>
        TimeSpan.TryParseExact(start, @"hh\:mm", CultureInfo.InvariantCulture, out var time)
        && time < TimeSpan.FromDays(1)
            ? time
            : null;

    /// <summary>What a validated plan says. Members that its kind does not know are left out.</summary>
    public static MaintenanceSchedule Read(MaintenancePlan plan) =>
        plan.Kind switch
        {
            Kind.Fixed => new(Domain.Maintenance.MaintenanceKind.Fixed, Utc(plan.From), Utc(plan.To)),
            Kind.Flexible => new(
                Domain.Maintenance.MaintenanceKind.Flexible,
                Utc(plan.From),
                Utc(plan.To),
                plan.Duration
            ),
            _ => new(
                Domain.Maintenance.MaintenanceKind.Recurring,
                Weekly: Span(plan).ToString(),
                TimeZone: plan.TimeZone ?? "UTC",
                ValidFrom: Utc(plan.ValidFrom),
                ValidTo: Utc(plan.ValidTo)
            ),
        };

    public static MaintenancePlan View(MaintenanceSchedule schedule)
    {
        var kind = (Kind)schedule.Kind;
        if (kind != Kind.Recurring || !Schedule.TryParse(schedule.Weekly!, out var weekly))
            return new(kind, schedule.From, schedule.To, schedule.Duration);
        var span = weekly.Spans[0];
        return new(
            kind,
            Duration: span.Length,
            Days: [.. span.Days.Select(d => DayNames[(int)d])],
            Start: span.Start.ToString(@"hh\:mm", CultureInfo.InvariantCulture),
            TimeZone: schedule.TimeZone,
            ValidFrom: schedule.ValidFrom,
            ValidTo: schedule.ValidTo
        );
    }

    private static ScheduleSpan Span(MaintenancePlan plan) =>
        new(
            ScheduleSpan.InOrder(plan.Days!.Select(d => DayOf(d)!.Value)),
            StartOf(plan.Start!)!.Value,
            plan.Duration!.Value,
            Elapses: true
        );

    private static DateTimeOffset? Utc(DateTimeOffset? time) => time?.ToUniversalTime();
}
