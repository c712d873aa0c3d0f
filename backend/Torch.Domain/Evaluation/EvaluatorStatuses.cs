using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>
/// The catalogue of statuses changes seldom, and ranks move when it does: whatever holds a rank is put in terms of the new ones. Judged anew
/// is who may come to another verdict, so that a status that nobody has and no rule names costs a large tree little.
/// </summary>
public sealed partial class Evaluator
{
    private void Adopt(StatusCatalog next)
    {
        if (ReferenceEquals(next, _statuses))
            return;
        int[] ranks = [.. _statuses.Ordered.Select(s => next.RankOf(s.Name))];
        var before = _statuses;
        bool[] isOther =
        [
            .. next.Ordered.Select(s => before.RankOf(s.Name) is var r && (r < 0 || before.Ordered[r] != s)),
        ];
        var bare = _noRules;
        (_statuses, _decider, _explainer, _noRules) = Of(next);
        _maps.Clear();
        var affected = new List<NodeState>();
        foreach (var node in _nodes.Values)
        {
            Move(node, ranks, bare);
            foreach (var place in node.Places ?? [])
                Move(place, ranks, bare);
            if (node.Rules != _noRules || node.Layers is not null || node.Places is not null || isOther[node.Status])
                affected.Add(node);
        }
        foreach (var check in _checks.Values)
            if (IsReadOtherwise(check, ranks))
                foreach (var leaf in check.Leaves)
                    affected.Add(leaf);
        foreach (var node in _nodes.Values)
            if (node.Children.Count > 0 && IsCountedOtherwise(node, ranks, isOther))
                affected.Add(node);
        foreach (var node in affected.OrderBy(n => n.Ordinal))
            Enqueue(node);
    }

    private static (StatusCatalog, Decider, Explainer, CompiledRules) Of(StatusCatalog statuses) =>
        (statuses, new(statuses), new(statuses), new(Rules.RuleSet.Empty, statuses));

    // Counters of a node with children follow once all of these have their new ranks.
    private void Move(NodeState node, int[] ranks, CompiledRules bare)
    {
        node.Status = ranks[node.Status];
        node.Verdict = Moved(node.Verdict, ranks);
        node.Rules = node.Rules == bare ? _noRules : node.Rules.Among(_statuses);
        if (node.Layers is not { } layers)
            return;
        (layers.Raw, layers.Own) = (Moved(layers.Raw, ranks), Moved(layers.Own, ranks));
        layers.Beneath = Moved(layers.Beneath, ranks);
        layers.AcknowledgedStatus = ranks[layers.AcknowledgedStatus];
        if (layers.Damper is not { } damper)
            return;
        damper.Hard = Moved(damper.Hard, ranks);
        if (damper.Flaps is { Last: >= 0 } flaps)
            flaps.Last = ranks[flaps.Last];
    }

    private static Verdict Moved(Verdict verdict, int[] ranks) => verdict with { Status = ranks[verdict.Status] };

    // What was observed may name a status that is one only now, or is none any more.
    private bool IsReadOtherwise(CheckState check, int[] ranks)
    {
        var isOther = false;
        foreach (var seen in (CheckState[])[check, .. check.Places ?? []])
            if (seen.Last is { } last)
            {
                var was = ranks[seen.Verdict];
                seen.Verdict = _statuses.RankOf(Readings.Verdict(last.Event, _statuses).Name);
                isOther |= seen.Verdict != was;
            }
        return isOther;
    }

    // Counted in the order of their slots: those of one rank come to stand as they stood.
    private bool IsCountedOtherwise(NodeState parent, int[] ranks, bool[] isOther)
    {
        var counted = false;
        List<EdgeState> edges = [.. parent.Children.OrderBy(e => e.CountsAs == -1 ? 0 : e.Slot)];
        Empty(parent);
        foreach (var edge in edges)
        {
            var was = edge.CountsAs < 0 ? edge.CountsAs : ranks[edge.CountsAs];
            edge.Map = MapOf(edge.Map.Text);
            edge.CountsAs = -1;
            Count(edge);
            counted |= edge.CountsAs != was || (was >= 0 && isOther[was]);
        }
        return counted;
    }

    // Ranks that nothing counts as are many where statuses came and went: their empty lists stay as they are.
    private void Empty(NodeState parent)
    {
        if (parent.ByRank?.Length < _statuses.Ordered.Count)
            parent.ByRank = null;
        foreach (var edge in parent.Children)
            if (edge.CountsAs >= 0 && parent.ByRank is { } lists)
                lists[edge.CountsAs] = default;
        (parent.Counted, parent.RequiredFailing) = (0, 0);
        parent.Layers?.Masked?.Clear();
    }

    // Exact while there are few; later with room for those that come.
    private int RoomForRanks => _statuses.Ordered.Count is <= 16 and var few ? few : (_statuses.Ordered.Count | 31) + 1;
}
