using Torch.Domain.Checks;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

public sealed partial class Evaluator
{
    private void Take(IEvent @event)
    {
        switch (@event)
        {
            case ReportReceived e:
                Observed(e.CheckId, e, e.At, conclusive: true);
                break;
            // Another agent held the check by then, and said what counts.
            case ProbeCompleted { Stale: true }:
                break;
            case ProbeCompleted e:
                Observed(e.CheckId, e, e.At, conclusive: e.Outcome is "up" or "down");
                break;
            case CheckCreated e:
                Configured(e.CheckId, e.Settings);
                break;
            case CheckChanged e:
                Configured(e.CheckId, e.Settings);
                break;
            case ServiceResumed e:
                Resumed(e.AwaySince);
                break;
            case LateDataFolded e:
                Learn(e);
                break;
            case LateWindowChanged e:
                LateWindow = e.Window;
                break;
            case NodeAdded e:
                _ = Admits(e.NodeId);
                break;
            case ChildLinked e:
                Link(e);
                break;
            case ChildUnlinked e:
                Unlink(e.ParentId, e.ChildId);
                break;
            case NodeRemoved e:
                Remove(e.NodeId);
                break;
            case StatusDefined or StatusChanged or StatusRemoved:
                Adopt(_statuses.Fold(@event));
                break;
            case DependencyAdded e:
                Depend(e);
                break;
            case DependencyRemoved e:
                Undepend(e);
                break;
            case NodeDeleted e:
                Remove(e.NodeId);
                break;
            case RulesPublished e:
                Publish(e);
                break;
            default:
                Settle(@event);
                break;
        }
    }

    private void Settle(IEvent @event)
    {
        switch (@event)
        {
            case NodeCreated e:
                Create(e);
                break;
            case NodeRenamed e:
                Reshape(NodeOf(e.NodeId), n => n.Name = e.Name);
                break;
            case NodeTagged e:
                Reshape(NodeOf(e.NodeId), n => n.Tags = e.Tags);
                break;
            case NodeCheckChanged e when !IsNobody(e.NodeId):
                Show(NodeOf(e.NodeId), CheckOf(e.CheckId));
                break;
            case NodeStalenessChanged e:
                Change(NodeOf(e.NodeId), n => SetStaleness(n, e.Staleness));
                break;
            case NodePaused e:
                Change(NodeOf(e.NodeId), n => (n.Paused, n.PauseReason) = (true, e.Reason));
                break;
            case NodeResumed e:
                Change(NodeOf(e.NodeId), n => n.Paused = false);
                break;
            default:
                TakeMask(@event);
                break;
        }
    }

    private void TakeMask(IEvent @event)
    {
        switch (@event)
        {
            case NodeAcknowledged e:
                Acknowledge(e);
                break;
            case AcknowledgementWithdrawn e:
                LayersOf(e.NodeId).Acknowledged = null;
                break;
            case ManualStatusSet e:
                LayersOf(e.NodeId).Manual = _statuses.Find(e.Status) is null
                    ? null
                    : new(e.Status, _by, e.Reason, _now, e.Until);
                break;
            case ManualStatusCleared e:
                LayersOf(e.NodeId).Manual = null;
                break;
            default:
                if (!TakeGap(@event))
                    TakeWindow(@event);
                break;
        }
    }

    private void Create(NodeCreated e)
    {
        if (!Admits(e.NodeId))
            return;
        Reshape(NodeOf(e.NodeId), n => (n.Name, n.Tags) = (e.Name, e.Tags));
        if (e.CheckId is { } checkId)
            Show(NodeOf(e.NodeId), CheckOf(checkId));
    }

    private void Observed(Guid checkId, IEvent observation, DateTimeOffset at, bool conclusive)
    {
        if (IsNobodysHere(checkId))
            return;
        var check = CheckOf(checkId);
        at = at < _now ? at : _now;
        if (IsTooLate(at))
            return;
        _observed = checkId;
        var seen = new SeenObservation(_position, _now, observation);
        if (check.Seen is null || at >= check.SeenAt)
            (check.Seen, check.SeenAt) = (seen, at);
        // One where Torch itself was at fault says nothing about the target; an older one does not replace a newer one.
        if (!conclusive)
            return;
        if (check.Places is { } places)
        {
            ObservedFrom(check, places, seen, at);
            return;
        }
        foreach (var leaf in check.Leaves)
            leaf.Rules.Samples?.Add(at, observation);
        if (check.Last is not null && at < check.LastAt)
        {
            NoteLate(at);
            return;
        }
        (check.Last, check.LastAt) = (seen, at);
        check.Verdict = _statuses.RankOf(Readings.Verdict(observation, _statuses).Name);
        if (check.Unwatched is not null)
            Forget(check);
        foreach (var leaf in check.Leaves)
        {
            leaf.Away = TimeSpan.Zero;
            leaf.Layers?.Damper?.IsResult = true;
            Observe(leaf, leaf.Rules, at);
            Enqueue(leaf);
        }
    }

    // Moves the streaks on. A rule that fails here fails again when it is asked, and parks the node then.
    private static void Observe(NodeState node, CompiledRules rules, DateTimeOffset at)
    {
        if (node.Check?.Last is null)
            return;
        foreach (var rule in rules.Rules)
            try
            {
                rule.Observe(node, at);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                rule.Interrupt();
            }
    }

    private void Configured(Guid checkId, CheckSettings settings)
    {
        if (IsNobodysHere(checkId))
            return;
        var check = CheckOf(checkId);
        foreach (var leaf in check.Leaves)
            Uncount(leaf);
        check.Settings = settings;
        Place(check);
        foreach (var leaf in check.Leaves)
            Recounted(leaf);
    }

    private void Resumed(DateTimeOffset awaySince)
    {
        foreach (var check in _checks.Values)
            if (check.Last is not null && check.Unwatched?.OpenSince is null)
                StretchAll(check, awaySince);
    }

    private void StretchAll(CheckState check, DateTimeOffset awaySince)
    {
        foreach (var leaf in check.Leaves)
        {
            var stretched = check.Last is not null && Stretch(leaf, check, awaySince);
            foreach (var place in leaf.Places ?? [])
                stretched |= place.Check!.Last is not null && Stretch(place, place.Check, awaySince);
            if (stretched)
                Enqueue(leaf);
        }
    }

    private bool Stretch(NodeState leaf, CheckState check, DateTimeOffset awaySince)
    {
        var from = check.LastAt > awaySince ? check.LastAt : awaySince;
        if (from >= _now || Decider.StaleAt(leaf, check) <= awaySince)
            return false;
        leaf.Away += _now - from;
        return true;
    }

    private void Publish(RulesPublished e)
    {
        var node = NodeOf(e.NodeId);
        if (node.Recorded is not null)
            return;
        Unwatch(node);
        node.Rules = new(e.Rules, _statuses);
        node.RulesVersion = e.Version;
        foreach (var edge in node.Children)
            if (edge.CountsAs >= 0)
                Tell(edge, 1);
        Watch(node);
        SetTiming(node);
        node.Rules.Begin(node.Check, _now);
        Observe(node, node.Rules, _now);
        node.Places = null;
        Furnish(node);
        Enqueue(node);
    }

    private void Show(NodeState node, CheckState check)
    {
        if (node.Removed)
            return;
        Uncount(node);
        node.Check?.Leaves.Remove(node);
        node.Check = check;
        node.Away = TimeSpan.Zero;
        check.Leaves.Add(node);
        Recounted(node);
        node.Rules.Begin(check, _now);
        Observe(node, node.Rules, _now);
        node.Places = null;
        Furnish(node);
    }

    private void Change(NodeState node, Action<NodeState> change)
    {
        change(node);
        Enqueue(node);
    }

    // A name, a tag or a type may let its parents' selectors choose it, or not any more.
    private void Reshape(NodeState node, Action<NodeState> change)
    {
        var name = node.Name;
        Uncount(node);
        change(node);
        Recounted(node);
        RewatchAbove(node, name);
        if (node.Name != name)
            RewatchAbove(node, node.Name);
    }

    private NodeState NodeOf(Guid id)
    {
        if (_nodes.TryGetValue(id, out var node))
            return node;
        if (IsForeign(id))
            return Stranger(id);
        _nodes.Add(id, node = Fresh(id));
        return node;
    }

    private NodeState Fresh(Guid id)
    {
        var node = new NodeState(id, _ordinals++, _noRules)
        {
            Status = _statuses.RankOf(StatusCatalog.Unknown),
            Since = _now,
        };
        node.Verdict = new(node.Status, DeciderKind.Nothing, -1, _now, long.MaxValue);
        return node;
    }

    private CheckState CheckOf(Guid id)
    {
        if (!_checks.TryGetValue(id, out var check))
            _checks.Add(id, check = new CheckState(id));
        return check;
    }
}
