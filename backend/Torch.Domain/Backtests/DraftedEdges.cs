using Torch.Domain.Nodes;

namespace Torch.Domain.Backtests;

/// <summary>Edges as they are tried: drawn or taken away for as long as a replay lasts, whatever was recorded of them within it.</summary>
public sealed class DraftedEdges
{
    private readonly HashSet<(Guid Parent, Guid Child)> _all;

    /// <param name="drawn">With all their settings.</param>
    public DraftedEdges(IReadOnlyList<ChildLinked> drawn, IReadOnlyList<ChildUnlinked> erased)
    {
        (Drawn, Erased) = (drawn, erased);
        _all = [.. drawn.Select(e => (e.ParentId, e.ChildId)), .. erased.Select(e => (e.ParentId, e.ChildId))];
    }

    public static DraftedEdges None { get; } = new([], []);

    public IReadOnlyList<ChildLinked> Drawn { get; }

    public IReadOnlyList<ChildUnlinked> Erased { get; }

    /// <summary>The nodes whose children are others, or count otherwise.</summary>
    public IEnumerable<Guid> Parents => _all.Select(e => e.Parent).Distinct();

    /// <summary>Whether an event tells of one of them, so that the draft takes its place.</summary>
    public bool Replace(IEvent @event) =>
        @event switch
        {
            ChildLinked e => _all.Contains((e.ParentId, e.ChildId)),
            ChildUnlinked e => _all.Contains((e.ParentId, e.ChildId)),
            _ => false,
        };

    /// <summary>Those that can be drawn once a node is there.</summary>
    public IEnumerable<ChildLinked> At(Guid node) => Drawn.Where(e => e.ParentId == node || e.ChildId == node);
}
