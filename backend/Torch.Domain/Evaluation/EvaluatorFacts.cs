using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

public sealed partial class Evaluator
{
    /// <summary>A node's status now; <c>unknown</c> for one that does not exist.</summary>
    public string StatusOf(Guid nodeId) =>
        _nodes.TryGetValue(nodeId, out var node) ? _statuses.Ordered[node.Status].Name : StatusCatalog.Unknown;

    /// <summary>What a node is called now; null for an unknown one.</summary>
    public string? NameOf(Guid nodeId) => _nodes.GetValueOrDefault(nodeId)?.Name;

    /// <summary>Whether a node stands under another now.</summary>
    public bool IsLinked(Guid parentId, Guid childId) =>
        _nodes.GetValueOrDefault(childId)?.Parents.Find(e => e.Parent.Id == parentId) is not null;

    /// <summary>Since when a node has its status; null for an unknown one.</summary>
    public DateTimeOffset? SinceOf(Guid nodeId) => _nodes.GetValueOrDefault(nodeId)?.Since;

    /// <summary>Why, in one sentence; null for an unknown one.</summary>
    public string? SentenceOf(Guid nodeId) =>
        _nodes.TryGetValue(nodeId, out var node) ? _explainer.Sentence(node, node.Verdict, _now) : null;
}
