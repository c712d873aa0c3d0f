using Torch.Domain.Agents;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>What status a node has, and what decided it: masks first, then missing data, then rules, then the verdict or roll-up.</summary>
internal sealed class Decider(StatusCatalog statuses)
{
    private readonly int _unknown = statuses.RankOf(StatusCatalog.Unknown);
    private readonly int _expired = statuses.RankOf(StatusCatalog.Expired);
    private readonly int _paused = statuses.RankOf(StatusCatalog.Paused);
    private readonly int _down = statuses.RankOf(StatusCatalog.Down);

    public StatusCatalog Statuses => statuses;

    /// <param name="rules">The node's own, or a draft.</param>
    /// <param name="now">The log's clock.</param>
    /// <param name="at">When what is folded took effect.</param>
    public Verdict Decide(NodeState node, CompiledRules rules, DateTimeOffset now, DateTimeOffset at)
    {
        if (node.Paused)
        {
            foreach (var place in node.Places ?? [])
                Silenced(place.Rules, default);
            return Silenced(rules, new(_paused, DeciderKind.Paused, -1, at, long.MaxValue));
        }
        if (node.Check is not { } check)
            return Group(node, rules, now, at);
        return node.Places is { } places
            ? Places(places, check.Settings?.Decide, now, at)
            : Leaf(node, check, rules, now, at);
    }

    /// <summary>What is seen from one of several locations.</summary>
    public Verdict Place(NodeState place, DateTimeOffset at) => Leaf(place, place.Check!, place.Rules, at, at);

    // As bad as so many locations find it. One that has no data says nothing, and where all are silent, the worst of that is told.
    private Verdict Places(NodeState[] places, string? decide, DateTimeOffset now, DateTimeOffset at)
    {
        var due = long.MaxValue;
        foreach (var place in places)
        {
            place.Verdict = Leaf(place, place.Check!, place.Rules, now, at);
            place.Status = place.Verdict.Status;
            due = Math.Min(due, place.Verdict.DueTicks);
        }
        List<NodeState> worstFirst = [.. places.Where(p => Speaks(p.Verdict)).OrderByDescending(p => p.Status)];
        if (worstFirst.Count == 0)
            return places.MaxBy(p => p.Status)!.Verdict with { DueTicks = due };
        var asked = Math.Min(Locations.Needed(decide, places.Length), worstFirst.Count);
        return worstFirst[asked - 1].Verdict with { DueTicks = due };
    }

    private static bool Speaks(Verdict verdict) =>
        verdict.Decider is not (DeciderKind.Nothing or DeciderKind.Expired or DeciderKind.Unwatched);

    /// <summary>When the leaf's last observation ceases to count.</summary>
    public static DateTimeOffset StaleAt(NodeState leaf, CheckState check) =>
        check.LastAt + Staleness(leaf, check) + leaf.Away;

    /// <summary>The leaf's own limit, else the check's.</summary>
    public static TimeSpan Staleness(NodeState leaf, CheckState check) => leaf.Staleness ?? check.Staleness;

    private Verdict Leaf(NodeState node, CheckState check, CompiledRules rules, DateTimeOffset now, DateTimeOffset at)
    {
        if (check.Unwatched is not null && Unseen(node, check, rules, now, at) is { } unseen)
            return unseen;
        if (check.Last is null)
            return new(_unknown, DeciderKind.Nothing, -1, at, long.MaxValue);
        var staleAt = StaleAt(node, check);
        if (staleAt <= now && check.IsHeartbeat)
            return Silenced(rules, new(_down, DeciderKind.Silent, -1, at, long.MaxValue));
        if (staleAt <= now)
            return Silenced(rules, new(_expired, DeciderKind.Expired, -1, at, long.MaxValue));
        var due = staleAt.UtcTicks;
        return ByRules(node, rules, now, at, ref due) ?? new(check.Verdict, DeciderKind.Check, -1, at, due);
    }

    // While nobody looks, not even silence says anything. Once somebody looks again, it does, if it lasts.
    private Verdict? Unseen(
        NodeState node,
        CheckState check,
        CompiledRules rules,
        DateTimeOffset now,
        DateTimeOffset at
    )
    {
        var staleAt = check.Last is null ? DateTimeOffset.MaxValue : StaleAt(node, check);
        var isOpen = check.Unwatched!.OpenSince is not null;
        var isUnknown = isOpen
            ? check.IsUnseen || staleAt <= now
            : check is { Last: not null, IsUnseen: true } && staleAt > now;
        return isUnknown
            ? Silenced(rules, new(_unknown, DeciderKind.Unwatched, -1, at, isOpen ? long.MaxValue : staleAt.UtcTicks))
            : null;
    }

    private Verdict Group(NodeState node, CompiledRules rules, DateTimeOffset now, DateTimeOffset at)
    {
        if (node.Counted == 0)
            return Silenced(rules, new(_unknown, DeciderKind.Nothing, -1, at, long.MaxValue));
        var due = long.MaxValue;
        var byRules = ByRules(node, rules, now, at, ref due);
        if (node.RequiredFailing > 0)
            return new(_down, DeciderKind.Required, -1, at, due);
        return byRules ?? new(rules.RollUps.Of(node.ByRank!, node.Counted), DeciderKind.RollUp, -1, at, due);
    }

    private Verdict? ByRules(NodeState node, CompiledRules rules, DateTimeOffset now, DateTimeOffset at, ref long due)
    {
        var winner = -1;
        foreach (var clause in rules.Timed)
            due = Math.Min(due, NextTurn(clause, node, now));
        for (var i = 0; i < rules.Rules.Length && (winner < 0 || rules.AskAll); i++)
            try
            {
                var rule = rules.Rules[i];
                if (rule.Matches(node, now, at, ref due) && Wins(rules, rule, winner))
                    winner = i;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // It must never stop the tree: the node parks as unknown, with the reason.
                return new(_unknown, DeciderKind.Failed, i, at, due, exception.Message);
            }
        if (winner < 0)
            return null;
        var counts = rules.Rules[winner].CountsSince;
        return new(rules.Rules[winner].Then, DeciderKind.Rule, winner, counts > at ? counts : at, due);
    }

    // A clause that fails here fails again when it is asked.
    private static long NextTurn(CompiledClause clause, NodeState node, DateTimeOffset now)
    {
        try
        {
            return clause.DueTicks(node, now);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return long.MaxValue;
        }
    }

    /// <summary>What a group's rules say if durations need not be waited for. Changes nothing.</summary>
    public Verdict Ask(NodeState group, CompiledRules rules, DateTimeOffset at)
    {
        if (group.Counted == 0)
            return new(_unknown, DeciderKind.Nothing, -1, at, long.MaxValue);
        if (group.RequiredFailing > 0)
            return new(_down, DeciderKind.Required, -1, at, long.MaxValue);
        var winner = -1;
        for (var i = 0; i < rules.Rules.Length; i++)
            if (Holds(rules.Rules[i], group, at) && Wins(rules, rules.Rules[i], winner))
                winner = i;
        return winner < 0
            ? new(rules.RollUps.Of(group.ByRank!, group.Counted), DeciderKind.RollUp, -1, at, long.MaxValue)
            : new(rules.Rules[winner].Then, DeciderKind.Rule, winner, at, long.MaxValue);
    }

    private static bool Holds(CompiledRule rule, NodeState group, DateTimeOffset at)
    {
        try
        {
            return rule.Condition.Test(group, at) == true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return false;
        }
    }

    private static bool Wins(CompiledRules rules, CompiledRule rule, int winner) =>
        winner < 0 || (rules.Set.Match == MatchPolicy.Worst && rule.Then > rules.Rules[winner].Then);

    // While nothing is judged, no duration runs.
    private static Verdict Silenced(CompiledRules rules, Verdict verdict)
    {
        foreach (var rule in rules.Rules)
            rule.Interrupt();
        return verdict;
    }
}
