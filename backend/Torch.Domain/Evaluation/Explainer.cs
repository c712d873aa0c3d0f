using System.Globalization;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>Says why: in one sentence, in clauses, and by the children and leaves that decided it.</summary>
internal sealed class Explainer(StatusCatalog statuses)
{
    private const int MaxChildren = 16;

    private readonly int _up = statuses.RankOf(StatusCatalog.Up);

    // Filled anew for each transition: none of them keeps it.
    private readonly List<NodeState> _deciders = [];

    /// <summary>What is stored with a transition. Where a roll-up says that all is well, no child is picked out.</summary>
    public Why Why(NodeState node, CompiledRules rules, Verdict verdict, DateTimeOffset now, long position)
    {
        _deciders.Clear();
        if (verdict.Decider != DeciderKind.RollUp || verdict.Status != _up)
            Deciders(node, rules, verdict, now, _deciders);
        return new(
            Word(verdict.Decider),
            Account(node, rules, verdict, now, _deciders),
            verdict.Rule < 0 ? null : verdict.Rule,
            node.RulesVersion,
            IdsOf(_deciders),
            position
        );
    }

    /// <summary>The answer in words alone.</summary>
    public string Sentence(NodeState node, Verdict verdict, DateTimeOffset now) =>
        Account(node, node.Rules, verdict, now, Deciders(node, node.Rules, verdict, now)).Sentence;

    private static Guid[] IdsOf(List<NodeState> nodes)
    {
        var ids = nodes.Count == 0 ? [] : new Guid[nodes.Count];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = nodes[i].Id;
        return ids;
    }

    /// <summary>The whole answer.</summary>
    /// <param name="verdict">What the node shows.</param>
    /// <param name="raw">What its rules say.</param>
    public NodeExplanation Explain(
        NodeState node,
        CompiledRules rules,
        Verdict verdict,
        Verdict raw,
        DateTimeOffset now,
        long position
    )
    {
        var children = Deciders(node, rules, raw, now);
        return new(
            node.Id,
            node.Name,
            statuses.Ordered[verdict.Status].Name,
            verdict.Status == node.Status ? node.Since : verdict.At,
            Account(node, rules, verdict, now, children).Sentence,
            Word(verdict.Decider),
            verdict.Rule < 0 ? null : verdict.Rule,
            node.RulesVersion,
            Outcomes(node, rules, raw, now),
            node.Check is null ? rules.Set.RollUp.ToString() : null,
            [.. children.Select(c => Child(node, c))],
            Causes(node, rules, raw, children, now),
            position,
            node.Layers?.Marks is { } marks && marks != Marks.None ? marks : null,
            SoftSentences.Pending(node, statuses),
            MaskSentences.OfGroup(node, statuses)
                ?? (verdict.Decider == raw.Decider ? null : Underneath(node, rules, raw, children, now))
        );
    }

    private UnderneathStatus Underneath(
        NodeState node,
        CompiledRules rules,
        Verdict raw,
        List<NodeState> children,
        DateTimeOffset now
    ) => new(statuses.Ordered[raw.Status].Name, Word(raw.Decider), Account(node, rules, raw, now, children).Sentence);

    private static List<RuleOutcome> Outcomes(NodeState node, CompiledRules rules, Verdict verdict, DateTimeOffset now)
    {
        var outcomes = new List<RuleOutcome>(rules.Rules.Length);
        var reached =
            verdict.Decider is DeciderKind.Rule or DeciderKind.RollUp or DeciderKind.Required or DeciderKind.Check;
        for (var i = 0; i < rules.Rules.Length; i++)
        {
            outcomes.Add(Outcome(node, rules.Rules[i], reached, i == verdict.Rule, now));
            reached = reached && (i != verdict.Rule || rules.Set.Match == MatchPolicy.Worst);
        }
        return outcomes;
    }

    private static RuleOutcome Outcome(NodeState node, CompiledRule rule, bool reached, bool won, DateTimeOffset now)
    {
        var clauses = new List<LookedAt>();
        rule.Condition.Explain(node, now, reached, clauses);
        var holds = reached && rule.Condition.Test(node, now) == true;
        var counts = holds && (won || !rule.Remembers || rule.Counts(now));
        return new(
            rule.Rule.Name,
            rule.Rule.Then,
            reached ? counts : null,
            clauses.ConvertAll(c => c.Value),
            holds && !counts
        );
    }

    private List<NodeState> Deciders(NodeState node, CompiledRules rules, Verdict verdict, DateTimeOffset now)
    {
        var deciders = new List<NodeState>();
        Deciders(node, rules, verdict, now, deciders);
        return deciders;
    }

    private void Deciders(
        NodeState node,
        CompiledRules rules,
        Verdict verdict,
        DateTimeOffset now,
        List<NodeState> deciders
    )
    {
        if (verdict.Decider == DeciderKind.Rule)
            foreach (var clause in Decisive(node, rules, verdict, now))
                clause.Deciders(node, deciders, MaxChildren);
        else if (verdict.Decider == DeciderKind.Required)
            Missed(node.ByRank!, deciders);
        else if (verdict.Decider == DeciderKind.RollUp)
            OfRollUp(node, verdict.Status, deciders);
    }

    private void Missed(Few<EdgeState>[] byRank, List<NodeState> deciders)
    {
        foreach (var edges in byRank)
        foreach (var edge in edges)
            if (deciders.Count < MaxChildren && IsMissed(edge))
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
        for (var i = 0; i < edges.Count && deciders.Count < MaxChildren; i++)
            deciders.Add(edges[i].Child);
    }

    private static List<CompiledClause> Decisive(
        NodeState node,
        CompiledRules rules,
        Verdict verdict,
        DateTimeOffset now
    )
    {
        var clauses = new List<CompiledClause>(1);
        rules.Rules[verdict.Rule].Condition.Decisive(node, now, clauses);
        return clauses;
    }

    private ChildOutcome Child(NodeState node, NodeState child)
    {
        var counts = child.Parents.Find(e => e.Parent == node)?.CountsAs ?? -1;
        return new(
            child.Id,
            child.Name,
            statuses.Ordered[child.Status].Name,
            counts < 0 ? null : statuses.Ordered[counts].Name
        );
    }

    // A leaf's cause is told by the rules that were asked: with a draft, the verdict's rule is one of the draft's.
    private List<CauseOutcome> Causes(
        NodeState node,
        CompiledRules rules,
        Verdict verdict,
        List<NodeState> children,
        DateTimeOffset now
    )
    {
        var causes = new List<CauseOutcome>();
        if (node.Check is not null)
            causes.Add(Cause(node, rules, verdict, [], now));
        else if (verdict.Status != _up)
            Descend(children, [], [], causes, now);
        return causes;
    }

    private void Descend(
        List<NodeState> children,
        List<Guid> path,
        HashSet<NodeState> seen,
        List<CauseOutcome> causes,
        DateTimeOffset now
    )
    {
        foreach (var child in children)
        {
            if (causes.Count >= MaxChildren || !seen.Add(child))
                continue;
            List<Guid> way = [.. path, child.Id];
            var below = Deciders(child, child.Rules, child.Verdict, now);
            if (child.Check is not null || below.Count == 0)
                causes.Add(Cause(child, child.Rules, child.Verdict, way, now));
            else
                Descend(below, way, seen, causes, now);
        }
    }

    private CauseOutcome Cause(
        NodeState leaf,
        CompiledRules rules,
        Verdict verdict,
        List<Guid> path,
        DateTimeOffset now
    ) =>
        new(
            leaf.Id,
            leaf.Name,
            statuses.Ordered[verdict.Status].Name,
            leaf.Check?.Id,
            Account(leaf, rules, verdict, now, []).Sentence,
            path,
            leaf.Check?.Last ?? leaf.Check?.Seen
        );

    private IAccount Account(
        NodeState node,
        CompiledRules rules,
        Verdict verdict,
        DateTimeOffset now,
        List<NodeState> children
    )
    {
        var status = statuses.Ordered[verdict.Status].Name;
        return node.Recorded is { } recorded
            ? new RecordedAccount(node.Name, status, recorded.Last)
            : new Account(node.Name, status, Reason(node, rules, verdict, now, children));
    }

    private Reason Reason(
        NodeState node,
        CompiledRules rules,
        Verdict verdict,
        DateTimeOffset now,
        List<NodeState> children
    ) =>
        verdict.Decider switch
        {
            DeciderKind.Rule => OfRule(node, rules, verdict, now),
            DeciderKind.RollUp => OfRollUp(node, rules, verdict, children),
            DeciderKind.Check => new CheckReason(node.Check!.Last!.Event),
            DeciderKind.Soft => new SaidReason(SoftSentences.Why(node, statuses, now)),
            DeciderKind.Manual or DeciderKind.Maintenance => new SaidReason(MaskSentences.Why(node, verdict.Decider)),
            _ => new SaidReason(Said(node, verdict, children)),
        };

    private string Said(NodeState node, Verdict verdict, List<NodeState> children) =>
        verdict.Decider switch
        {
            DeciderKind.Paused => "it is switched off"
                + (string.IsNullOrEmpty(node.PauseReason) ? "" : ": " + node.PauseReason),
            DeciderKind.Nothing when node.Check is { } check => check.Seen is { } seen
                ? CheckReason.Inconclusive(seen.Event)
                : "no observation has arrived yet",
            DeciderKind.Expired => "its last observation is older than "
                + Sentences.Duration(Decider.Staleness(node, node.Check!)),
            DeciderKind.Failed => string.Create(
                CultureInfo.InvariantCulture,
                $"rule {verdict.Rule + 1} could not be evaluated: {verdict.Failure!.TrimEnd('.')}"
            ),
            DeciderKind.Required => "it requires "
                + string.Join(
                    " and ",
                    children.Take(3).Select(c => $"{c.Name}, which is {statuses.Ordered[c.Status].Name}")
                ),
            _ => node.Children.Count == 0 ? "it has no children" : "none of its children counts",
        };

    private static RuleReason OfRule(NodeState node, CompiledRules rules, Verdict verdict, DateTimeOffset now)
    {
        var clauses = new List<LookedAt>(1);
        rules.Rules[verdict.Rule].Condition.Explain(node, now, true, clauses);
        var decisive = Decisive(node, rules, verdict, now);
        var looks = new Look[decisive.Count];
        for (var i = 0; i < looks.Length; i++)
            looks[i] = decisive[i].Look(node, now);
        return new(looks, [.. clauses]);
    }

    private RollUpReason OfRollUp(NodeState node, CompiledRules rules, Verdict verdict, List<NodeState> children)
    {
        var same = node.ByRank![verdict.Status].Count;
        var (number, fact) =
            same > 0
                ? (same, statuses.Ordered[verdict.Status].Name)
                : (node.Counted - node.ByRank[_up].Count, "not up");
        var names = verdict.Status == _up ? [] : Sentences.NamesOf(children);
        return new(rules.Set.RollUp, number, node.Counted, fact, names);
    }

    private static string Word(DeciderKind decider) =>
        decider switch
        {
            DeciderKind.Rule => "rule",
            DeciderKind.Required or DeciderKind.RollUp => "roll-up",
            DeciderKind.Check => "check",
            DeciderKind.Soft => "timing",
            DeciderKind.Paused or DeciderKind.Manual or DeciderKind.Maintenance => "mask",
            _ => "nothing",
        };
}
