namespace Torch.Domain.Rules;

/// <summary>A number made of several observations of one check.</summary>
/// <param name="Function">One of <see cref="Statistics.OfWindows"/>, or <c>change</c> or <c>rate</c>.</param>
/// <param name="Over">A window of time: 1 second to 1 day. Of change and rate of the last two observations null.</param>
/// <param name="Last">Instead of a window of time, so many of the last observations: 2 to 1,000.</param>
/// <param name="InPercent">Of change only: in percent of what it was before.</param>
public sealed record Statistic(
    string Function,
    Field Field,
    TimeSpan? Over = null,
    int? Last = null,
    bool InPercent = false
)
{
    /// <summary>What its number is.</summary>
    public FieldKind Kind =>
        InPercent || Function == "rate" || Field.Kind == FieldKind.Either ? FieldKind.Number : Field.Kind;
}

/// <summary>The functions of statistics.</summary>
public static class Statistics
{
    /// <summary>Percentiles are by nearest rank: p95 of 20 observations is the 19th smallest.</summary>
    public static IReadOnlyList<string> OfWindows { get; } = ["avg", "min", "max", "sum", "p50", "p95", "p99"];

    public static bool IsKnown(string name) => name is "change" or "rate" || OfWindows.Contains(name);
}

/// <param name="Value">Milliseconds where the statistic is a duration.</param>
public sealed record StatisticIs(Statistic Of, Comparison Op, double Value) : Condition;

public sealed record StatisticIn(Statistic Of, ValueList<NumberRange> Ranges, bool Negated = false) : Condition;

/// <summary>How many of the last observations failed.</summary>
/// <param name="Last">1 to 1,000.</param>
public sealed record FailedOfLast(int Last, Comparison Op, int Limit) : Condition;

/// <summary>For how many of the last observations a condition on fields held; one without the field is not among them.</summary>
/// <param name="Term">Of clauses over one observation only.</param>
/// <param name="Last">1 to 1,000.</param>
public sealed record MatchedOfLast(Condition Term, int Last, Comparison Op, int Limit) : Condition;
