namespace Torch.Domain.Slo;

/// <summary>What is promised of a node, folded from its stream, and the decisions on it.</summary>
/// <param name="Settings">Null before it was created and after it was deleted.</param>
public sealed record Objective(Guid Id, ObjectiveSettings? Settings, IReadOnlyList<Exclusion> Exclusions)
{
    private const int MostExclusions = 1_000;
    private static readonly TimeSpan LongestExclusion = TimeSpan.FromDays(366);
    private static readonly Refusal Gone = new("unknown_objective", "There is no such objective.");

    /// <summary>Before its first event.</summary>
    public static Objective Initial { get; } = new(Guid.Empty, null, []);

    public bool Exists => Settings is not null;

    public static Objective Evolve(Objective objective, IEvent @event) =>
        @event switch
        {
            ObjectiveCreated e => new(e.ObjectiveId, e.Settings, []),
            ObjectiveChanged e => objective with { Settings = e.Settings },
            ObjectiveTimeExcluded e => objective with
            {
                Exclusions = [.. objective.Exclusions, new(e.ExclusionId, e.From, e.To, e.Reason)],
            },
            ObjectiveExclusionRemoved e => objective with
            {
                Exclusions = [.. objective.Exclusions.Where(x => x.Id != e.ExclusionId)],
            },
            ObjectiveDeleted => objective with { Settings = null },
            _ => objective,
        };

    public static Decision Create(Guid id, ObjectiveSettings settings) =>
        Problem(settings) is { } problem
            ? Decision.Refuse(problem.Code, problem.Detail)
            : Decision.Accept(new ObjectiveCreated(id, settings));

    /// <summary>Other settings; those that are in force change nothing. Reports as of earlier positions keep the earlier ones.</summary>
    public Decision Change(ObjectiveSettings settings) =>
        !Exists ? Decision.Refuse(Gone.Code, Gone.Detail)
        : Problem(settings) is { } problem ? Decision.Refuse(problem.Code, problem.Detail)
        : Settings == settings ? Decision.Nothing
        : Decision.Accept(new ObjectiveChanged(Id, settings));

    public Decision Delete() =>
        Exists ? Decision.Accept(new ObjectiveDeleted(Id)) : Decision.Refuse(Gone.Code, Gone.Detail);

    /// <summary>Leaves a span out of the objective, also one that is over.</summary>
    public Decision Exclude(Guid exclusionId, DateTimeOffset from, DateTimeOffset to, string reason) =>
        !Exists ? Decision.Refuse(Gone.Code, Gone.Detail)
        : from >= to ? Decision.Refuse("bad_exclusion", "An exclusion ends after it begins.")
        : to - from > LongestExclusion ? Decision.Refuse("bad_exclusion", "An exclusion is at most 366 days long.")
        : string.IsNullOrWhiteSpace(reason) ? Decision.Refuse("reason_missing", "An exclusion needs a reason.")
        : Exclusions.Count >= MostExclusions
            ? Decision.Refuse("too_many_exclusions", $"An objective has at most {MostExclusions} exclusions.")
        : Decision.Accept(new ObjectiveTimeExcluded(Id, exclusionId, from, to, reason));

    public Decision Include(Guid exclusionId) =>
        !Exists ? Decision.Refuse(Gone.Code, Gone.Detail)
        : Exclusions.Any(x => x.Id == exclusionId) ? Decision.Accept(new ObjectiveExclusionRemoved(Id, exclusionId))
        : Decision.Refuse("unknown_exclusion", "There is no such exclusion.");

    private static Refusal? Problem(ObjectiveSettings settings) =>
        settings switch
        {
            _ when Names.Problem(settings.Name) is { } problem => new("bad_name", problem),
            { Target: < 0 or > 100 } => new("bad_target", "A target is from 0 to 100 percent."),
            { Target: var target } when decimal.Round(target, 6) != target => new(
                "bad_target",
                "A target has at most 6 decimal places."
            ),
            { Sli: { Kind: SliKind.Latency, Threshold: not { Ticks: > 0 } } } => new(
                "threshold_missing",
                "An indicator by latency needs a threshold above 0."
            ),
            { Sli: { Kind: not SliKind.Latency, Threshold: not null } } => new(
                "threshold_unused",
                "Only an indicator by latency has a threshold."
            ),
            _ => settings.Window.Problem,
        };
}

/// <summary>An objective's settings as they stand in the log.</summary>
/// <param name="Target">Percent, 0 to 100, with at most 6 decimal places.</param>
/// <param name="Counts">Of some statuses how they count; of others their availability says it.</param>
public sealed record ObjectiveSettings(
    string Name,
    Guid NodeId,
    decimal Target,
    SloWindow Window,
    Sli Sli,
    IReadOnlyDictionary<string, Counting>? Counts = null
)
{
    public bool Equals(ObjectiveSettings? other) =>
        other is not null
        && (Name, NodeId, Target, Window, Sli) == (other.Name, other.NodeId, other.Target, other.Window, other.Sli)
        && Sorted(Counts).SequenceEqual(Sorted(other.Counts));

    public override int GetHashCode() => HashCode.Combine(Name, NodeId, Target, Window, Sli);

    private static IEnumerable<KeyValuePair<string, Counting>> Sorted(IReadOnlyDictionary<string, Counting>? counts) =>
        (counts ?? new Dictionary<string, Counting>(StringComparer.Ordinal)).OrderBy(
            c => c.Key,
            StringComparer.Ordinal
        );
}

/// <summary>How time in a status counts.</summary>
public enum Counting
{
    Good,
    Bad,

    /// <summary>Not at all: it leaves the denominator.</summary>
    Excluded,
}

/// <summary>What is measured.</summary>
public enum SliKind
{
    /// <summary>Time in statuses.</summary>
    Time,

    /// <summary>Good observations of all.</summary>
    Count,

    /// <summary>Observations that were good and at most so slow, of all.</summary>
    Latency,
}

/// <summary>The indicator.</summary>
/// <param name="Threshold">Of an indicator by latency.</param>
public sealed record Sli(SliKind Kind, TimeSpan? Threshold = null);

/// <summary>A span that an objective leaves out.</summary>
public sealed record Exclusion(Guid Id, DateTimeOffset From, DateTimeOffset To, string Reason);
