using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;

namespace Torch.Domain.History;

/// <summary>An event of the log with the moment at which it counts: an observation's own time, a deadline's, or else the log's.</summary>
public sealed record EffectiveEvent(long Position, DateTimeOffset At, IEvent Event)
{
    /// <param name="timestamp">When the log took it. Nothing counts later than that.</param>
    public static EffectiveEvent Of(long position, DateTimeOffset timestamp, IEvent @event)
    {
        var at = @event switch
        {
            ReportReceived e => e.At,
            ProbeCompleted e => e.At,
            ResultsLost e => e.From,
            NodeTransitioned e => e.At,
            _ => timestamp,
        };
        return new(position, at < timestamp ? at : timestamp, @event);
    }
}

/// <summary>What late observations make of the past: the paths above them, folded again in the order of time and held against what was written.</summary>
public static class Revision
{
    /// <param name="before">An evaluator in a state older than everything that came late. It is used up.</param>
    /// <param name="paths">The nodes that it evaluates and whose history is asked for, lowest first.</param>
    /// <param name="events">What happened since that state, up to <paramref name="through"/>, in any order.</param>
    /// <param name="written">Each node's effective history so far; what is older than the state does not matter.</param>
    /// <param name="until">The log's time at <paramref name="through"/>.</param>
    /// <param name="running">What the running evaluator takes the paths' nodes to be by then: what is the same need not be learned. Null where that is not known.</param>
    public static (IReadOnlyList<HistoryRevised> Revised, LateDataFolded Folded) Of(
        Evaluator before,
        IReadOnlyList<Guid> paths,
        IReadOnlyList<LateData> late,
        IEnumerable<EffectiveEvent> events,
        IReadOnlyDictionary<Guid, EffectiveHistory> written,
        DateTimeOffset until,
        long through,
        IReadOnlyDictionary<Guid, RevisedState>? running = null
    )
    {
        var begin = before.Now;
        var found = Fold(before, paths, events, until, through);
        var revised = new List<HistoryRevised>();
        foreach (var nodeId in paths)
            if (Difference(nodeId, written.GetValueOrDefault(nodeId), found[nodeId], begin, through) is { } difference)
                revised.Add(difference);
        var changed = revised.Select(r => r.NodeId).ToHashSet();
        var states = paths.Select(before.StateOf).OfType<RevisedState>();
        return (revised, new(through, late, [.. states.Where(IsNews)]));

        bool IsNews(RevisedState state) =>
            running is not null
                ? !state.IsSame(running.GetValueOrDefault(state.NodeId))
                : state.Memory is not null
                    || state.Places is not null
                    || state.Layers is not null
                    || changed.Contains(state.NodeId);
    }

    private static Dictionary<Guid, List<NodeTransitioned>> Fold(
        Evaluator evaluator,
        IReadOnlyList<Guid> paths,
        IEnumerable<EffectiveEvent> events,
        DateTimeOffset until,
        long through
    )
    {
        var found = paths.ToDictionary(id => id, _ => new List<NodeTransitioned>());
        foreach (
            var e in events.OrderBy(e => e.At).ThenBy(e => e.Position).Append(new(through, until, new ClockTicked()))
        )
        foreach (var transition in evaluator.Fold(e.Position, e.At, e.Event))
            if (found.TryGetValue(transition.NodeId, out var transitions))
                transitions.Add(transition);
        return found;
    }

    private static HistoryRevised? Difference(
        Guid nodeId,
        EffectiveHistory? written,
        List<NodeTransitioned> found,
        DateTimeOffset begin,
        long through
    )
    {
        var now = new EffectiveHistory();
        foreach (var transition in found)
            now.Fold(transition);
        var was = (written?.Changes ?? []).Where(c => c.At > begin).ToHashSet();
        var replaced = was.Except(now.Changes).OrderBy(c => c.At).ToList();
        var added = now.Changes.Except(was).OrderBy(c => c.At).ToList();
        if (replaced.Count + added.Count == 0)
            return null;
        var moments = replaced.Concat(added).Select(c => c.At).ToList();
        return new(nodeId, moments.Min(), moments.Max(), replaced, [.. added.Select(c => Told(c, found))], through);
    }

    // With the words of the last transition at that moment.
    private static NodeTransitioned Told(StatusChange change, List<NodeTransitioned> found) =>
        found.FindLast(t => t.At == change.At && t.To == change.To)! with
        {
            From = change.From,
        };
}
