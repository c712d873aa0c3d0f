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
                            .Where(clause => Named(node, clause).Count == 0)
                            .Select(clause => new MissingChild(i, clause))
                ),
            ]
            : null;

    /// <summary>Whom rules would name at a node, with those on the way to them; nobody at an unknown one.</summary>
    public IReadOnlyCollection<Guid> NamedBy(Guid nodeId, RuleSet rules)
    {
        if (!_nodes.TryGetValue(nodeId, out var node))
            return [];
        var between = new Dictionary<NodeState, bool>();
        foreach (var target in rules.NamedChildren().SelectMany(clause => Named(node, clause)))
            LeadsTo(node, target, between);
        return [.. between.Where(n => n.Value).Select(n => n.Key.Id)];
    }

    /// <summary>The names, or paths, of nodes that the rules in force at a node speak of.</summary>
    public IEnumerable<string> NamesIn(Guid nodeId) =>
        _nodes.TryGetValue(nodeId, out var node) ? node.Rules.Named.Select(named => named.Name) : [];

    /// <summary>The names of a node's children, in their order.</summary>
    public IReadOnlyList<string> ChildrenOf(Guid nodeId) =>
        _nodes.TryGetValue(nodeId, out var node) ? [.. node.Children.Select(e => e.Child.Name)] : [];

    private List<NodeState> Named(NodeState node, NamedChild clause)
    {
        var named = new NamedClause(clause, _statuses);
        named.Resolve(node);
        return named.Targets;
    }
}
