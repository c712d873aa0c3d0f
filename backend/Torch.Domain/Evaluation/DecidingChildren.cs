using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>Finds the children of a group that decided its status.</summary>
internal sealed class DecidingChildren(StatusCatalog statuses)
{
    /// <summary>How many an explanation names.</summary>
    public const int Most = 16;

    private readonly int _up = statuses.RankOf(StatusCatalog.Up);

    // Filled anew each time: nobody keeps it.
    private readonly List<CompiledClause> _decisive = [];

    /// <summary>They themselves.</summary>
    public List<NodeState> Of(NodeState node, CompiledRules rules, Verdict verdict, DateTimeOffset now)
    {
        var deciders = new List<NodeState>();
        Find(node, rules, verdict, now, deciders);
        return deciders;
    }

    /// <summary>Adds them to an empty list.</summary>
    public void Find(NodeState node, CompiledRules rules, Verdict verdict, DateTimeOffset now, List<NodeState> deciders)
    {
        if (verdict.Decider == DeciderKind.Rule)
            OfRule(node, rules.Rules[verdict.Rule], now, deciders);
        else if (verdict.Decider == DeciderKind.Required)
            Missed(node.ByRank!, deciders);
        else if (verdict.Decider == DeciderKind.RollUp)
            OfRollUp(node, verdict.Status, deciders);
    }

    private void OfRule(NodeState node, CompiledRule rule, DateTimeOffset now, List<NodeState> deciders)
    {
        _decisive.Clear();
        rule.Condition.Decisive(node, now, _decisive);
        foreach (var clause in _decisive)
            clause.Deciders(node, deciders, Most);
    }

    private void Missed(Few<EdgeState>[] byRank, List<NodeState> deciders)
    {
        foreach (var edges in byRank)
        foreach (var edge in edges)
            if (deciders.Count < Most && IsMissed(edge))
                deciders.Add(edge.Child);
    }

    private bool IsMissed(EdgeState edge) =>
        edge is { Required: true, CountsAs: >= 0 } && statuses.Ordered[edge.CountsAs].Available == false;

    // Those that are what the group is; where a roll-up made something else of them, those that are not up.
    private void OfRollUp(NodeState node, int status, List<NodeState> deciders)
    {
        if (node.ByRank![status].Count > 0)
            Take(node.ByRank[status], deciders);
        else
            for (var rank = node.ByRank.Length - 1; rank > _up; rank--)
                Take(node.ByRank[rank], deciders);
    }

    private static void Take(Few<EdgeState> edges, List<NodeState> deciders)
    {
        for (var i = 0; i < edges.Count && deciders.Count < Most; i++)
            deciders.Add(edges[i].Child);
    }
}
