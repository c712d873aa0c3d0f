namespace Torch.Domain.Nodes;

/// <summary>In the topology stream: the node can only be reached while the other one works. Says nothing of roll-up.</summary>
public sealed record DependencyAdded(Guid NodeId, Guid DependsOnId) : IEvent;

/// <summary>In the topology stream: the node no longer depends on the other one.</summary>
public sealed record DependencyRemoved(Guid NodeId, Guid DependsOnId) : IEvent;
