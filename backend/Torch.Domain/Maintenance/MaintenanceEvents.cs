namespace Torch.Domain.Maintenance;

/// <summary>In the window's own stream: a window is planned.</summary>
/// <param name="NodeIds">It covers these nodes and all below them, also those that come later.</param>
public sealed record MaintenanceScheduled(
    Guid WindowId,
    string Name,
    IReadOnlyList<Guid> NodeIds,
    MaintenanceSchedule Schedule,
    string? Reason
) : IEvent;

/// <summary>In the window's own stream: it is planned otherwise. What is open closes, and opens again where the new plan says so.</summary>
public sealed record MaintenanceChanged(
    Guid WindowId,
    string Name,
    IReadOnlyList<Guid> NodeIds,
    MaintenanceSchedule Schedule,
    string? Reason
) : IEvent;

/// <summary>In the window's own stream: what was open of it is over early. A recurring one comes again.</summary>
public sealed record MaintenanceEnded(Guid WindowId, DateTimeOffset At) : IEvent;

/// <summary>In the window's own stream: there is no such window any more.</summary>
public sealed record MaintenanceDeleted(Guid WindowId) : IEvent;

/// <summary>In the window's status stream: the first problem of a covered node opened a flexible window.</summary>
/// <param name="NodeId">Whose problem it was.</param>
public sealed record MaintenanceBegan(Guid WindowId, Guid NodeId, DateTimeOffset At, DateTimeOffset Until) : IEvent;
