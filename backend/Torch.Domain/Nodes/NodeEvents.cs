using Torch.Domain.Rules;

namespace Torch.Domain.Nodes;

/// <summary>In the node's own stream. With a check it is a leaf; edges stand in the topology stream.</summary>
public sealed record NodeCreated(Guid NodeId, string Name, Guid? CheckId, IReadOnlyList<string> Tags) : IEvent;

public sealed record NodeRenamed(Guid NodeId, string Name) : IEvent;

public sealed record NodeTagged(Guid NodeId, IReadOnlyList<string> Tags) : IEvent;

/// <summary>The leaf shows another check.</summary>
public sealed record NodeCheckChanged(Guid NodeId, Guid CheckId) : IEvent;

/// <param name="Staleness">Null for the check's own.</param>
public sealed record NodeStalenessChanged(Guid NodeId, TimeSpan? Staleness) : IEvent;

public sealed record NodePaused(Guid NodeId, string? Reason) : IEvent;

public sealed record NodeResumed(Guid NodeId, string? Reason) : IEvent;

public sealed record NodeDeleted(Guid NodeId) : IEvent;

/// <summary>New rules are in force.</summary>
/// <param name="Version">Counts publications of this node, from 1.</param>
public sealed record RulesPublished(Guid NodeId, long Version, RuleSet Rules, string? Reason) : IEvent;

/// <summary>In the topology stream: the child stands under the parent. Repeated with other settings, it changes the edge.</summary>
/// <param name="Contribution">How the child's status counts; <c>as-is</c> by default.</param>
public sealed record ChildLinked(
    Guid ParentId,
    Guid ChildId,
    decimal Weight = 1,
    bool Required = false,
    string Contribution = "as-is"
) : IEvent;

/// <summary>In the topology stream: the child no longer stands under the parent.</summary>
public sealed record ChildUnlinked(Guid ParentId, Guid ChildId) : IEvent;

/// <summary>In the topology stream: the node exists. Creation, links and removal share that stream's version, so that two of them cannot close a cycle together.</summary>
/// <param name="IsLeaf">A leaf shows a check and never has children.</param>
public sealed record NodeAdded(Guid NodeId, bool IsLeaf = false) : IEvent;

/// <summary>In the topology stream: the node and its edges are gone.</summary>
public sealed record NodeRemoved(Guid NodeId) : IEvent;
