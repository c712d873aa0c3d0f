using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

public sealed partial class Evaluator
{
    /// <summary>An evaluator in the state that was saved.</summary>
    /// <exception cref="InvalidDataException">It was saved with other built-in statuses.</exception>
    public static Evaluator Load(EvaluatorSnapshot snapshot)
    {
        var evaluator = new Evaluator(StatusCatalog.With(snapshot.OwnStatuses));
        if (!evaluator._statuses.Ordered.Select(s => s.Name).SequenceEqual(snapshot.Statuses))
            throw new InvalidDataException("The snapshot was taken with other statuses.");
        evaluator.Restore(snapshot);
        return evaluator;
    }

    // Nodes before what refers to them; names, types and statuses before edges are counted; edges before clauses are told of them.
    private void Restore(EvaluatorSnapshot snapshot)
    {
        (_now, _position, _ordinals) = (snapshot.Now, snapshot.Position, snapshot.Ordinals);
        LateWindow = snapshot.LateWindow;
        foreach (var late in snapshot.Late)
            _late.Add(late.CheckId, late);
        NodeState[] nodes = [.. snapshot.Nodes.Select(Restored)];
        foreach (var check in snapshot.Checks)
            Restore(check, nodes);
        for (var i = 0; i < nodes.Length; i++)
            RestoreChildren(nodes[i], snapshot.Nodes[i], nodes);
        for (var i = 0; i < nodes.Length; i++)
            RestoreReferences(nodes[i], snapshot.Nodes[i], nodes);
        for (var i = 0; i < nodes.Length; i++)
            RestoreParents(nodes[i], snapshot.Nodes[i], nodes);
        foreach (var window in snapshot.Windows ?? [])
            Restore(window, nodes);
    }

    private NodeState Restored(SavedNode saved)
    {
        var rules = saved.Rules is null ? _noRules : new CompiledRules(saved.Rules, _statuses);
        var node = new NodeState(saved.Id, saved.Ordinal, rules)
        {
            Name = saved.Name,
            Tags = saved.Tags,
            Staleness = saved.Staleness,
            Paused = saved.Paused,
            PauseReason = saved.PauseReason,
            RulesVersion = saved.RulesVersion,
            Verdict = Restored(saved.Verdict),
            Status = saved.Verdict.Status,
            Since = saved.Since,
            JudgedAt = saved.JudgedAt,
            JudgedPosition = saved.JudgedPosition,
            Away = saved.Away,
            Height = saved.Height,
            Layers = saved.Layers is { } layers ? Restored(layers) : null,
        };
        _nodes.Add(node.Id, node);
        if (IsForeign(node.Id))
            Record(node);
        else
            _deadlines.Set(node, node.Verdict.DueTicks);
        return node;
    }

    private static Layers Restored(SavedLayers saved) =>
        new(Restored(saved.Own))
        {
            Raw = Restored(saved.Raw),
            Damper = saved.Damper is { } damper ? Restored(damper) : null,
            Beneath = Restored(saved.Beneath),
            Manual = saved.Manual,
            Acknowledged = saved.Acknowledged,
            AcknowledgedStatus = saved.AcknowledgedStatus,
            Marks = saved.Marks,
        };

    private void Restore(SavedWindow saved, NodeState[] nodes)
    {
        var window = new WindowState(saved.Id, saved.Name, new(saved.NodeIds), saved.Schedule, saved.Reason)
        {
            Phase = (WindowPhase)saved.Phase,
        };
        _windows.Add(window.Id, window);
        Expect(window, saved.Due);
        foreach (var node in saved.Covered.Select(i => nodes[i]))
        {
            window.Covered.Add(node);
            ((node.Layers ??= new(node.Verdict)).Windows ??= []).Add(window);
        }
    }

    private static Damper Restored(SavedDamper saved) =>
        new(Restored(saved.Hard))
        {
            Side = saved.Side,
            Results = saved.Results,
            Since = saved.Since,
            WorseAt = saved.WorseAt,
            Flaps = saved.Flaps is { } flaps
                ? new()
                {
                    Changes = flaps.Changes,
                    Last = flaps.Last,
                    Minute = flaps.Minute,
                    IsFlapping = flaps.IsFlapping,
                }
                : null,
        };

    private static Verdict Restored(SavedVerdict saved) =>
        new(
            saved.Status,
            (DeciderKind)saved.Decider,
            saved.Rule,
            saved.At,
            saved.DueTicks ?? long.MaxValue,
            saved.Failure
        );

    private void Restore(SavedCheck saved, NodeState[] nodes)
    {
        var check = CheckOf(saved.Id);
        check.Settings = saved.Settings;
        if (saved.Last is { } last)
        {
            (check.Last, check.LastAt) = (Restored(last), last.At);
            check.Verdict = _statuses.RankOf(Readings.Verdict(check.Last.Event, _statuses).Name);
        }
        check.Unwatched = Restored(saved.Unwatched);
        check.Places = saved.Places is { } places ? [.. places.Select(p => Restored(p, check))] : null;
        (check.Seen, check.SeenAt) = saved.Seen is { } seen ? (Restored(seen), seen.At) : (check.Last, check.LastAt);
        foreach (var index in saved.Leaves)
        {
            nodes[index].Check = check;
            check.Leaves.Add(nodes[index]);
        }
    }

    private PlaceState Restored(SavedPlace saved, CheckState check)
    {
        var place = new PlaceState(check.Id, saved.Location)
        {
            Settings = check.Settings,
            Unwatched = Restored(saved.Unwatched),
        };
        if (saved.Last is { } last)
        {
            (place.Last, place.LastAt) = (Restored(last), last.At);
            place.Verdict = _statuses.RankOf(Readings.Verdict(place.Last.Event, _statuses).Name);
        }
        return place;
    }

    private static Unwatched? Restored(SavedGap? saved) =>
        saved is null ? null : new(saved.Since, saved.Reason) { OpenSince = saved.OpenSince };

    private NodeState Restored(SavedView saved, NodeState leaf, PlaceState at)
    {
        var place = Hidden(leaf, leaf.Rules, at);
        (place.Verdict, place.Status, place.Away) = (Restored(saved.Verdict), saved.Verdict.Status, saved.Away);
        if (saved.Memory is { } memory)
            place.Rules.Restore(memory, _ => place);
        return place;
    }

    private static SeenObservation Restored(SavedObservation saved) =>
        new(saved.Position, saved.ReceivedAt, (IEvent?)saved.Report ?? saved.Probe!);

    // Counted in the order of their slots: those of one rank come to stand as they stood.
    private void RestoreChildren(NodeState parent, SavedNode saved, NodeState[] nodes)
    {
        foreach (var e in saved.Children)
            parent.Children.Add(
                new(parent, nodes[e.Child])
                {
                    Weight = e.Weight,
                    Required = e.Required,
                    Map = MapOf(e.Contribution),
                }
            );
        foreach (var i in Enumerable.Range(0, saved.Children.Count).OrderBy(i => saved.Children[i].Slot))
            Count(parent.Children[i]);
    }

    private void RestoreReferences(NodeState node, SavedNode saved, NodeState[] nodes)
    {
        if (saved.Memory is { } memory)
            node.Rules.Restore(memory, index => nodes[index]);
        if (saved.Places is { } places && node.Check?.Places is { } at && places.Count == at.Length)
            node.Places = [.. places.Select((p, i) => Restored(p, node, at[i]))];
        foreach (var index in saved.Watchers)
            node.Watchers.Add(nodes[index]);
        if (saved.Dependencies is { } dependencies)
            RestoreDependencies(node, dependencies, nodes);
        foreach (var edge in node.Children)
            edge.Child.Parents.Add(edge);
    }

    private void RestoreDependencies(NodeState node, SavedDependencies saved, NodeState[] nodes)
    {
        var dependencies = node.Dependencies = new() { SuppressedBy = saved.SuppressedBy };
        dependencies.On.AddRange(saved.On.Select(i => nodes[i]));
        dependencies.Dependants.AddRange(saved.Dependants.Select(i => nodes[i]));
        _dependencies += saved.On.Count;
    }

    // So far they stand in the order of their own appearance; only a node with several can tell the difference.
    private static void RestoreParents(NodeState node, SavedNode saved, NodeState[] nodes)
    {
        if (saved.Parents.Count < 2)
            return;
        var byParent = Each(node.Parents).ToDictionary(e => e.Parent);
        node.Parents.Clear();
        foreach (var index in saved.Parents)
            node.Parents.Add(byParent[nodes[index]]);
    }
}
