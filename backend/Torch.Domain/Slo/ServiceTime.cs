using Torch.Domain.Nodes;
using Torch.Domain.Schedules;

namespace Torch.Domain.Slo;

/// <summary>When a node is not meant to be there.</summary>
public static class ServiceTime
{
    /// <summary>The parts of a span that lie outside of a service period, in their order; none where a node serves always.</summary>
    /// <exception cref="TimeZoneNotFoundException">This system knows no such zone.</exception>
    public static IReadOnlyList<Span> Outside(ServicePeriod? period, Span span)
    {
        if (period is null || !Schedule.TryParse(period.Schedule, out var schedule))
            return [];
        var served = schedule
            .Between(span.From, span.To, TimeZones.Find(period.TimeZone))
            .Select(o => new Span(o.From, o.To));
        return [.. Spans.Without(span, Spans.Merge(served, span))];
    }
}
