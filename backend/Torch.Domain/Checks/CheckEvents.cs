namespace Torch.Domain.Checks;

/// <summary>What a check does.</summary>
public enum CheckKind
{
    Http,
    Tcp,
    Tls,
    Dns,
    Icmp,
    Report,
    Heartbeat,
}

/// <summary>A check's settings as they stand in the log.</summary>
/// <param name="Interval">Between two probes; null for reports.</param>
/// <param name="Timeout">Of one probe; null for reports.</param>
/// <param name="Source">What a report check listens to.</param>
/// <param name="Staleness">The age at which the last observation no longer counts; null for the default.</param>
public sealed record CheckSettings(
    string Name,
    CheckKind Kind,
    bool Enabled = true,
    TimeSpan? Interval = null,
    TimeSpan? Timeout = null,
    TimeSpan? Staleness = null,
    string? Source = null,
    HttpSettings? Http = null
);

/// <summary>How an HTTP check asks and what it expects.</summary>
/// <param name="StatusCodes">Codes and ranges (<c>200-299</c>); null for 200-299.</param>
public sealed record HttpSettings(
    string Url,
    string Method = "GET",
    IReadOnlyDictionary<string, string>? Headers = null,
    string? Body = null,
    IReadOnlyList<string>? StatusCodes = null,
    string? BodyMatches = null,
    string? BodyDoesNotMatch = null
);

public sealed record CheckCreated(Guid CheckId, CheckSettings Settings) : IEvent;

public sealed record CheckChanged(Guid CheckId, CheckSettings Settings) : IEvent;

public sealed record CheckDeleted(Guid CheckId) : IEvent;
