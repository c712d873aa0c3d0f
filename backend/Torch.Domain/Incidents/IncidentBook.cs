using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;

namespace Torch.Domain.Incidents;

/// <summary>
/// Folds transitions into incidents. A node whose transition names no deciding children is a cause; one that is decided by its children
/// belongs to their incidents. Every bad node is the cause of an open incident or affected by one, so that none is forgotten when another
/// ends. Deterministic; not safe for several threads.
/// </summary>
public sealed partial class IncidentBook(StatusCatalog? statuses = null)
{
    private readonly Dictionary<Guid, Incident> _open = [];
    private readonly Dictionary<Guid, Incident> _leaving = [];
    private readonly Dictionary<Guid, List<Guid>> _causesOf = [];
    private readonly Dictionary<Guid, List<Guid>> _parents = [];
    private readonly HashSet<Guid> _flapping = [];
    private StatusCatalog _statuses = statuses ?? StatusCatalog.BuiltIn;

    /// <summary>Incidents that are open, by their causes.</summary>
    public IReadOnlyDictionary<Guid, Incident> Open => _open;

    /// <summary>Those that were opened, changed or ended since <see cref="TakeTouched"/>, by id; each as it is now.</summary>
    private Dictionary<Guid, Incident> _touched = [];

    /// <summary>The statuses that it knows.</summary>
    public StatusCatalog Statuses => _statuses;

    /// <summary>Nodes that change too often to be believed.</summary>
    public bool IsFlapping(Guid nodeId) => _flapping.Contains(nodeId);

    /// <summary>What has changed since the last call.</summary>
    public IReadOnlyCollection<Incident> TakeTouched()
    {
        var touched = _touched;
        _touched = [];
        return touched.Values;
    }

    /// <summary>Worse than up, and not left out of availability: what an incident is made of.</summary>
    public bool IsProblem(string status) =>
        _statuses.RankOf(status) > _statuses.RankOf(StatusCatalog.Up)
        && _statuses.Ordered[_statuses.RankOf(status)].Available is not null;

    /// <summary>
    /// Takes one event; those that concern no incident change nothing. Moments count to the microsecond, as rows keep them, so that a book
    /// that is loaded goes on like one that never was away.
    /// </summary>
    /// <param name="position">Of the event in the log.</param>
    public void Fold(long position, IEvent @event)
    {
        // What one event of the log brings about is one moment: its transitions name it.
        var moment = @event is NodeTransitioned t ? t.Why.Position : position;
        if (_leaving.Count > 0 && @event is not NodeMarked && _leaving.Values.First().EndMoment != moment)
            Settle();
        switch (@event)
        {
            case NodeTransitioned e:
                Take(position, e with { At = e.At.ToMicrosecond() });
                break;
            case HistoryRevised e:
                Revise(position, e);
                break;
            case NodeMarked e:
                Mark(e);
                break;
            case NodeRemoved e:
                Remove(position, e.NodeId);
                break;
            case ChildLinked e:
                Link(e.ChildId, e.ParentId);
                break;
            case ChildUnlinked e:
                _parents.GetValueOrDefault(e.ChildId)?.Remove(e.ParentId);
                break;
            // One that was removed stays known: nodes may have it for a while.
            case StatusDefined or StatusChanged:
                _statuses = _statuses.Fold(@event);
                break;
        }
    }

    private void Link(Guid child, Guid parent)
    {
        if (!_parents.TryGetValue(child, out var parents))
            _parents.Add(child, parents = []);
        // In one order, whoever tells of them: what stands above is affected in it.
        if (parents.BinarySearch(parent) is < 0 and var at)
            parents.Insert(~at, parent);
    }

    private void Take(long position, NodeTransitioned e)
    {
        if (!IsProblem(e.To))
            Recover(position, e.Why.Position, e.NodeId, e.To, e.At, e.Why.Sentence);
        else if (CausesOf(e.Why.Children) is { Count: > 0 } causes && !_open.ContainsKey(e.NodeId))
            Drag(e, causes);
        else
            Fail(position, e);
        if (_statuses.Find(e.To)?.Available != false)
            Lift(e.NodeId);
    }

    // The open incidents that deciding children are in, as causes or affected.
    private List<Guid> CausesOf(IReadOnlyList<Guid> children)
    {
        var causes = new List<Guid>();
        var known = new HashSet<Guid>();
        foreach (var child in children)
        {
            if (_open.ContainsKey(child) && known.Add(child))
                causes.Add(child);
            causes.AddRange(BringersOf(child).Where(known.Add));
        }
        return causes;
    }

    // Which incidents brought it to the status that it has now. What others did to it before is not what it does above.
    private IEnumerable<Guid> BringersOf(Guid nodeId)
    {
        var dragging = (_causesOf.GetValueOrDefault(nodeId) ?? []).Where(c => IsDraggedBy(c, nodeId)).ToList();
        if (dragging.Count < 2)
            return dragging;
        // Of one instant the worst is the last word: what was better then has been overtaken.
        var last = dragging
            .Select(c => EntryOf(_open[c], nodeId)!)
            .OrderBy(e => e.Since)
            .ThenBy(e => _statuses.RankOf(e.Status))
            .Last();
        return dragging.Where(c =>
            EntryOf(_open[c], nodeId) is { } e && (e.Since, e.Status) == (last.Since, last.Status)
        );
    }

    // Other incidents keep it at what they brought it to.
    private void Drag(NodeTransitioned e, List<Guid> causes)
    {
        foreach (var cause in causes)
            Affect(cause, new(e.NodeId, e.To, e.At));
    }

    private void Affect(Guid cause, Affected entry)
    {
        var incident = _open[cause];
        var isNew = EntryOf(incident, entry.NodeId) is null;
        var others = incident.Affected.Where(a => a.NodeId != entry.NodeId || a.Until is not null);
        Put(incident with { Affected = [.. others, entry] });
        if (isNew)
            Join(entry.NodeId, incident);
    }

    // In the order of the incidents, not in that in which they came to it: who goes on from what was kept knows no other.
    private void Join(Guid nodeId, Incident incident)
    {
        if (!_causesOf.TryGetValue(nodeId, out var causes))
            _causesOf.Add(nodeId, causes = []);
        // Most are newer than all before them, and there may be ten thousand.
        var at = causes.Count;
        while (at > 0 && IncidentOf(causes[at - 1]) is { } other && Order(incident, other) < 0)
            at--;
        causes.Insert(at, incident.CauseId);
    }

    private Incident? IncidentOf(Guid cause) => _open.GetValueOrDefault(cause) ?? _leaving.GetValueOrDefault(cause);

    private static int Order(Incident one, Incident other) =>
        (one.Position, one.Id).CompareTo((other.Position, other.Id));

    private void Fail(long position, NodeTransitioned e)
    {
        if (_open.TryGetValue(e.NodeId, out var incident))
        {
            Put(
                incident with
                {
                    Status = e.To,
                    Worst = WorseOf(incident.Worst, e.To),
                    Since = e.At,
                    Sentence = e.Why.Sentence,
                }
            );
            return;
        }
        // It was well for less than a moment.
        if (_leaving.ContainsKey(e.NodeId))
            Settle();
        OpenUp(position, e.NodeId, e.To, e.At, e.At, e.Why.Sentence, e.Suppressed ?? []);
    }

    private void OpenUp(
        long position,
        Guid nodeId,
        string status,
        DateTimeOffset at,
        DateTimeOffset since,
        string sentence,
        IReadOnlyList<Guid> suppressedBy
    )
    {
        var id = Incident.IdOf(nodeId, position);
        Put(
            new(id, nodeId, position, at)
            {
                Status = status,
                Worst = status,
                Since = since,
                FirstSentence = sentence,
                Sentence = sentence,
                SuppressedBy = suppressedBy,
            }
        );
        foreach (var above in Above(nodeId))
            if (above != nodeId && LastEntryOf(above) is { } bad)
                Affect(nodeId, bad with { Before = true });
    }

    // How a node above is bad already: as a cause, or in other incidents.
    private Affected? LastEntryOf(Guid nodeId) =>
        _open.TryGetValue(nodeId, out var own) ? new(nodeId, own.Status, own.Since)
        : _causesOf.GetValueOrDefault(nodeId) is [var first, ..] ? EntryOf(IncidentOf(first)!, nodeId)
        : null;

    private IEnumerable<Guid> Above(Guid nodeId)
    {
        var seen = new HashSet<Guid>();
        var next = new Queue<Guid>([nodeId]);
        while (next.TryDequeue(out var id))
            if (seen.Add(id))
            {
                yield return id;
                foreach (var parent in _parents.GetValueOrDefault(id) ?? [])
                    next.Enqueue(parent);
            }
    }

    private void Recover(long position, long moment, Guid nodeId, string status, DateTimeOffset at, string sentence)
    {
        foreach (var cause in _causesOf.GetValueOrDefault(nodeId) ?? [])
            if (_open.TryGetValue(cause, out var open))
                Put(open with { Affected = Until(open.Affected, nodeId, at) });
            else if (_leaving.TryGetValue(cause, out var leaving))
                Leave(leaving with { Affected = Until(leaving.Affected, nodeId, at) });
        _causesOf.Remove(nodeId);
        if (_open.TryGetValue(nodeId, out var incident))
            End(
                incident with
                {
                    Status = status,
                    Since = at,
                    EndSentence = sentence,
                    EndedAt = at,
                    EndPosition = position,
                    EndMoment = moment,
                }
            );
    }

    private static IReadOnlyList<Affected> Until(IReadOnlyList<Affected> affected, Guid nodeId, DateTimeOffset at) =>
        [.. affected.Select(a => a.NodeId == nodeId && a.Until is null ? a with { Until = at } : a)];

    // What it drags along recovers in the same moment, mostly, but after it: until that has passed, it is only leaving.
    private void End(Incident ended)
    {
        Suppress(ended.CauseId, _open[ended.CauseId].SuppressedBy, []);
        _open.Remove(ended.CauseId);
        foreach (var entry in ended.Affected.Where(a => a is { Until: null, Before: true }))
            _causesOf.GetValueOrDefault(entry.NodeId)?.Remove(ended.CauseId);
        Leave(
            ended with
            {
                Affected =
                [
                    .. ended.Affected.Select(a =>
                        a is { Until: null, Before: true } ? a with { Until = ended.EndedAt } : a
                    ),
                ],
            }
        );
    }

    private void Leave(Incident ended)
    {
        Touch(ended);
        if (ended.IsLeaving)
            _leaving[ended.CauseId] = ended;
        else
            _leaving.Remove(ended.CauseId);
    }

    /// <summary>Says that a moment has passed: what is still bad of an incident that is over belongs to others from now on. By itself it happens with the next event.</summary>
    public void Settle()
    {
        var leaving = _leaving.Values.OrderBy(i => i.EndPosition).ThenBy(i => i.Id).ToList();
        _leaving.Clear();
        foreach (var incident in leaving)
        foreach (var entry in incident.Affected.Where(a => a.Until is null))
            _causesOf.GetValueOrDefault(entry.NodeId)?.Remove(incident.CauseId);
        foreach (var incident in leaving)
        {
            Touch(
                incident with
                {
                    Affected = [.. incident.Affected.Select(a => a with { Until = a.Until ?? incident.EndedAt })],
                }
            );
            var orphans = new List<Guid>();
            foreach (var entry in incident.Affected.Where(a => a.Until is null))
                HandOver(incident, entry, orphans);
        }
    }

    // A node stays bad though what dragged it along is over: it belongs to another incident below it from now on, or is a cause itself.
    private void HandOver(Incident from, Affected entry, List<Guid> orphans)
    {
        var causes = _causesOf.GetValueOrDefault(entry.NodeId) ?? [];
        if (_open.ContainsKey(entry.NodeId))
            return;
        if (causes.Exists(c => IsDraggedBy(c, entry.NodeId)))
            return;
        if (causes.Find(_open.ContainsKey) is var first && first != Guid.Empty)
            Affect(first, entry);
        else if (orphans.Find(o => Above(o).Contains(entry.NodeId)) is var below && below != Guid.Empty)
            Affect(below, entry);
        else
        {
            OpenUp(from.EndPosition!.Value, entry.NodeId, entry.Status, from.EndedAt!.Value, entry.Since, StillBad, []);
            orphans.Add(entry.NodeId);
        }
    }

    private bool IsDraggedBy(Guid cause, Guid nodeId) =>
        _open.TryGetValue(cause, out var incident) && EntryOf(incident, nodeId) is { Before: false };

    private const string StillBad = "What brought it down is over, and it is still not as it should be.";

    private void Remove(long position, Guid nodeId)
    {
        if (LastEntryOf(nodeId) is { } bad)
            Recover(position, position, nodeId, Gone, bad.Since, "The node was deleted.");
        Lift(nodeId);
        _parents.Remove(nodeId);
        _flapping.Remove(nodeId);
    }

    /// <summary>The status of a cause that was deleted.</summary>
    public const string Gone = "gone";

    private void Mark(NodeMarked e)
    {
        if (e.Marks.Flapping)
            _flapping.Add(e.NodeId);
        else
            _flapping.Remove(e.NodeId);
        if (_open.TryGetValue(e.NodeId, out var own) && own.Acknowledged != e.Marks.Acknowledged)
            Put(own with { Acknowledged = e.Marks.Acknowledged });
        foreach (var cause in _causesOf.GetValueOrDefault(e.NodeId) ?? [])
            if (IsDraggedBy(cause, e.NodeId) && e.Marks.Acknowledged is { } acknowledged)
                Put(_open[cause] with { Acknowledged = acknowledged });
    }

    // The status that a node shows now was taken back, with what brought it about. The past opens nothing.
    private void Revise(long position, HistoryRevised e)
    {
        if (LastEntryOf(e.NodeId) is not { } bad)
            return;
        if (!e.Replaced.Any(r => r.To == bad.Status && r.At.ToMicrosecond() == bad.Since))
            return;
        var status = e.Instead.Count > 0 ? e.Instead[^1].To : e.Replaced[0].From;
        var (at, sentence) =
            e.Instead.Count > 0 ? (e.Instead[^1].At.ToMicrosecond(), e.Instead[^1].Why.Sentence) : (bad.Since, "");
        if (!IsProblem(status))
            Recover(position, position, e.NodeId, status, at, sentence);
    }

    private static Affected? EntryOf(Incident incident, Guid nodeId) =>
        incident.Affected.FirstOrDefault(a => a.NodeId == nodeId && a.Until is null);

    private string WorseOf(string one, string other) => _statuses.RankOf(one) >= _statuses.RankOf(other) ? one : other;

    private void Put(Incident incident)
    {
        Suppress(
            incident.CauseId,
            _open.GetValueOrDefault(incident.CauseId)?.SuppressedBy ?? [],
            incident.SuppressedBy
        );
        _open[incident.CauseId] = Touch(incident);
    }

    private Incident Touch(Incident incident) => _touched[incident.Id] = incident;
}
