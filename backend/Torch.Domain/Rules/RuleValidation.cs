using System.Globalization;
using Torch.Domain.Schedules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Rules;

/// <summary>Something in a rule set that keeps it from being published.</summary>
/// <param name="RuleIndex">From 0; -1 where it concerns no single rule.</param>
/// <param name="Column">From 1, in the rule's text.</param>
/// <param name="Code">A stable snake_case word.</param>
/// <param name="Pointer">Where it is no text that is wrong: the member of the rule set, or the clause in a tree, as a JSON pointer.</param>
public sealed record RuleProblem(
    int RuleIndex,
    int Column,
    string Code,
    string Message,
    string? Expected,
    string? Pointer = null
);

/// <summary>What parsing cannot see: whether a rule set suits its node.</summary>
public static class RuleValidation
{
    public const int MaxRules = 100;

    /// <summary>
    /// Of all rules of a node together: each change of a child or a check asks them all. One over the remaining children asks anew what
    /// those before it have asked, and counts as so many.
    /// </summary>
    public const int MaxClauses = 1_000;

    private const string TooManyClauses =
        "a node's rules have at most 1,000 clauses together, where one over the remaining children counts once more for each before it";
    private static readonly TimeSpan LongestFor = TimeSpan.FromDays(7);

    /// <summary>Everything that is wrong; empty when the rules can be published.</summary>
    /// <param name="columns">Where each clause stands in the text that people wrote; in the canonical text where absent.</param>
    /// <param name="pointers">Where each clause stands in the tree that people wrote, from the rule's condition on.</param>
    public static IReadOnlyList<RuleProblem> Check(
        RuleSet rules,
        bool isLeaf,
        StatusCatalog? statuses = null,
        IReadOnlyDictionary<Condition, int>? columns = null,
        IReadOnlyDictionary<Condition, string>? pointers = null
    )
    {
        statuses ??= StatusCatalog.BuiltIn;
        var places = new ClausePlaces(columns, pointers);
        var problems = rules.Rules.SelectMany((rule, i) => OfRule(rule, i, isLeaf, statuses, places)).ToList();
        if (rules.Rules.Count > MaxRules)
            problems.Add(new(-1, 1, "too_many_rules", "a node has at most 100 rules", null));
        if (Asked(rules) > MaxClauses)
            problems.Add(new(-1, 1, "too_many_clauses", TooManyClauses, null));
        if (isLeaf && rules.RollUp != RollUp.Worst)
            problems.Add(new(-1, 1, "roll_up_on_leaf", "a leaf has no children to roll up", "worst, or none"));
        if (rules.TimeZone is { } zone && !TimeZones.TryFind(zone, out _))
            problems.Add(
                new(
                    -1,
                    1,
                    "unknown_time_zone",
                    $"this system knows no time zone \"{zone}\"",
                    TimeZones.Expected,
                    "/timeZone"
                )
            );
        if (rules.Timing is { } timing)
            problems.AddRange(TimingValidation.Check(timing, isLeaf));
        return problems;
    }

    private static int Asked(RuleSet rules)
    {
        var clauses = rules.Rules.SelectMany(r => Contradictions.Clauses(r.When));
        return clauses.Select((clause, before) => IsOfRemaining(clause) ? before + 1 : 1).Sum();
    }

    private static bool IsOfRemaining(Condition clause) =>
        clause is Children { Chosen: RemainingChildren } or Aggregate { Chosen: RemainingChildren };

    private static IEnumerable<RuleProblem> OfRule(
        Rule rule,
        int index,
        bool isLeaf,
        StatusCatalog statuses,
        ClausePlaces places
    )
    {
        if (statuses.Find(rule.Then) is null)
            yield return At(
                "unknown_status",
                $"unknown status \"{rule.Then}\"",
                string.Join(", ", statuses.All.Select(s => s.Name))
            );
        if (rule.Attempts is < 1 or > 100)
            yield return At("attempts_out_of_range", "attempts are out of range", "1 to 100");
        if (!isLeaf && rule.Attempts > 1)
            yield return At("attempts_on_group", "attempts count a leaf's observations; a group has none", "\"for\"");
        if (rule.For is { } span && (span < TimeSpan.Zero || span > LongestFor))
            yield return At("for_out_of_range", "\"for\" is out of range", "up to 7 days");
        if (rule.Name is { Length: > 200 })
            yield return At("name_too_long", "the rule's name is over 200 characters", null);
        if (!isLeaf && HeldIn(rule.When) is { } held)
            yield return places.At(HeldOnGroup with { RuleIndex = index }, rule.When, held);
        foreach (var clause in Contradictions.Clauses(rule.When))
            if (OfClause(clause, isLeaf) is { } problem)
                yield return places.At(problem with { RuleIndex = index }, rule.When, clause);
        foreach (var (clause, message, expected) in Contradictions.In(rule.When, statuses))
            yield return places.At(new(index, 1, "never_true", message, expected), rule.When, clause);

        RuleProblem At(string code, string message, string? expected) => new(index, 1, code, message, expected);
    }

    // The first clause of what must hold for several checks; null where nothing must.
    private static Condition? HeldIn(Condition condition) =>
        condition switch
        {
            HeldFor held => Contradictions.Clauses(held.Term).First(),
            And and => and.Terms.Select(HeldIn).FirstOrDefault(c => c is not null),
            Or or => or.Terms.Select(HeldIn).FirstOrDefault(c => c is not null),
            Not not => HeldIn(not.Term),
            _ => null,
        };

    private static readonly RuleProblem HeldOnGroup = Refused(
        "checks_on_group",
        "a group has no checks of its own to count",
        "a duration, as the rule's \"for\""
    );

    private static RuleProblem? OfClause(Condition clause, bool isLeaf) =>
        clause switch
        {
            HourIn or DayIn or During => null,
            Children or NamedChild or Aggregate when isLeaf => Refused(
                "children_on_leaf",
                "a leaf has no children",
                "a field such as value or outcome"
            ),
            Children or NamedChild or Aggregate => null,
            _ when !isLeaf => Refused(
                "field_on_group",
                "a group has no observation of its own",
                "a clause over children"
            ),
            _ => null,
        };

    private static RuleProblem Refused(string code, string message, string? expected) =>
        new(-1, 1, code, message, expected);
}

/// <summary>Where clauses stand in what people wrote: a column of a text, a JSON pointer of a tree.</summary>
/// <param name="Columns">From 1, in the text of the rule's condition; of those that it does not have, where they stand in the canonical text.</param>
/// <param name="Pointers">From the rule's condition on.</param>
public sealed record ClausePlaces(
    IReadOnlyDictionary<Condition, int>? Columns,
    IReadOnlyDictionary<Condition, string>? Pointers
)
{
    /// <summary>The problem with where it stands.</summary>
    /// <param name="whole">The rule's condition.</param>
    /// <param name="clause">The clause of it that the problem is with.</param>
    public RuleProblem At(RuleProblem problem, Condition whole, Condition clause) =>
        Pointers is not null && Pointers.TryGetValue(clause, out var pointer)
            ? problem with
            {
                Pointer = string.Create(CultureInfo.InvariantCulture, $"/rules/{problem.RuleIndex}/when{pointer}"),
            }
            : problem with
            {
                Column = ColumnOf(whole, clause),
            };

    private int ColumnOf(Condition whole, Condition clause) =>
        Columns is not null && Columns.TryGetValue(clause, out var column)
            ? column
            : Math.Max(0, RuleText.Print(whole).IndexOf(RuleText.Print(clause), StringComparison.Ordinal)) + 1;
}
