using Torch.Domain.Checks;

namespace Torch.Domain.Evaluation;

public sealed partial class Evaluator
{
    /// <summary>Everything that it knows: <see cref="Load"/> goes on from there as if it had folded all that came before.</summary>
    public EvaluatorSnapshot Save() => Save(new(_nodes.Values), _checks.Values);

    private EvaluatorSnapshot Save(Saving saving, IEnumerable<CheckState> checks) =>
        new(
            [.. _statuses.Ordered.Select(s => s.Name)],
            _now,
            _position,
            _ordinals,
            LateWindow,
            Late,
            [.. checks.Select(c => Save(c, saving))],
            [.. saving.Nodes.Select(n => Save(n, saving))],
            _statuses.Own,
            _windows.Count == 0 ? null : [.. _windows.Values.OrderBy(w => w.Id).Select(w => Save(w, saving))]
        );

    private static SavedCheck Save(CheckState check, Saving saving) =>
        new(
            check.Id,
            check.Settings,
            Save(check.Last, check.LastAt),
            check.Seen == check.Last ? null : Save(check.Seen, check.SeenAt),
            saving.IndexesOf(Each(check.Leaves)),
            Save(check.Unwatched),
            check.Places is { } places ? [.. places.Select(Save)] : null
        );

    private static SavedPlace Save(PlaceState place) =>
        new(place.Location, Save(place.Last, place.LastAt), Save(place.Unwatched));

    private static SavedGap? Save(Unwatched? gap) => gap is null ? null : new(gap.Since, gap.Reason, gap.OpenSince);

    private SavedView[]? SavePlaces(NodeState node, Saving? saving) =>
        node.Places is { } places && saving?.IsWhole(node) != false
            ? [.. places.Select(p => Save(p, saving is not null))]
            : null;

    // Whom clauses mean is asked of groups only, so that a leaf's needs no index.
    private SavedView Save(NodeState place, bool withSamples) =>
        new(
            Save(place.Verdict),
            place.Away,
            place.Rules == _noRules ? null : place.Rules.Save(withSamples ? _ => -1 : null)
        );

    private static SavedObservation? Save(SeenObservation? seen, DateTimeOffset at) =>
        seen is null
            ? null
            : new(seen.Position, seen.ReceivedAt, at, seen.Event as ReportReceived, seen.Event as ProbeCompleted);

    private SavedNode Save(NodeState node, Saving saving) =>
        new(
            node.Id,
            node.Ordinal,
            node.Name,
            node.Tags,
            node.Staleness,
            node.Paused,
            node.PauseReason,
            HasRules(node, saving) ? node.Rules.Set : null,
            node.RulesVersion,
            HasRules(node, saving) ? node.Rules.Save(saving.IndexOf) : null,
            Save(node.Verdict),
            node.Since,
            node.JudgedAt,
            node.JudgedPosition,
            node.Away,
            node.Height,
            [.. saving.ChildrenOf(node).Select(e => Save(e, saving))],
            saving.IndexesOf(Each(node.Parents).Select(e => e.Parent)),
            saving.IndexesOf(Each(node.Watchers).Where(saving.IsWhole)),
            saving.IsWhole(node) && node.Layers is { } layers ? Save(layers) : null,
            Save(node.Dependencies, saving),
            SavePlaces(node, saving)
        );

    private static SavedDependencies? Save(DependencyState? dependencies, Saving saving) =>
        dependencies is null
            ? null
            : new(
                saving.IndexesOf(dependencies.On),
                saving.IndexesOf(dependencies.Dependants),
                dependencies.SuppressedBy
            );

    private static T[] Each<T>(Few<T> items)
        where T : class => [.. items];

    private bool HasRules(NodeState node, Saving saving) => node.Rules != _noRules && saving.IsWhole(node);

    private static SavedLayers Save(Layers layers) =>
        new(
            Save(layers.Raw),
            Save(layers.Own),
            layers.Damper is { } damper ? Save(damper) : null,
            layers.Marks,
            Save(layers.Beneath),
            layers.Manual,
            layers.Acknowledged,
            layers.AcknowledgedStatus
        );

    private static SavedWindow Save(WindowState window, Saving saving) =>
        new(
            window.Id,
            window.Name,
            window.NodeIds,
            window.Schedule,
            window.Reason,
            (int)window.Phase,
            window.Due,
            saving.IndexesOf(window.Covered.OrderBy(n => n.Ordinal))
        );

    private static SavedDamper Save(Damper damper) =>
        new(
            Save(damper.Hard),
            damper.Side,
            damper.Results,
            damper.Since,
            damper.WorseAt,
            damper.Flaps is { } flaps ? new(flaps.Changes, flaps.Last, flaps.Minute, flaps.IsFlapping) : null
        );

    private static SavedVerdict Save(Verdict verdict) =>
        new(
            verdict.Status,
            (int)verdict.Decider,
            verdict.Rule,
            verdict.At,
            verdict.DueTicks == long.MaxValue ? null : verdict.DueTicks,
            verdict.Failure
        );

    private static SavedEdge Save(EdgeState edge, Saving saving) =>
        new(saving.IndexOf(edge.Child), edge.Weight, edge.Required, edge.Map.Text, edge.CountsAs == -1 ? 0 : edge.Slot);
}
