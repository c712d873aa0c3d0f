using Torch.Domain.Rules;

namespace Torch.Domain.Evaluation;

/// <summary>A child that a rule names and that is not there: such a clause never fires.</summary>
/// <param name="RuleIndex">From 0.</param>
/// <param name="Clause">The clause.</param>
public sealed record MissingChild(int RuleIndex, NamedChild Clause);

public sealed partial class Evaluator
{
    /// <summary>Whom the rules of a node name in vain; null for an unknown node.</summary>
    public IReadOnlyList<MissingChild>? MissingChildren(Guid nodeId, RuleSet rules) =>
        _nodes.TryGetValue(nodeId, out var node)
            ?
            [
                .. rules.Rules.SelectMany(
                    (rule, i) =>
                        Contradictions
                            .Clauses(rule.When)
                            .OfType<NamedChild>()
                            .Where(clause => !IsThere(node, clause))
                            .Select(clause => new MissingChild(i, clause))
                ),
            ]
            : null;

    /// <summary>The names of a node's children, in their order.</summary>
    public IReadOnlyList<string> ChildrenOf(Guid nodeId) =>
        _nodes.TryGetValue(nodeId, out var node) ? [.. node.Children.Select(e => e.Child.Name)] : [];

    private bool IsThere(NodeState node, NamedChild clause)
    {
        var named = new NamedClause(clause, _statuses);
        named.Resolve(node);
        return named.Targets.Count > 0;
    }
}
