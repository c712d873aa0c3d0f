namespace Torch.Domain.Nodes;

/// <summary>In the node's own stream: somebody has its problem in hand. Cleared when its own status changes, which <see cref="NodeMarked"/> says.</summary>
/// <param name="Until">When it lapses; null: only then.</param>
public sealed record NodeAcknowledged(Guid NodeId, string Reason, DateTimeOffset? Until) : IEvent;

public sealed record AcknowledgementWithdrawn(Guid NodeId) : IEvent;

/// <summary>In the node's own stream: it shows this status, whatever its rules say.</summary>
/// <param name="Until">When it lapses, exactly; null: when it is cleared.</param>
public sealed record ManualStatusSet(Guid NodeId, string Status, string Reason, DateTimeOffset? Until) : IEvent;

public sealed record ManualStatusCleared(Guid NodeId) : IEvent;

/// <param name="ServicePeriod">Null for always.</param>
public sealed record NodeServicePeriodChanged(Guid NodeId, ServicePeriod? ServicePeriod) : IEvent;

/// <summary>When a node is meant to be there. Outside of it its status is judged all the same, but nobody need care.</summary>
/// <param name="Schedule">A timetable such as <c>mon-fri 08:00-18:00</c>.</param>
/// <param name="TimeZone">An IANA name; null for UTC.</param>
public sealed record ServicePeriod(string Schedule, string? TimeZone = null);
