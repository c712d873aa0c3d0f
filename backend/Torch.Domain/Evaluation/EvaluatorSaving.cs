using Torch.Domain.Checks;

namespace Torch.Domain.Evaluation;

public sealed partial class Evaluator
{
    /// <summary>Everything that it knows: <see cref="Load"/> goes on from there as if it had folded all that came before.</summary>
    public EvaluatorSnapshot Save()
    {
        NodeState[] nodes = [.. _nodes.Values.OrderBy(n => n.Ordinal)];
        var indexes = new Dictionary<NodeState, int>(nodes.Length);
        for (var i = 0; i < nodes.Length; i++)
            indexes.Add(nodes[i], i);
        return new(
            [.. _statuses.Ordered.Select(s => s.Name)],
            _now,
            _position,
            _ordinals,
            [.. _checks.Values.Select(c => Save(c, indexes))],
            [.. nodes.Select(n => Save(n, indexes))]
        );
    }

    private static SavedCheck Save(CheckState check, Dictionary<NodeState, int> indexes) =>
        new(
            check.Id,
            check.Settings,
            Save(check.Last, check.LastAt),
            check.Seen == check.Last ? null : Save(check.Seen, check.SeenAt),
            check.Failures,
            check.Results,
            [.. Each(check.Leaves).Select(n => indexes[n])]
        );

    private static SavedObservation? Save(SeenObservation? seen, DateTimeOffset at) =>
        seen is null
            ? null
            : new(seen.Position, seen.ReceivedAt, at, seen.Event as ReportReceived, seen.Event as ProbeCompleted);

    private SavedNode Save(NodeState node, Dictionary<NodeState, int> indexes) =>
        new(
            node.Id,
            node.Ordinal,
            node.Name,
            node.Tags,
            node.Staleness,
            node.Paused,
            node.PauseReason,
            node.Rules == _noRules ? null : node.Rules.Set,
            node.RulesVersion,
            node.Rules == _noRules ? null : node.Rules.Save(n => indexes[n]),
            Save(node.Verdict),
            node.Since,
            node.Away,
            node.Height,
            [.. node.Children.Select(e => Save(e, indexes))],
            [.. Each(node.Parents).Select(e => indexes[e.Parent])],
            [.. Each(node.Watchers).Select(n => indexes[n])]
        );

    private static T[] Each<T>(Few<T> items)
        where T : class => [.. items];

    private static SavedVerdict Save(Verdict verdict) =>
        new(
            verdict.Status,
            (int)verdict.Decider,
            verdict.Rule,
            verdict.At,
            verdict.DueTicks == long.MaxValue ? null : verdict.DueTicks,
            verdict.Failure
        );

    private static SavedEdge Save(EdgeState edge, Dictionary<NodeState, int> indexes) =>
        new(indexes[edge.Child], edge.Weight, edge.Required, edge.Map.Text, edge.CountsAs < 0 ? 0 : edge.Slot);
}
