using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>
/// What maintenance makes of a node. A covered leaf is in maintenance. A group counts no child that is; it is in maintenance itself where
/// it has no problem but those of such children, so that a window never hides a fault that nobody planned.
/// </summary>
public sealed partial class Evaluator
{
    // In EdgeState.CountsAs: the child is in maintenance, and stands among those of its parent that are masked.
    private const int MaskedEdge = -2;

    private bool IsProblem(int rank) =>
        rank > _statuses.RankOf(StatusCatalog.Up) && _statuses.Ordered[rank].Available is not null;

    private Verdict Masked(NodeState node, Layers layers, DateTimeOffset at)
    {
        layers.Beneath = layers.Own;
        if (layers.Own.Decider == DeciderKind.Paused)
            return layers.Own;
        var isMasked = node.Check is null
            ? IsMaskedGroup(node, layers, at)
            : layers.Windows?.Exists(w => w.IsOpen) == true;
        return isMasked
            ? new(_statuses.RankOf(StatusCatalog.Maintenance), DeciderKind.Maintenance, -1, at, layers.Own.DueTicks)
            : layers.Own;
    }

    private bool IsMaskedGroup(NodeState node, Layers layers, DateTimeOffset at)
    {
        if (layers.Masked is not { Count: > 0 } || (node.Counted > 0 && IsProblem(layers.Own.Status)))
            return false;
        var nothingElse = node.Counted == 0;
        var beneath = Unmasked(node, layers.Masked, () => _decider.Ask(node, node.Rules, at));
        if (!nothingElse && !IsProblem(beneath.Status))
            return false;
        layers.Beneath = beneath;
        return true;
    }

    /// <summary>What is said of a group while its children in maintenance count as what they are beneath it.</summary>
    private T Unmasked<T>(NodeState node, List<EdgeState> masked, Func<T> say)
    {
        var shown = masked.ConvertAll(e => e.Child.Status);
        foreach (var edge in masked)
        {
            edge.Child.Status = edge.Child.Layers!.Beneath.Status;
            Put(edge, edge.Map.Ranks[edge.Child.Status]);
        }
        var said = say();
        for (var i = masked.Count - 1; i >= 0; i--)
        {
            Withdraw(masked[i]);
            masked[i].Child.Status = shown[i];
            (masked[i].CountsAs, masked[i].Slot) = (MaskedEdge, i);
        }
        return said;
    }

    private static int RankOf(EdgeState edge) =>
        edge.Map.Ranks[edge.Child.Status] is >= 0 and var rank ? rank
        : edge.Child is { Verdict.Decider: DeciderKind.Maintenance, Layers: not null } ? MaskedEdge
        : -1;

    private static void Mask(EdgeState edge)
    {
        var masked = (edge.Parent.Layers ??= new(edge.Parent.Verdict)).Masked ??= [];
        edge.Slot = masked.Count;
        masked.Add(edge);
    }

    private static void Unmask(EdgeState edge)
    {
        var masked = edge.Parent.Layers!.Masked!;
        masked[edge.Slot] = masked[^1];
        masked[edge.Slot].Slot = edge.Slot;
        masked.RemoveAt(masked.Count - 1);
    }
}
