using System.Text.Json.Serialization;

namespace Torch.Contracts;

/// <summary>Registers an agent.</summary>
/// <param name="Name">1 to 200 characters; shown beside each of its results.</param>
/// <param name="Location">Where it stands: small letters, digits, dots, dashes and underscores, at most 60; <c>default</c> where absent.</param>
public sealed record AgentRequest(string Name, string? Location = null);

/// <summary>Another name or location; what is absent stays.</summary>
public sealed record AgentChange(string? Name = null, string? Location = null);

/// <summary>An agent that is registered now.</summary>
/// <param name="Key">Told this once: Torch keeps only its hash.</param>
public sealed record AgentRegistration(Guid Id, string Name, string Location, string Key, long Position, long Version);

/// <summary>A further key of an agent.</summary>
/// <param name="Key">Told this once.</param>
/// <param name="PreviousUntil">Until when the key before it goes on working.</param>
public sealed record AgentKey(Guid Id, string Key, DateTimeOffset PreviousUntil, long Position, long Version);

/// <summary>Whether an agent is at work.</summary>
public enum AgentState
{
    /// <summary>It has never come.</summary>
    Never,

    /// <summary>It is there.</summary>
    Live,

    /// <summary>It has been silent for more than 18 seconds; others of its location run its checks.</summary>
    Away,
}

/// <summary>An agent as Torch sees it.</summary>
/// <param name="LastSeenAt">When it was last heard; null where it has never come.</param>
/// <param name="Version">Of its program.</param>
/// <param name="Kinds">The kinds of checks that it can run.</param>
/// <param name="Epoch">How often it has come; only its newest session may work.</param>
/// <param name="Checks">How many checks it runs now.</param>
/// <param name="InProcess">True for the agent inside the server.</param>
public sealed record AgentView(
    Guid Id,
    string Name,
    string Location,
    AgentState State,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? ConnectedAt,
    string? Version,
    IReadOnlyList<string> Kinds,
    string? Host,
    long Epoch,
    int Checks,
    SpoolState? Spool,
    Lateness? Lateness,
    IReadOnlyList<string> Warnings,
    bool InProcess
);

/// <summary>What waits in an agent's spool.</summary>
/// <param name="Waiting">Results that the server has not taken yet.</param>
/// <param name="Bytes">On disk.</param>
/// <param name="OldestAt">Of the oldest of them.</param>
/// <param name="Dropped">Results that were dropped because the spool was full, since the agent started.</param>
/// <param name="Fault">Why nothing can be written, such as a full disk: what comes is in the agent's memory alone. Null while it can.</param>
public sealed record SpoolState(long Waiting, long Bytes, DateTimeOffset? OldestAt, long Dropped, string? Fault = null);

/// <summary>How much later than scheduled an agent's probes started lately, in milliseconds.</summary>
public sealed record Lateness(double P50Ms, double P99Ms, double WorstMs);

/// <summary>An agent says that it is there.</summary>
/// <param name="SpoolId">Made with its spool's file; a copied one is fenced.</param>
/// <param name="Version">Of its program.</param>
/// <param name="Host">Where it runs.</param>
/// <param name="Kinds">The kinds of checks that it can run.</param>
public sealed record AgentHello(Guid SpoolId, string Version, string Host, IReadOnlyList<CheckKind> Kinds);

/// <summary>A session of an agent.</summary>
/// <param name="Epoch">It names the session in every further request; an older one is answered 409 <c>fenced</c>.</param>
/// <param name="Offset">The last record of the spool that the log holds: go on after it.</param>
/// <param name="Heartbeat">How often to send heartbeats.</param>
public sealed record AgentSession(
    Guid AgentId,
    string Name,
    string Location,
    long Epoch,
    long Offset,
    TimeSpan Heartbeat
);

/// <summary>The complete list of checks that an agent runs.</summary>
/// <param name="Version">Changes with the list; ask for the next one with it.</param>
/// <param name="Lease">How long after asking the agent may run them without having heard from the server; null for ever, where no other agent could take them over.</param>
public sealed record AgentChecks(long Version, long Epoch, TimeSpan? Lease, IReadOnlyList<ScheduledCheck> Checks);

/// <summary>An agent is still there, and how it does.</summary>
/// <param name="Warnings">What somebody should look at, at most 20.</param>
/// <param name="Logs">Warnings and errors that it logged, at most 20 at a time.</param>
public sealed record AgentHeartbeat(
    long Epoch,
    SpoolState? Spool = null,
    Lateness? Lateness = null,
    IReadOnlyList<string>? Warnings = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AgentLogLine>? Logs = null
);

/// <summary>The answer to a heartbeat.</summary>
/// <param name="Lease">How long from the moment of asking the agent may go on with its checks; null for ever.</param>
public sealed record AgentLease(TimeSpan? Lease);

/// <summary>Where a spool stands at the server.</summary>
/// <param name="Offset">The last record that the log holds.</param>
public sealed record ResultsTaken(long Offset);
