using System.Globalization;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>Writes down what decided a status, as it is now; the words follow when somebody reads it.</summary>
internal sealed class Accounts(StatusCatalog statuses)
{
    private readonly int _up = statuses.RankOf(StatusCatalog.Up);

    // Filled anew each time: nobody keeps them.
    private readonly List<LookedAt> _clauses = [];
    private readonly List<CompiledClause> _decisive = [];

    /// <param name="children">Those that decided it.</param>
    public IAccount Of(
        NodeState node,
        CompiledRules rules,
        Verdict verdict,
        DateTimeOffset now,
        List<NodeState> children
    )
    {
        var status = statuses.Ordered[verdict.Status].Name;
        if (node.Recorded is { } recorded)
            return new RecordedAccount(node.Name, status, recorded.Last);
        if (PlaceAccounts.Speaker(node, verdict) is { } speaker)
            return PlaceAccounts.Of(
                node,
                status,
                speaker,
                Own(speaker, status, speaker.Rules, speaker.Verdict, now, [])
            );
        return Own(node, status, rules, verdict, now, children);
    }

    /// <summary>What one of several locations says.</summary>
    public string Because(NodeState place, DateTimeOffset now) =>
        Own(place, "", place.Rules, place.Verdict, now, []).Because;

    private Account Own(
        NodeState node,
        string status,
        CompiledRules rules,
        Verdict verdict,
        DateTimeOffset now,
        List<NodeState> children
    ) =>
        verdict.Decider switch
        {
            DeciderKind.Rule => OfRule(node, status, rules, verdict, now),
            DeciderKind.RollUp => OfRollUp(node, status, rules, verdict, children),
            DeciderKind.Check => new CheckAccount(node.Name, status, node.Check!.Last!.Event),
            DeciderKind.Soft => new SaidAccount(node.Name, status, SoftSentences.Why(node, statuses, now)),
            DeciderKind.Manual or DeciderKind.Maintenance => new SaidAccount(
                node.Name,
                status,
                MaskSentences.Why(node, verdict.Decider)
            ),
            _ => new SaidAccount(node.Name, status, Said(node, verdict, children)),
        };

    private string Said(NodeState node, Verdict verdict, List<NodeState> children) =>
        verdict.Decider switch
        {
            DeciderKind.Paused => "it is switched off"
                + (string.IsNullOrEmpty(node.PauseReason) ? "" : ": " + node.PauseReason),
            DeciderKind.Nothing when node.Check is { } check => check.Seen is { } seen
                ? CheckAccount.Inconclusive(seen.Event)
                : "no observation has arrived yet",
            DeciderKind.Unwatched => GapSentences.Why(node.Check?.Unwatched),
            DeciderKind.Silent => "no heartbeat has come for "
                + Sentences.Duration(Decider.Staleness(node, node.Check!)),
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

    private RuleAccount OfRule(NodeState node, string status, CompiledRules rules, Verdict verdict, DateTimeOffset now)
    {
        var condition = rules.Rules[verdict.Rule].Condition;
        _clauses.Clear();
        condition.Explain(node, now, true, _clauses);
        LookedAt[] clauses = [.. _clauses];
        return new(node.Name, status, clauses, condition is CompiledClause ? null : Decisive(condition, node, now));
    }

    private Look[] Decisive(CompiledCondition condition, NodeState node, DateTimeOffset now)
    {
        _decisive.Clear();
        condition.Decisive(node, now, _decisive);
        return [.. _decisive.Select(c => c.Look(node, now))];
    }

    private RollUpAccount OfRollUp(
        NodeState node,
        string status,
        CompiledRules rules,
        Verdict verdict,
        List<NodeState> children
    )
    {
        var same = node.ByRank![verdict.Status].Count;
        var (number, fact) = same > 0 ? (same, status) : (node.Counted - node.ByRank[_up].Count, "not up");
        var names = verdict.Status == _up ? [] : Sentences.NamesOf(children);
        return new(node.Name, status, rules.Set.RollUp, number, node.Counted, fact, names);
    }
}
