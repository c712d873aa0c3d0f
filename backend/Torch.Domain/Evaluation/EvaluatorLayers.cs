using Torch.Domain.Nodes;

namespace Torch.Domain.Evaluation;

public sealed partial class Evaluator
{
    private List<NodeMarked>? _marked;

    /// <summary>What marks nodes since the last fold, in order; they stand before its transitions.</summary>
    public IReadOnlyList<NodeMarked> Marked => _marked ?? (IReadOnlyList<NodeMarked>)[];

    // From the rules upwards: the timing, maintenance, what was given by hand, a pause. What a node shows is the topmost that speaks.
    private Verdict Layered(NodeState node, Layers layers, Verdict raw, DateTimeOffset at)
    {
        layers.Raw = raw;
        layers.Own = Damped(node, layers, raw, at);
        Lapse(layers, at);
        if (layers.Windows is { Count: > 0 } && IsProblem(layers.Own.Status))
            OpenArmed(node, layers, at);
        var beneath = layers.Beneath.Status;
        var shown = Masked(node, layers, at);
        Mark(node, layers, shown.Decider == DeciderKind.Maintenance, at);
        if (beneath != layers.Beneath.Status)
            foreach (var edge in node.Parents)
                Enqueue(edge.Parent);
        if (layers.Manual is { } manual && raw.Decider != DeciderKind.Paused)
            shown = new(_statuses.RankOf(manual.Status), DeciderKind.Manual, -1, at, shown.DueTicks);
        if (layers.IsBare)
            node.Layers = null;
        return shown with { DueTicks = Math.Min(shown.DueTicks, layers.LapseTicks) };
    }

    private Verdict Damped(NodeState node, Layers layers, Verdict raw, DateTimeOffset at)
    {
        if (layers.Damper is not { } damper || node.Rules.Set.Timing is not { } timing)
            return raw;
        var isResult = damper.IsResult;
        var own = damper.Damp(timing, raw, at, _statuses);
        if (damper.Flaps is not { } flaps || raw.Decider == DeciderKind.Paused)
            return own;
        if (node.Check is null)
            return own with { DueTicks = Math.Min(own.DueTicks, flaps.NoteAt(raw.Status, at, timing.Flapping!)) };
        if (isResult)
            flaps.Note(raw.Status, timing.Flapping!);
        return own;
    }

    private static void Lapse(Layers layers, DateTimeOffset at)
    {
        if (layers.Manual?.Until <= at)
            layers.Manual = null;
        if (layers.Acknowledged?.Until <= at || layers.AcknowledgedStatus != layers.Own.Status)
            layers.Acknowledged = null;
    }

    private void Mark(NodeState node, Layers layers, bool isInMaintenance, DateTimeOffset at)
    {
        var marks = new Marks(
            layers.Damper?.Flaps is { IsFlapping: true },
            layers.Acknowledged,
            isInMaintenance ? Maintenance(layers) : null,
            layers.Manual
        );
        if (marks == layers.Marks)
            return;
        layers.Marks = marks == Marks.None ? Marks.None : marks;
        (_marked ??= []).Add(new(node.Id, at, layers.Marks, _position));
    }

    // A group that no window covers is in maintenance by its children.
    private static InMaintenance? Maintenance(Layers layers) =>
        layers.Window is { } window
            ? new(window.Id, window.Name, window.Due)
            : layers
                .Masked?.OrderBy(e => e.Child.Ordinal)
                .Select(e => e.Child.Layers?.Marks.Maintenance)
                .FirstOrDefault(m => m is not null);

    private void Acknowledge(NodeAcknowledged e)
    {
        var layers = LayersOf(e.NodeId);
        layers.Acknowledged = new(_by, e.Reason, _now, e.Until);
        layers.AcknowledgedStatus = layers.Own.Status;
    }

    private Layers LayersOf(Guid nodeId)
    {
        var node = NodeOf(nodeId);
        Enqueue(node);
        return node.Layers ??= new(node.Verdict);
    }

    // Rules were published: what was soft goes on under the new timing.
    private static void SetTiming(NodeState node)
    {
        if (node.Rules.Set.Timing is not { } timing)
        {
            node.Layers?.Damper = null;
            return;
        }
        var layers = node.Layers ??= new(node.Verdict);
        layers.Damper ??= new(layers.Own);
        layers.Damper.Flaps = timing.Flapping is null ? null : layers.Damper.Flaps ?? new();
    }
}
