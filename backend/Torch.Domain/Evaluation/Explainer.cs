using System.Globalization;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>Says why: in one sentence, in clauses, and by the children and leaves that decided it.</summary>
internal sealed class Explainer(StatusCatalog statuses)
{
    private const int MaxChildren = 16;

    private readonly int _up = statuses.RankOf(StatusCatalog.Up);

    /// <summary>What is stored with a transition.</summary>
    public Why Why(NodeState node, CompiledRules rules, Verdict verdict, DateTimeOffset now, long position)
    {
        var clauses = new List<ClauseValue>();
        if (verdict.Decider == DeciderKind.Rule)
            rules.Rules[verdict.Rule].Condition.Explain(node, now, true, clauses);
        var children = Deciders(node, rules, verdict, now);
        return new(
            Word(verdict.Decider),
            Sentence(node, rules, verdict, now, children),
            verdict.Rule < 0 ? null : verdict.Rule,
            node.RulesVersion,
            clauses,
            [.. children.Select(c => c.Id)],
            position
        );
    }

    /// <summary>The whole answer.</summary>
    public NodeExplanation Explain(
        NodeState node,
        CompiledRules rules,
        Verdict verdict,
        DateTimeOffset now,
        long position
    )
    {
        var children = Deciders(node, rules, verdict, now);
        return new(
            node.Id,
            node.Name,
            statuses.Ordered[verdict.Status].Name,
            verdict.Status == node.Status ? node.Since : verdict.At,
            Sentence(node, rules, verdict, now, children),
            Word(verdict.Decider),
            verdict.Rule < 0 ? null : verdict.Rule,
            node.RulesVersion,
            Outcomes(node, rules, verdict, now),
            node.Check is null ? rules.Set.RollUp.ToString() : null,
            [.. children.Select(c => Child(node, c))],
            Causes(node, rules, verdict, children, now),
            position
        );
    }

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
        var clauses = new List<ClauseValue>();
        rule.Condition.Explain(node, now, reached, clauses);
        var holds = reached && rule.Condition.Test(node, now) == true;
        var counts = holds && (won || !rule.Remembers || rule.Counts(now));
        return new(rule.Rule.Name, rule.Rule.Then, reached ? counts : null, clauses, holds && !counts);
    }

    private List<NodeState> Deciders(NodeState node, CompiledRules rules, Verdict verdict, DateTimeOffset now)
    {
        var deciders = new List<NodeState>();
        if (verdict.Decider == DeciderKind.Rule)
            foreach (var clause in rules.Rules[verdict.Rule].Condition.Decisive(node, now))
                clause.Deciders(node, deciders, MaxChildren);
        else if (verdict.Decider == DeciderKind.Required)
            deciders.AddRange(
                node.ByRank!.SelectMany(edges => edges).Where(IsMissed).Select(e => e.Child).Take(MaxChildren)
            );
        else if (verdict.Decider == DeciderKind.RollUp)
            OfRollUp(node, verdict.Status, deciders);
        return deciders;
    }

    private bool IsMissed(EdgeState edge) =>
        edge is { Required: true, CountsAs: >= 0 } && statuses.Ordered[edge.CountsAs].Available == false;

    // Those that are what the group is; where a roll-up made something else of them, those that are not up.
    private void OfRollUp(NodeState node, int status, List<NodeState> deciders)
    {
        if (node.ByRank![status].Count > 0)
            deciders.AddRange(node.ByRank[status].Take(MaxChildren).Select(e => e.Child));
        else
            for (var rank = node.ByRank.Length - 1; rank > _up; rank--)
                deciders.AddRange(node.ByRank[rank].Take(MaxChildren - deciders.Count).Select(e => e.Child));
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
            Sentence(leaf, rules, verdict, now, []),
            path,
            leaf.Check?.Last ?? leaf.Check?.Seen
        );

    private string Sentence(
        NodeState node,
        CompiledRules rules,
        Verdict verdict,
        DateTimeOffset now,
        List<NodeState> children
    )
    {
        var name = node.Name.Length == 0 ? "The node" : node.Name;
        return $"{name} is {statuses.Ordered[verdict.Status].Name} because {Reason(node, rules, verdict, now, children)}.";
    }

    private string Reason(
        NodeState node,
        CompiledRules rules,
        Verdict verdict,
        DateTimeOffset now,
        List<NodeState> children
    ) =>
        verdict.Decider switch
        {
            DeciderKind.Paused => "it is switched off"
                + (string.IsNullOrEmpty(node.PauseReason) ? "" : ": " + node.PauseReason),
            DeciderKind.Nothing when node.Check is { } check => check.Seen is { } seen
                ? Inconclusive(seen.Event)
                : "no observation has arrived yet",
            DeciderKind.Nothing => node.Children.Count == 0 ? "it has no children" : "none of its children counts",
            DeciderKind.Expired => "its last observation is older than "
                + Sentences.Duration(Decider.Staleness(node, node.Check!)),
            DeciderKind.Failed => string.Create(
                CultureInfo.InvariantCulture,
                $"rule {verdict.Rule + 1} could not be evaluated: {verdict.Failure!.TrimEnd('.')}"
            ),
            DeciderKind.Check => OfCheck(node.Check!.Last!.Event),
            DeciderKind.Required => "it requires "
                + string.Join(
                    " and ",
                    children.Take(3).Select(c => $"{c.Name}, which is {statuses.Ordered[c.Status].Name}")
                ),
            DeciderKind.RollUp => OfRollUp(node, rules, verdict, children),
            _ => string.Join(
                " and ",
                rules.Rules[verdict.Rule].Condition.Decisive(node, now).Select(c => c.Phrase(node, now))
            ),
        };

    private string OfRollUp(NodeState node, CompiledRules rules, Verdict verdict, List<NodeState> children)
    {
        var same = node.ByRank![verdict.Status].Count;
        var (number, fact) =
            same > 0
                ? (same, statuses.Ordered[verdict.Status].Name)
                : (node.Counted - node.ByRank[_up].Count, "not up");
        var kind = rules.Set.RollUp is { Kind: RollUpKind.Worst, N: 1, Cap: null }
            ? ""
            : $" (roll-up: {rules.Set.RollUp})";
        if (number == node.Counted && number > 1)
            return $"all {number.ToString(CultureInfo.InvariantCulture)} children that count are {fact}{Named()}{kind}";
        if (node.Counted == 1)
            return $"its only child that counts is {fact}{Named()}{kind}";
        return Sentences.Counted(
                string.Create(CultureInfo.InvariantCulture, $"{number} of {node.Counted} children that count"),
                number,
                fact
            )
            + Named()
            + kind;

        string Named() => verdict.Status == _up ? "" : Sentences.Names(children, number);
    }

    private static string OfCheck(IEvent observation) =>
        observation switch
        {
            ReportReceived report => $"the report said {report.Status ?? StatusCatalog.Up}" + Detail(report.Message),
            ProbeCompleted { Outcome: "up" } => "the probe succeeded",
            ProbeCompleted probe => "the probe failed"
                + Detail(probe.Message)
                + (probe.Cause is null ? "" : $" ({probe.Cause})"),
            _ => "its check said so",
        };

    private static string Inconclusive(IEvent observation) =>
        "no observation could be judged yet" + Detail((observation as ProbeCompleted)?.Message);

    private static string Detail(string? message) =>
        string.IsNullOrWhiteSpace(message) ? ""
        : message.Length > 200 ? $": {message[..200]}…"
        : ": " + message.TrimEnd('.', ' ');

    private static string Word(DeciderKind decider) =>
        decider switch
        {
            DeciderKind.Rule => "rule",
            DeciderKind.Required or DeciderKind.RollUp => "roll-up",
            DeciderKind.Check => "check",
            DeciderKind.Paused => "mask",
            _ => "nothing",
        };
}
