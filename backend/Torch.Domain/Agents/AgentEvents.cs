namespace Torch.Domain.Agents;

/// <summary>In the agent's own stream: somebody registered an agent.</summary>
/// <param name="KeyHash">SHA-256 of its key, in hex; null for the agent inside the server, which needs none.</param>
public sealed record AgentRegistered(Guid AgentId, string Name, string Location, string? KeyHash = null) : IEvent;

/// <summary>In the agent's own stream: another name or location.</summary>
public sealed record AgentChanged(Guid AgentId, string Name, string Location) : IEvent;

/// <summary>In the agent's own stream: it has a new key, and the one before lives on for a while.</summary>
/// <param name="KeyHash">SHA-256 of the new key, in hex.</param>
/// <param name="PreviousUntil">When the one before ceases to work; older ones cease at once.</param>
public sealed record AgentKeyRotated(Guid AgentId, string KeyHash, DateTimeOffset PreviousUntil) : IEvent;

/// <summary>In the agent's own stream: there is no such agent any more, and its keys open nothing.</summary>
public sealed record AgentRemoved(Guid AgentId) : IEvent;

/// <summary>In the stream of the agent's sessions: it has come, and is live from now on.</summary>
/// <param name="Epoch">Counts its sessions from 1; only the newest may work, so that a copy of it is fenced.</param>
/// <param name="SpoolId">Of the spool that its results come from.</param>
/// <param name="Version">Of its program.</param>
/// <param name="Kinds">The kinds of checks that it can run.</param>
public sealed record AgentConnected(
    Guid AgentId,
    long Epoch,
    Guid SpoolId,
    string Location,
    string Version,
    string Host,
    IReadOnlyList<string> Kinds
) : IEvent;

/// <summary>In the stream of the agent's sessions: it has been silent for too long, and its checks go to others.</summary>
/// <param name="LastSeenAt">When it was last heard.</param>
public sealed record AgentLost(Guid AgentId, long Epoch, DateTimeOffset LastSeenAt) : IEvent;

/// <summary>In the stream of the agent's sessions: results that it delivered and that the server did not take.</summary>
/// <param name="Results">How many.</param>
/// <param name="Reason">A stable word: <c>unknown_check</c>, <c>ahead</c> (more than 5 minutes ahead of the server's clock), <c>bad_time</c>, <c>too_large</c>.</param>
public sealed record ResultsRefused(Guid AgentId, long Results, string Reason) : IEvent;
