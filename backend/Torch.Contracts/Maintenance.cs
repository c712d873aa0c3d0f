using System.Text.Json.Serialization;

namespace Torch.Contracts;

/// <summary>How a maintenance window comes about: <c>fixed</c>, <c>flexible</c> or <c>recurring</c>.</summary>
public enum MaintenanceKind
{
    Fixed,
    Flexible,
    Recurring,
}

/// <summary>A maintenance window as people plan it.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="NodeIds">1 to 1,000 nodes; it covers them and all below them, also those that come later.</param>
public sealed record MaintenanceRequest(
    string Name,
    IReadOnlyList<Guid> NodeIds,
    MaintenancePlan Schedule,
    string? Reason = null
);

/// <summary>When a window is open. A fixed one has <c>from</c> and <c>to</c>; a flexible one a <c>duration</c> beside them, and begins with the first problem between the two; a recurring one has days, start, duration and time zone.</summary>
/// <param name="Days">Of the week: <c>mon</c> to <c>sun</c>.</param>
/// <param name="Start">By the clock on the wall: <c>02:00</c>.</param>
/// <param name="TimeZone">An IANA name; UTC where absent.</param>
/// <param name="ValidFrom">It begins no sooner.</param>
/// <param name="ValidTo">It begins before that.</param>
public sealed record MaintenancePlan(
    MaintenanceKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? From = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? To = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TimeSpan? Duration = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Days = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Start = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TimeZone = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ValidFrom = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ValidTo = null
);

/// <summary>A maintenance window.</summary>
/// <param name="Active">Whether it is open now.</param>
/// <param name="ActiveUntil">When it closes, while it is open.</param>
/// <param name="NextFrom">When it opens next, or may open where it is flexible; null where it does not.</param>
/// <param name="EndedAt">When it was over for good; null while it may still be open.</param>
/// <param name="Version">The ETag.</param>
public sealed record MaintenanceWindow(
    Guid Id,
    string Name,
    IReadOnlyList<Guid> NodeIds,
    string? Reason,
    MaintenancePlan Schedule,
    bool Active,
    DateTimeOffset? ActiveUntil,
    DateTimeOffset? NextFrom,
    DateTimeOffset? EndedAt,
    string? CreatedBy,
    DateTimeOffset CreatedAt,
    long Version,
    long Position
);

/// <summary>One time that a window is open, or may open.</summary>
/// <param name="Kind">A flexible one that has not begun stands for the time within which it may.</param>
public sealed record MaintenanceOccurrence(
    Guid WindowId,
    string Name,
    MaintenanceKind Kind,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<Guid> NodeIds
);

/// <param name="Items">At most 10,000, in the order of their beginnings.</param>
public sealed record MaintenanceCalendar(
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<MaintenanceOccurrence> Items,
    long Position
);
