namespace Torch.Domain.Slo;

/// <summary>In the objective's own stream.</summary>
public sealed record ObjectiveCreated(Guid ObjectiveId, ObjectiveSettings Settings) : IEvent;

/// <summary>It promises something else from now on.</summary>
public sealed record ObjectiveChanged(Guid ObjectiveId, ObjectiveSettings Settings) : IEvent;

/// <summary>There is no such objective any more. Reports as of earlier positions stay as they were.</summary>
public sealed record ObjectiveDeleted(Guid ObjectiveId) : IEvent;

/// <summary>A span does not count, whatever was then. Who said so stands beside the event.</summary>
public sealed record ObjectiveTimeExcluded(
    Guid ObjectiveId,
    Guid ExclusionId,
    DateTimeOffset From,
    DateTimeOffset To,
    string Reason
) : IEvent;

/// <summary>The span counts again.</summary>
public sealed record ObjectiveExclusionRemoved(Guid ObjectiveId, Guid ExclusionId) : IEvent;
