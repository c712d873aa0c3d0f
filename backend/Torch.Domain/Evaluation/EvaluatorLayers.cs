using Torch.Domain.Nodes;

namespace Torch.Domain.Evaluation;

public sealed partial class Evaluator
{
    private List<NodeMarked>? _marked;

    /// <summary>What marks nodes since the last fold, in order; they stand before its transitions.</summary>
    public IReadOnlyList<NodeMarked> Marked => _marked ?? (IReadOnlyList<NodeMarked>)[];

    // From the rules upwards: the timing, then the masks. What a node shows is the topmost that speaks.
    private Verdict Layered(NodeState node, Layers layers, Verdict raw, DateTimeOffset now)
    {
        layers.Raw = raw;
        layers.Own = Damped(node, layers, raw, now);
        Mark(node, layers, raw.At);
        if (layers.IsBare)
            node.Layers = null;
        return layers.Own;
    }

    private Verdict Damped(NodeState node, Layers layers, Verdict raw, DateTimeOffset now)
    {
        if (layers.Damper is not { } damper || node.Rules.Set.Timing is not { } timing)
            return raw;
        var isResult = damper.IsResult;
        var own = damper.Damp(timing, raw, now, _statuses);
        if (damper.Flaps is not { } flaps || raw.Decider == DeciderKind.Paused)
            return own;
        if (node.Check is null)
            return own with { DueTicks = Math.Min(own.DueTicks, flaps.NoteAt(raw.Status, now, timing.Flapping!)) };
        if (isResult)
            flaps.Note(raw.Status, timing.Flapping!);
        return own;
    }

    private void Mark(NodeState node, Layers layers, DateTimeOffset at)
    {
        var flaps = layers.Damper?.Flaps is { IsFlapping: true };
        if (layers.Marks.Flapping == flaps)
            return;
        layers.Marks = layers.Marks with { Flapping = flaps };
        if (layers.Marks == Marks.None)
            layers.Marks = Marks.None;
        (_marked ??= []).Add(new(node.Id, at, layers.Marks));
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
