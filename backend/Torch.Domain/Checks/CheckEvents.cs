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
    Postgres,
    Feed,
}

/// <summary>A check's settings as they stand in the log.</summary>
/// <param name="Interval">Between two probes; null for reports, and where <paramref name="Cron"/> says when.</param>
/// <param name="Timeout">Of one probe; null for reports.</param>
/// <param name="Source">What a report check listens to.</param>
/// <param name="Staleness">The age at which the last observation no longer counts; null for the default.</param>
/// <param name="Locations">Where it runs; null for the default location.</param>
/// <param name="Decide">How many of several locations must find it down: <c>any</c>, <c>all</c> or a number; null for <c>any</c>.</param>
/// <param name="Grace">How much later than due a heartbeat may come; null for the default.</param>
/// <param name="Cron">When it probes, in place of an interval.</param>
/// <param name="TimeZone">Whose clock <paramref name="Cron"/> means; null for UTC.</param>
public sealed record CheckSettings(
    string Name,
    CheckKind Kind,
    bool Enabled = true,
    TimeSpan? Interval = null,
    TimeSpan? Timeout = null,
    TimeSpan? Staleness = null,
    string? Source = null,
    HttpSettings? Http = null,
    TcpSettings? Tcp = null,
    TlsSettings? Tls = null,
    DnsSettings? Dns = null,
    IcmpSettings? Icmp = null,
    PostgresSettings? Postgres = null,
    FeedSettings? Feed = null,
    IReadOnlyList<string>? Locations = null,
    string? Decide = null,
    TimeSpan? Grace = null,
    string? Cron = null,
    string? TimeZone = null
);

public sealed record CheckCreated(Guid CheckId, CheckSettings Settings) : IEvent;

public sealed record CheckChanged(Guid CheckId, CheckSettings Settings) : IEvent;

public sealed record CheckDeleted(Guid CheckId) : IEvent;
