using Torch.Contracts;
using Torch.Domain.Evaluation;
using Torch.Server.Evaluating;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>Nodes as an evaluator of the past knows them, in the shapes of the present.</summary>
internal static class PastNodes
{
    private const int MostNodes = 200_000;

    /// <param name="version">Of the node's stream at that position.</param>
    public static NodeView Node(PastState state, Guid id, long version, long position) =>
        state.Read(evaluator => Node(evaluator, Required(evaluator, id), version, position));

    public static TreeNode Tree(PastState state, Guid id, long position) =>
        state.Read(evaluator =>
        {
            var built = 0;
            return Tree(evaluator, Required(evaluator, id), position, ref built);
        });

    /// <summary>Every hierarchy.</summary>
    public static IReadOnlyList<TreeNode> Trees(PastState state, long position) =>
        state.Read(evaluator =>
        {
            var built = 0;
            return evaluator.Roots.Select(id => Tree(evaluator, Required(evaluator, id), position, ref built)).ToList();
        });

    private static NodePicture Required(Evaluator evaluator, Guid id) =>
        evaluator.Picture(id) ?? throw new FaultException(Fault.NotFound("node"));

    private static NodeView Node(Evaluator evaluator, NodePicture node, long version, long position) =>
        new(
            node.Id,
            node.Name,
            [.. node.Parents.Select(p => p.NodeId)],
            node.CheckId,
            Kind(node),
            node.Status,
            node.Since,
            node.Sentence,
            node.Tags,
            node.Parents.Count == 0 ? 1 : node.Parents[0].Weight,
            node.Paused,
            node.Staleness,
            [.. node.Children.Select(e => Edge(Required(evaluator, e.NodeId), e))],
            Path(evaluator, node),
            version,
            position,
            Marking.Flapping(node.Marks),
            Marking.Acknowledged(node.Marks),
            Marking.Maintenance(node.Marks),
            Marking.Manual(node.Marks),
            Marking.Pending(evaluator.Explain(node.Id)),
            SuppressedBy: Suppressed(node)
        );

    private static EdgeView Edge(NodePicture child, EdgePicture edge) =>
        new(
            child.Id,
            child.Name,
            child.Status,
            child.Since,
            child.CheckId,
            Kind(child),
            edge.Weight,
            edge.Required,
            edge.Contribution
        );

    private static List<NodeCrumb> Path(Evaluator evaluator, NodePicture node)
    {
        var path = new List<NodeCrumb> { new(node.Id, node.Name) };
        while (node.Parents.Count > 0)
        {
            node = Required(evaluator, node.Parents[0].NodeId);
            path.Insert(0, new(node.Id, node.Name));
        }
        return path;
    }

    private static TreeNode Tree(Evaluator evaluator, NodePicture node, long position, ref int built)
    {
        if (++built > MostNodes)
            throw new FaultException(
                new Fault(422, "tree_too_large", $"The tree has more than {MostNodes:N0} places.")
            );
        var children = new List<TreeNode>(node.Children.Count);
        foreach (var edge in node.Children)
            children.Add(
                Tree(evaluator, Required(evaluator, edge.NodeId), position, ref built) with
                {
                    Weight = edge.Weight == 1 ? null : edge.Weight,
                }
            );
        return new(
            node.Id,
            node.Name,
            node.Status,
            node.Since,
            node.Sentence,
            node.CheckId,
            Kind(node),
            node.Tags,
            node.Paused,
            children,
            position,
            Marking.Flapping(node.Marks),
            Marking.Acknowledged(node.Marks),
            Marking.Maintenance(node.Marks),
            Marking.Manual(node.Marks),
            Suppressed(node)
        );
    }

    private static IReadOnlyList<Guid>? Suppressed(NodePicture node) =>
        node.SuppressedBy.Count > 0 ? node.SuppressedBy : null;

    private static CheckKind? Kind(NodePicture node) =>
        node.CheckKind is { } kind ? Enum.Parse<CheckKind>(kind.ToString()) : null;
}
