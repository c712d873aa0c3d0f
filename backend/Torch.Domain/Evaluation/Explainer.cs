using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>Says why: in one sentence, in clauses, and by the children and leaves that decided it.</summary>
internal sealed class Explainer(StatusCatalog statuses)
{
    private readonly DecidingChildren _children = new(statuses);
    private readonly Accounts _accounts = new(statuses);
    private readonly int _up = statuses.RankOf(StatusCatalog.Up);

    // Filled anew for each transition: none of them keeps it.
    private readonly List<NodeState> _deciders = [];

    /// <summary>What is stored with a transition. Where a roll-up says that all is well, no child is picked out.</summary>
    public Why Why(NodeState node, CompiledRules rules, Verdict verdict, DateTimeOffset now, long position)
    {
        _deciders.Clear();
        if (verdict.Decider != DeciderKind.RollUp || verdict.Status != _up)
            _children.Find(node, rules, verdict, now, _deciders);
        return new(
            Word(verdict.Decider),
            _accounts.Of(node, rules, verdict, now, _deciders),
            verdict.Rule < 0 ? null : verdict.Rule,
            node.RulesVersion,
            IdsOf(_deciders),
            position
        );
    }

    /// <summary>The answer in words alone.</summary>
    public string Sentence(NodeState node, Verdict verdict, DateTimeOffset now) =>
        _accounts.Of(node, node.Rules, verdict, now, _children.Of(node, node.Rules, verdict, now)).Sentence;

    /// <summary>The children that decided a status, those told of in an explanation.</summary>
    public List<NodeState> Deciders(NodeState node, Verdict verdict, DateTimeOffset now) =>
        _children.Of(node, node.Rules, verdict, now);

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
        var children = _children.Of(node, rules, raw, now);
        var (asked, itsRules) = PlaceAccounts.Speaker(node, raw) is { } place ? (place, place.Rules) : (node, rules);
        return new(
            node.Id,
            node.Name,
            statuses.Ordered[verdict.Status].Name,
            verdict.Status == node.Status ? node.Since : verdict.At,
            _accounts.Of(node, rules, verdict, now, children).Sentence,
            Word(verdict.Decider),
            verdict.Rule < 0 ? null : verdict.Rule,
            node.RulesVersion,
            Outcomes(asked, itsRules, raw, now),
            node.Check is null ? rules.Set.RollUp.ToString() : null,
            [.. children.Select(c => Child(node, c))],
            Causes(node, rules, raw, children, now),
            position,
            node.Layers?.Marks is { } marks && marks != Marks.None ? marks : null,
            SoftSentences.Pending(node, statuses),
            MaskSentences.OfGroup(node, statuses)
                ?? (verdict.Decider == raw.Decider ? null : Underneath(node, rules, raw, children, now))
        )
        {
            Locations = node.Places is { } places ? [.. places.Select(p => Location(p, now))] : [],
        };
    }

    private LocationOutcome Location(NodeState place, DateTimeOffset now) =>
        new(
            PlaceAccounts.Location(place),
            statuses.Ordered[place.Status].Name,
            _accounts.Because(place, now),
            place.Check!.Last
        );

    private UnderneathStatus Underneath(
        NodeState node,
        CompiledRules rules,
        Verdict raw,
        List<NodeState> children,
        DateTimeOffset now
    ) =>
        new(
            statuses.Ordered[raw.Status].Name,
            Word(raw.Decider),
            _accounts.Of(node, rules, raw, now, children).Sentence
        );

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
            if (causes.Count >= DecidingChildren.Most || !seen.Add(child))
                continue;
            List<Guid> way = [.. path, child.Id];
            var below = _children.Of(child, child.Rules, child.Verdict, now);
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
            _accounts.Of(leaf, rules, verdict, now, []).Sentence,
            path,
            PlaceAccounts.Speaker(leaf, verdict)?.Check!.Last ?? leaf.Check?.Last ?? leaf.Check?.Seen
        );

    private static string Word(DeciderKind decider) =>
        decider switch
        {
            DeciderKind.Rule => "rule",
            DeciderKind.Required or DeciderKind.RollUp => "roll-up",
            DeciderKind.Check or DeciderKind.Silent => "check",
            DeciderKind.Soft => "timing",
            DeciderKind.Paused or DeciderKind.Manual or DeciderKind.Maintenance => "mask",
            _ => "nothing",
        };
}
