using Torch.Domain.Checks;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>What an evaluator knows of a node: a state of the past has no other source.</summary>
/// <param name="CheckKind">Of a leaf whose check has settings; reports may have none.</param>
/// <param name="Parents">In the order of their links.</param>
/// <param name="Children">In the order of their links.</param>
/// <param name="Marks">Null where nothing marks it.</param>
/// <param name="SuppressedBy">What its problem is the consequence of.</param>
public sealed record NodePicture(
    Guid Id,
    string Name,
    IReadOnlyList<string> Tags,
    Guid? CheckId,
    CheckKind? CheckKind,
    bool Paused,
    TimeSpan? Staleness,
    string Status,
    DateTimeOffset Since,
    string Sentence,
    IReadOnlyList<EdgePicture> Parents,
    IReadOnlyList<EdgePicture> Children,
    Marks? Marks,
    IReadOnlyList<Guid> SuppressedBy
);

/// <param name="NodeId">At the other end.</param>
public sealed record EdgePicture(Guid NodeId, decimal Weight, bool Required, string Contribution);

public sealed partial class Evaluator
{
    /// <summary>A node's status now; <c>unknown</c> for one that does not exist.</summary>
    public string StatusOf(Guid nodeId) =>
        _nodes.TryGetValue(nodeId, out var node) ? _statuses.Ordered[node.Status].Name : StatusCatalog.Unknown;

    /// <summary>A node as it is now; null for an unknown one.</summary>
    public NodePicture? Picture(Guid nodeId) =>
        !_nodes.TryGetValue(nodeId, out var node)
            ? null
            : new(
                node.Id,
                node.Name,
                node.Tags,
                node.Check?.Id,
                node.Check is null ? null : node.Check.Settings?.Kind ?? CheckKind.Report,
                node.Paused,
                node.Staleness,
                _statuses.Ordered[node.Status].Name,
                node.Since,
                _explainer.Sentence(node, node.Verdict, _now),
                [.. Each(node.Parents).Select(e => Picture(e, e.Parent))],
                [.. node.Children.Select(e => Picture(e, e.Child))],
                node.Layers?.Marks,
                SuppressedBy(node)
            );

    /// <summary>Every node in outline, in no order.</summary>
    public IEnumerable<NodeOutline> Outlines() =>
        _nodes
            .Values.Where(n => !n.Removed)
            .Select(n => new NodeOutline(
                n.Id,
                n.Name,
                n.Tags,
                n.Check?.Id,
                n.Paused,
                _statuses.Ordered[n.Status].Name,
                n.Since,
                n.RulesVersion,
                [.. Each(n.Parents).Select(e => e.Parent.Id)]
            ));

    /// <summary>The nodes without a parent, by name.</summary>
    public IReadOnlyList<Guid> Roots =>
        [
            .. _nodes
                .Values.Where(node => !node.Removed && !Each(node.Parents).Any())
                .OrderBy(node => node.Name, StringComparer.Ordinal)
                .ThenBy(node => node.Id)
                .Select(node => node.Id),
        ];

    private static EdgePicture Picture(EdgeState edge, NodeState other) =>
        new(other.Id, edge.Weight, edge.Required, edge.Map.Text);
}
