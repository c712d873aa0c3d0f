namespace Torch.Domain.Rules;

/// <summary>What a rule speaks of.</summary>
public static class RuleClauses
{
    /// <summary>The children that it names.</summary>
    public static IEnumerable<NamedChild> NamedChildren(Rule rule) =>
        Contradictions.Clauses(rule.When).OfType<NamedChild>();
}
