namespace Torch.Domain.Rules;

/// <summary>The rules of one node, in order.</summary>
/// <param name="RollUp">What counts where no rule matches.</param>
/// <param name="Timing">How long and how often before another status counts; null: at once.</param>
/// <param name="TimeZone">Of the clock on the wall that its rules look at, by its IANA name; null is UTC.</param>
public sealed record RuleSet(
    IReadOnlyList<Rule> Rules,
    RollUp RollUp,
    MatchPolicy Match,
    Timing? Timing = null,
    string? TimeZone = null
)
{
    /// <summary>No rule: a leaf shows its check's verdict, a group the worst of its children.</summary>
    public static RuleSet Empty { get; } = new([], RollUp.Worst, MatchPolicy.First);

    /// <summary>The clauses that name a child, or a node further down by its path.</summary>
    public IEnumerable<NamedChild> NamedChildren() =>
        Rules.SelectMany(rule => Contradictions.Clauses(rule.When)).OfType<NamedChild>();
}

/// <summary>Which of several matching rules wins.</summary>
public enum MatchPolicy
{
    First,
    Worst,
}

/// <summary>One rule: when the condition holds, then the status.</summary>
/// <param name="Attempts">Results in a row that must match before it counts.</param>
/// <param name="For">How long it must hold before it counts.</param>
public sealed record Rule(Condition When, string Then, int Attempts = 1, TimeSpan? For = null, string? Name = null);
