using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>A child under a parent, with the weight of its edge.</summary>
internal readonly record struct Place(Guid Child, decimal Weight);

/// <summary>Puts rows of nodes together to trees, whatever moment they tell of.</summary>
/// <param name="children">Of each node, in order.</param>
internal sealed class TreeBuilding(
    Dictionary<Guid, NodeRow> nodes,
    ILookup<Guid, Place> children,
    Dictionary<Guid, IReadOnlyList<Guid>> suppressedBy,
    Sight sight,
    long position
)
{
    // A node under several parents is shown under each: shared subtrees multiply.
    private const int MostNodes = 200_000;

    private int _built;

    /// <summary>The trees under some nodes, in their order; nodes that are not there are left out.</summary>
    public IReadOnlyList<TreeNode> Build(IEnumerable<Guid> ids) =>
        [.. ids.Where(IsShown).Select(id => Build(nodes[id], null))];

    private IReadOnlyList<TreeNode> Below(Guid id) =>
        [
            .. children[id]
                .Where(p => IsShown(p.Child))
                .Select(p => Build(nodes[p.Child], p.Weight == 1 ? null : p.Weight)),
        ];

    private bool IsShown(Guid id) => nodes.ContainsKey(id) && sight.Shows(id);

    private TreeNode Build(NodeRow node, decimal? weight)
    {
        if (++_built > MostNodes)
            throw new FaultException(
                new Fault(422, "tree_too_large", $"The tree has more than {MostNodes:N0} places.")
            );
        return new TreeNode(
            node.Id,
            node.Name,
            node.Status,
            node.Since,
            node.Sentence,
            node.CheckId,
            node.CheckKind,
            node.Tags,
            node.Paused,
            Below(node.Id),
            position,
            Marking.Flapping(node.Marks),
            Marking.Acknowledged(node.Marks),
            Marking.Maintenance(node.Marks),
            Marking.Manual(node.Marks),
            sight.OfAny(suppressedBy.GetValueOrDefault(node.Id)),
            weight
        );
    }
}
