using System.Text.Json;
using Torch.Contracts;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Server.Features.Nodes.Rules;

/// <summary>A draft as people wrote it, read as far as it could be.</summary>
/// <param name="Rules">Null where something is wrong.</param>
/// <param name="Places">Where their clauses stand.</param>
internal sealed record ReadRules(
    RuleSet? Rules,
    IReadOnlyList<RuleView> Parsed,
    IReadOnlyList<RuleProblem> Problems,
    ClausePlaces Places
);

/// <summary>Rules between the API's words and the domain's.</summary>
internal static class RuleMapping
{
    /// <param name="statuses">Those that rules may name; the built-in ones where absent.</param>
    public static ReadRules Read(PublishRules draft, bool isLeaf, StatusCatalog? statuses = null)
    {
        var problems = new List<RuleProblem>();
        var columns = new Dictionary<Condition, int>(ReferenceEqualityComparer.Instance);
        var pointers = new Dictionary<Condition, string>(ReferenceEqualityComparer.Instance);
        var places = new ClausePlaces(columns, pointers);
        var rules = draft
            .Rules.Select((rule, i) => Read(rule, i, problems, (columns, pointers), statuses))
            .OfType<Rule>()
            .ToList();
        var rollUp = RollUpOf(draft.RollUp, problems, statuses);
        var match = MatchOf(draft.Match, problems);
        var views = rules.Select(View).ToList();
        if (problems.Count > 0 || rollUp is null || match is null)
            return new ReadRules(null, views, problems, places);
        var set = new RuleSet(
            [.. rules],
            rollUp,
            match.Value,
            TimingMapping.Read(draft.Timing),
            ZoneOf(draft.TimeZone)
        );
        problems.AddRange(RuleValidation.Check(set, isLeaf, statuses, columns, pointers));
        return new ReadRules(problems.Count == 0 ? set : null, views, problems, places);
    }

    public static RuleView View(Rule rule) =>
        new(
            RuleText.Print(rule.When),
            ConditionJson.Write(rule.When),
            rule.Then,
            rule.Attempts,
            rule.For,
            rule.Name,
            RuleText.Sentence(rule)
        );

    public static string Text(MatchPolicy match) => JsonNamingPolicy.CamelCase.ConvertName(match.ToString());

    private static Rule? Read(
        RuleRequest rule,
        int index,
        List<RuleProblem> problems,
        (Dictionary<Condition, int> Columns, Dictionary<Condition, string> Pointers) places,
        StatusCatalog? statuses
    )
    {
        var read = ConditionJson.Read(rule.When, statuses);
        foreach (var (clause, column) in read.Columns ?? new Dictionary<Condition, int>())
            places.Columns[clause] = column;
        foreach (var (clause, pointer) in read.Pointers ?? new Dictionary<Condition, string>())
            places.Pointers[clause] = pointer;
        if (read.Condition is { } condition)
            return new Rule(condition, rule.Then, rule.Attempts ?? 1, rule.For, rule.Name);
        var error = read.Error ?? new ParseError(1, "this is no condition", null);
        var at = error.Pointer is null ? null : FormattableString.Invariant($"/rules/{index}/when{error.Pointer}");
        problems.Add(new RuleProblem(index, error.Column, "bad_condition", error.Message, error.Expected, at));
        return null;
    }

    // Rules in UTC name no zone, so that the same rules are the same.
    private static string? ZoneOf(string? name) => name is "UTC" ? null : name;

    private static RollUp? RollUpOf(string? text, List<RuleProblem> problems, StatusCatalog? statuses)
    {
        if (text is null)
            return RollUp.Worst;
        if (RollUp.TryParse(text, out var rollUp, statuses))
            return rollUp;
        problems.Add(new RuleProblem(-1, 1, "unknown_roll_up", "this is no roll-up", RollUp.Expected));
        return null;
    }

    private static MatchPolicy? MatchOf(string? text, List<RuleProblem> problems)
    {
        if (text is null or "first")
            return MatchPolicy.First;
        if (text is "worst")
            return MatchPolicy.Worst;
        problems.Add(new RuleProblem(-1, 1, "unknown_match", "this is no match policy", "first or worst"));
        return null;
    }
}
