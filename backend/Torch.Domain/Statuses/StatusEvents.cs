namespace Torch.Domain.Statuses;

/// <summary>In the stream of statuses: the workspace has a status of its own.</summary>
/// <param name="Severity">Null for a neutral one.</param>
/// <param name="Available">Null: left out of availability.</param>
/// <param name="Colour"><c>#rrggbb</c>.</param>
public sealed record StatusDefined(
    string Name,
    string Label,
    int? Severity,
    bool? Available,
    string Shape,
    string Colour
) : IEvent;

/// <summary>In the stream of statuses: one of the workspace's own is another from now on. Its name stays.</summary>
/// <inheritdoc cref="StatusDefined"/>
public sealed record StatusChanged(
    string Name,
    string Label,
    int? Severity,
    bool? Available,
    string Shape,
    string Colour
) : IEvent;

/// <summary>In the stream of statuses: the workspace has it no longer. History keeps its name.</summary>
public sealed record StatusRemoved(string Name) : IEvent;
