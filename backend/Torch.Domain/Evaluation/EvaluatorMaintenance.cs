using Torch.Domain.Maintenance;

namespace Torch.Domain.Evaluation;

/// <summary>
/// Maintenance windows. A window covers the nodes that it names and all below them: a node with several parents is covered as soon as one
/// of them is, for it is the node itself that is worked on. Its edges are deadlines, which come before those of nodes at the same moment.
/// </summary>
public sealed partial class Evaluator
{
    private readonly Dictionary<Guid, WindowState> _windows = [];
    private readonly SortedSet<(DateTimeOffset Due, Guid Id)> _edges = [];
    private List<MaintenanceBegan>? _began;

    /// <summary>Flexible windows that began since the last fold.</summary>
    public IReadOnlyList<MaintenanceBegan> Began => _began ?? (IReadOnlyList<MaintenanceBegan>)[];

    private DateTimeOffset? NextEdge => _edges.Count > 0 ? _edges.Min.Due : null;

    private void TakeWindow(IEvent @event)
    {
        switch (@event)
        {
            case MaintenanceScheduled e:
                Plan(new(e.WindowId, e.Name, new(e.NodeIds), e.Schedule, e.Reason));
                break;
            case MaintenanceChanged e:
                Plan(new(e.WindowId, e.Name, new(e.NodeIds), e.Schedule, e.Reason));
                break;
            case MaintenanceEnded e:
                EndEarly(e.WindowId);
                break;
            case MaintenanceDeleted e:
                Forget(e.WindowId);
                break;
        }
    }

    private void Plan(WindowState window)
    {
        Forget(window.Id);
        _windows.Add(window.Id, window);
        Arrange(window, _now, _now);
    }

    private void Forget(Guid windowId)
    {
        if (!_windows.Remove(windowId, out var window))
            return;
        Expect(window, null);
        Close(window);
    }

    private void EndEarly(Guid windowId)
    {
        if (!_windows.TryGetValue(windowId, out var window) || window.Phase is WindowPhase.Waiting or WindowPhase.Over)
            return;
        var frame = window.Schedule.FrameAt(_now);
        Close(window);
        if (frame is null || window.Schedule.Kind != MaintenanceKind.Recurring)
            Finish(window);
        else
            Arrange(window, frame.To, _now);
    }

    // Its first time that is not over at a moment; it may have begun by now.
    private void Arrange(WindowState window, DateTimeOffset notOverAt, DateTimeOffset now)
    {
        var frame = window.Schedule.FrameAt(notOverAt);
        window.Phase = frame is null ? WindowPhase.Over : WindowPhase.Waiting;
        Expect(window, frame?.From);
        if (frame?.From <= now)
            Begin(window, frame.To);
    }

    private void Begin(WindowState window, DateTimeOffset to)
    {
        window.Phase = window.Schedule.Kind == MaintenanceKind.Flexible ? WindowPhase.Armed : WindowPhase.Open;
        Expect(window, to);
        foreach (var id in window.NodeIds)
            if (_nodes.TryGetValue(id, out var node))
                Cover(node, window);
            else
                CoverBelow(id, window);
    }

    // A window's deadline came.
    private void Turn(WindowState window, DateTimeOffset at)
    {
        if (window.Phase == WindowPhase.Waiting)
            Begin(window, window.Schedule.FrameAt(at)!.To);
        else
            Close(window);
        if (window.Phase is WindowPhase.Waiting or WindowPhase.Over)
            ComeAgain(window, at);
    }

    private void ComeAgain(WindowState window, DateTimeOffset at)
    {
        if (window.Schedule.Kind == MaintenanceKind.Recurring)
            Arrange(window, at, at);
        else
            Finish(window);
    }

    private void Finish(WindowState window)
    {
        window.Phase = WindowPhase.Over;
        Expect(window, null);
    }

    // The first problem of a covered node.
    private void OpenArmed(NodeState node, Layers layers, DateTimeOffset at)
    {
        foreach (var window in layers.Windows!.OrderBy(w => w.Id))
            if (window.Phase == WindowPhase.Armed)
            {
                var until = at + window.Schedule.Duration!.Value;
                window.Phase = WindowPhase.Open;
                Expect(window, until);
                (_began ??= []).Add(new(window.Id, node.Id, at, until));
                foreach (var covered in window.Covered.OrderBy(n => n.Ordinal))
                    Enqueue(covered);
            }
    }

    private void Close(WindowState window)
    {
        window.Phase = WindowPhase.Waiting;
        foreach (var node in window.Covered.OrderBy(n => n.Ordinal))
        {
            node.Layers!.Windows!.Remove(window);
            Enqueue(node);
        }
        window.Covered.Clear();
    }

    private void Cover(NodeState node, WindowState window)
    {
        if (!window.Covered.Add(node))
            return;
        ((node.Layers ??= new(node.Verdict)).Windows ??= []).Add(window);
        Enqueue(node);
        foreach (var edge in node.Children)
            Cover(edge.Child, window);
    }

    // It came below a covered node.
    private void CoverAs(NodeState parent, NodeState child)
    {
        if (parent.Layers?.Windows is { } windows)
            foreach (var window in windows)
                Cover(child, window);
    }

    // It left a parent: what covered it by that parent alone does so no longer.
    private void Uncover(NodeState node)
    {
        if (node.Layers?.Windows is not { Count: > 0 } windows)
            return;
        foreach (var window in windows.ToList())
            if (node.Removed || !IsCovered(node, window))
                Uncover(node, window);
    }

    private void Uncover(NodeState node, WindowState window)
    {
        window.Covered.Remove(node);
        node.Layers!.Windows!.Remove(window);
        Enqueue(node);
        foreach (var edge in node.Children)
            if (window.Covered.Contains(edge.Child) && !IsCovered(edge.Child, window))
                Uncover(edge.Child, window);
    }

    private bool IsCovered(NodeState node, WindowState window) =>
        window.NodeIds.Contains(node.Id)
        || node.Parents.Find(e => window.Covered.Contains(e.Parent)) is not null
        || IsCoveredFromAbove(node, window);

    private void Expect(WindowState window, DateTimeOffset? due)
    {
        if (window.Due is { } was)
            _edges.Remove((was, window.Id));
        window.Due = due;
        if (due is { } next)
            _edges.Add((next, window.Id));
    }
}
