using System.Text.Json.Serialization;

namespace Torch.Contracts;

/// <summary>How time in a status counts; <c>excluded</c> leaves the denominator.</summary>
public enum Counting
{
    Good,
    Bad,
    Excluded,
}

/// <summary>What is measured: time in statuses, good observations of all, or good ones that were fast enough.</summary>
public enum SliKind
{
    Time,
    Count,
    Latency,
}

/// <summary>The last so many days, or the calendar's week, month, quarter or year.</summary>
public enum SloWindowKind
{
    Rolling,
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
/// <param name="Duration">Of a rolling window: PT1H to P366D.</param>
/// <param name="TimeZone">Of a calendar window: an IANA name; UTC where absent.</param>
public sealed record SloWindow(
    SloWindowKind Kind,
    TimeSpan? Duration = null,
    CalendarPeriod? Period = null,
    string? TimeZone = null
);

/// <summary>The indicator.</summary>
/// <param name="Threshold">Of an indicator by latency: the slowest that is good.</param>
public sealed record Sli(SliKind Kind, TimeSpan? Threshold = null);

/// <summary>An objective as people write it.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="NodeId">What is promised of. An indicator by count or latency needs a leaf, one by latency a leaf with a probe.</param>
/// <param name="Target">Percent, 0 to 100, at most 6 decimal places. At 100 nothing may be bad and there is no budget; at 0 everything may.</param>
/// <param name="Sli">Time in statuses where absent.</param>
/// <param name="Counts">Of some statuses how they count; the others by whether they are available (<c>up</c> and <c>degraded</c> good; <c>unknown</c>, <c>maintenance</c> and <c>paused</c> excluded; <c>expired</c>, <c>critical</c> and <c>down</c> bad).</param>
public sealed record ObjectiveRequest(
    string Name,
    Guid NodeId,
    decimal Target,
    SloWindow Window,
    Sli? Sli = null,
    IReadOnlyDictionary<string, Counting>? Counts = null
);

/// <summary>An objective.</summary>
/// <param name="Version">The version of its stream, also the ETag.</param>
public sealed record ObjectiveView(
    Guid Id,
    string Name,
    Guid NodeId,
    decimal Target,
    SloWindow Window,
    Sli Sli,
    IReadOnlyDictionary<string, Counting>? Counts,
    IReadOnlyList<ExclusionView> Exclusions,
    string? CreatedBy,
    DateTimeOffset CreatedAt,
    long Version,
    long Position
);

/// <summary>Leaves a span out of an objective, also one that is over.</summary>
/// <param name="Reason">Required, up to 8 KiB.</param>
public sealed record ExclusionRequest(DateTimeOffset From, DateTimeOffset To, string Reason);

/// <summary>A span that an objective leaves out.</summary>
/// <param name="Author">Who said so.</param>
public sealed record ExclusionView(Guid Id, DateTimeOffset From, DateTimeOffset To, string Reason, string? Author);

/// <summary>
/// How an objective was met. Asked for again with its <c>asOf</c> and <c>atPosition</c> it is the same to the byte, whatever came since.
/// </summary>
/// <param name="Objective">As it stood at the position.</param>
/// <param name="Position">What was known: the events up to it.</param>
/// <param name="From">The window's beginning.</param>
/// <param name="To">The end of what is counted: the moment asked for; for observations ten minutes before, so that what is on its way is in.</param>
/// <param name="WindowEnd">When the window ends: later than <paramref name="To"/> where a calendar's goes on.</param>
/// <param name="Unit"><c>ms</c> or <c>observations</c>.</param>
/// <param name="Good">How much was good; likewise bad, excluded, and without data (of time).</param>
/// <param name="Availability">Percent of good and bad that was good: 6 places, half to even; null where there was neither.</param>
/// <param name="Met">Null where there is nothing to judge.</param>
/// <param name="Mttr">Mean time to repair: of outages that ended in the window.</param>
/// <param name="Mtbf">Mean time between failures: good time per outage.</param>
public sealed record ObjectiveReport(
    ReportedObjective Objective,
    ReportedNode Node,
    long Position,
    DateTimeOffset AsOf,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset WindowEnd,
    string Unit,
    long Good,
    long Bad,
    long Excluded,
    long NoData,
    decimal? Availability,
    bool? Met,
    BudgetView? Budget,
    IReadOnlyList<BurnView> Burn,
    ForecastView? Forecast,
    IReadOnlyDictionary<string, long> Statuses,
    int OutageCount,
    TimeSpan? Mttr,
    TimeSpan? Mtbf,
    IReadOnlyList<OutageView> Outages,
    IReadOnlyList<ExclusionView> Exclusions,
    IReadOnlyList<NodeAvailability>? Nodes
);

/// <summary>The objective in a report.</summary>
/// <param name="Counts">Of every status how it counts.</param>
/// <param name="PolicyVersion">The version of the objective's stream.</param>
public sealed record ReportedObjective(
    Guid Id,
    string Name,
    decimal Target,
    SloWindow Window,
    Sli Sli,
    IReadOnlyDictionary<string, Counting> Counts,
    long PolicyVersion
);

/// <summary>The node in a report.</summary>
/// <param name="DeletedAt">Nothing counts from then on.</param>
/// <param name="RulesVersion">How often its rules had been published.</param>
/// <param name="ServicePeriod">What lies outside of it is left out of all of the report.</param>
public sealed record ReportedNode(
    Guid Id,
    string Name,
    DateTimeOffset? DeletedAt,
    long RulesVersion,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ServicePeriodSettings? ServicePeriod = null
);

/// <summary>The error budget, in the report's unit.</summary>
/// <param name="Total">How much may be bad: of a calendar window by time over all of it.</param>
/// <param name="Left">Below zero where it is overspent.</param>
/// <param name="LeftPercent">Null where nothing may be bad.</param>
public sealed record BudgetView(long Total, long Spent, long Left, decimal? LeftPercent);

/// <summary>How fast the budget is spent over a pair of windows; 1 spends it exactly by the window's end.</summary>
/// <param name="Tier"><c>page</c> or <c>ticket</c>.</param>
/// <param name="Rate">Over the long window; null without data, and where nothing may be bad.</param>
/// <param name="Threshold">Both must exceed it.</param>
public sealed record BurnView(
    string Tier,
    TimeSpan Long,
    TimeSpan Short,
    decimal? Rate,
    decimal? ShortRate,
    decimal Threshold,
    bool Firing
);

/// <summary>When the budget will be spent at the pace of the last three days.</summary>
/// <param name="At">Null where it is spent already, and where it lasts (of a calendar window: to its end).</param>
public sealed record ForecastView(bool Exhausted, DateTimeOffset? At);

/// <summary>A time in which the node was not as promised.</summary>
/// <param name="To">Null while it lasts.</param>
/// <param name="Duration">Within the window.</param>
/// <param name="Cause">Why it began.</param>
public sealed record OutageView(
    DateTimeOffset From,
    DateTimeOffset? To,
    TimeSpan Duration,
    string Worst,
    string? Cause
);

/// <summary>One node of a subtree, counted as the objective says, in milliseconds.</summary>
public sealed record NodeAvailability(
    Guid NodeId,
    string Name,
    long Good,
    long Bad,
    long Excluded,
    long NoData,
    decimal? Availability,
    decimal? BudgetLeftPercent
);

/// <summary>How an error budget went down over its window; the last point is what the report of the same moment says.</summary>
/// <param name="Position">What was known: the events up to it.</param>
/// <param name="WindowEnd">Later than <paramref name="To"/> where a calendar's window goes on.</param>
/// <param name="Unit"><c>ms</c> or <c>observations</c>.</param>
/// <param name="Total">The budget of the whole window; null where there was nothing to judge, and then no point is there either.</param>
public sealed record BudgetSeries(
    long Position,
    DateTimeOffset AsOf,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset WindowEnd,
    string Unit,
    long? Total,
    IReadOnlyList<BudgetPoint> Points
);

/// <summary>What was left of a budget at a moment.</summary>
/// <param name="Counted">Good and bad since the point before; 0 where there was no data, or all of it was left out.</param>
/// <param name="Spent">Bad since the window began.</param>
/// <param name="Left">Below zero where it is overspent.</param>
/// <param name="LeftPercent">Of the whole budget; null where nothing may be bad.</param>
public sealed record BudgetPoint(DateTimeOffset At, long Counted, long Spent, long Left, decimal? LeftPercent);
