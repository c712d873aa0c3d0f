namespace Torch.Contracts;

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

/// <summary>A check as people write it.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Interval">How often a probe runs: 1 s to 1 day. A probe needs it, or <paramref name="Cron"/>. How often a heartbeat comes: 1 s to 366 days.</param>
/// <param name="Timeout">When a probe gives up: 100 ms to 5 minutes; 15 s where absent.</param>
/// <param name="Source">For reports and heartbeats: the source that it listens to.</param>
/// <param name="Staleness">The age at which its last observation no longer counts; 30 minutes or three intervals (with cron: until 5 minutes after the next run), whichever is longer, where absent.</param>
/// <param name="Enabled">False stops the probe and keeps its history.</param>
/// <param name="Locations">Where the probe runs, 1 to 20 names; <c>default</c> where absent.</param>
/// <param name="Decide">With several locations: how many of them must find it as bad, <c>any</c> (where absent), <c>all</c>, or a number as text. One that has no data is not asked.</param>
/// <param name="Grace">For heartbeats: how much later than due one may come before it is down; where absent it is down when it would expire.</param>
/// <param name="Cron">When a probe runs, in place of an interval: minute, hour, day of the month, month and day of the week, as in crontab(5).</param>
/// <param name="TimeZone">Whose clock <paramref name="Cron"/> means, an IANA name; UTC where absent.</param>
public sealed record CheckRequest(
    string Name,
    CheckKind Kind,
    TimeSpan? Interval = null,
    TimeSpan? Timeout = null,
    HttpSettings? Http = null,
    string? Source = null,
    TimeSpan? Staleness = null,
    bool? Enabled = null,
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

/// <summary>A check as Torch keeps it.</summary>
/// <param name="Version">The version of its stream, also the ETag; 0 for a report's check that nobody has edited.</param>
/// <param name="NodeIds">The nodes that show it.</param>
public sealed record CheckView(
    Guid Id,
    string Name,
    CheckKind Kind,
    TimeSpan? Interval,
    TimeSpan? Timeout,
    HttpSettings? Http,
    string? Source,
    TimeSpan? Staleness,
    bool Enabled,
    IReadOnlyList<Guid> NodeIds,
    ObservationView? Latest,
    long Version,
    TcpSettings? Tcp = null,
    TlsSettings? Tls = null,
    DnsSettings? Dns = null,
    IcmpSettings? Icmp = null,
    PostgresSettings? Postgres = null,
    FeedSettings? Feed = null,
    string? Decide = null,
    TimeSpan? Grace = null,
    string? Cron = null,
    string? TimeZone = null
)
{
    /// <summary>Where the probe runs; null for what is told, which runs nowhere.</summary>
    public IReadOnlyList<string>? Locations { get; init; }

    /// <summary>When a heartbeat is next expected; null for other kinds, and before the first one.</summary>
    public NextBeat? NextBeat { get; init; }
}

/// <summary>When a heartbeat is expected.</summary>
/// <param name="DueAt">An interval after the last one; null where it has no interval.</param>
/// <param name="DownAt">From when its absence is a fault; later where Torch was away meanwhile.</param>
public sealed record NextBeat(DateTimeOffset? DueAt, DateTimeOffset DownAt);

/// <summary>One page of what a check observed.</summary>
/// <param name="Next">An opaque cursor; null on the last page.</param>
/// <param name="RetainedFrom">Older observations are gone; null while none are. Charts and histories go further back.</param>
public sealed record ObservationPage(
    IReadOnlyList<ObservationView> Items,
    string? Next,
    long Position,
    DateTimeOffset? RetainedFrom
);

/// <summary>The newest observation of each check below a node, newest first.</summary>
public sealed record NodeObservations(IReadOnlyList<NodeObservation> Items, long Position);

/// <summary>What a check observed last, and a leaf that shows it.</summary>
public sealed record NodeObservation(Guid NodeId, string NodeName, Guid CheckId, ObservationView Observation);

/// <summary>One observation.</summary>
/// <param name="At">When it was so.</param>
/// <param name="ReceivedAt">When the log took it.</param>
/// <param name="Outcome">The check's own verdict: <c>up</c>, <c>down</c>, a status that a report names, or <c>inconclusive</c> when Torch itself was at fault.</param>
/// <param name="Cause">Why a probe failed, as a stable word: <c>dns</c>, <c>refused</c>, <c>timeout</c>, <c>certificate</c>, <c>status_code</c>, <c>body</c>, ...</param>
/// <param name="StatusCode">HTTP's.</param>
/// <param name="Headers">The response's, without cookies and credentials.</param>
/// <param name="Text">The start of the response's body, at most 4 KiB.</param>
/// <param name="TooLate">True where it came later than the late window allows: it is kept, and changed no status.</param>
/// <param name="Probe">What else a probe tells; null for a report.</param>
/// <param name="Location">Where the agent stands that probed; null for reports.</param>
/// <param name="Stale">True where another agent held the check by then: it is kept, and changed no status.</param>
public sealed record ObservationView(
    long Position,
    DateTimeOffset At,
    DateTimeOffset ReceivedAt,
    string Outcome,
    string? Cause,
    double? Value,
    string? Message,
    IReadOnlyDictionary<string, double>? Metrics,
    int? StatusCode,
    Latency? Latency,
    Certificate? Certificate,
    IReadOnlyDictionary<string, string>? Headers,
    string? Text,
    bool? TooLate = null,
    ProbeFacts? Probe = null,
    string? Location = null,
    bool? Stale = null
);

/// <summary>What a probe tells beside its verdict and its phases.</summary>
/// <param name="Agent">Who ran it.</param>
/// <param name="Address">The address that it reached.</param>
/// <param name="BodyBytes">Of the whole body, after decompression, as far as it was read.</param>
/// <param name="LatenessMs">How much later than scheduled it started.</param>
/// <param name="Measures">What its protocol measures, by the names that rules use: <c>dns.answers</c>, <c>icmp.loss</c>. Durations are milliseconds.</param>
/// <param name="Texts">What its protocol says: <c>tlsVersion</c>, <c>dns.rcode</c>.</param>
public sealed record ProbeFacts(
    string Agent,
    string? Address,
    string? HttpVersion,
    long? BodyBytes,
    double LatenessMs,
    IReadOnlyDictionary<string, double>? Measures,
    IReadOnlyDictionary<string, string>? Texts
);

/// <summary>The phases of a probe, in milliseconds; a phase that was not reached is absent.</summary>
/// <param name="FirstByte">From the request's end to the first byte of the answer ("processing").</param>
/// <param name="Transfer">From the first byte to the last one read.</param>
public sealed record Latency(
    double? Resolve,
    double? Connect,
    double? Tls,
    double? FirstByte,
    double? Transfer,
    double Total
);

/// <summary>The certificate that the target presented.</summary>
/// <param name="DaysLeft">Until it expires; negative when it has.</param>
public sealed record Certificate(string Subject, string Issuer, DateTimeOffset NotAfter, double DaysLeft);

/// <summary>A chart's data: one entry per bucket, oldest first.</summary>
/// <param name="From">Later than asked where a metric's observations do not reach back so far.</param>
/// <param name="Level">The width of the rollups that it was read from; null for the observations themselves.</param>
/// <param name="Gaps">Spans in which nothing could be observed, as far as Torch knows.</param>
public sealed record Series(
    DateTimeOffset From,
    DateTimeOffset To,
    TimeSpan Bucket,
    IReadOnlyList<SeriesBucket> Buckets,
    long Position,
    TimeSpan? Level = null,
    IReadOnlyList<GapView>? Gaps = null
);

/// <summary>A span in which nothing was observed for a reason that is Torch's own: no data, which says nothing of the target.</summary>
/// <param name="Reason"><c>away</c> (Torch itself was), <c>no_agent</c>, <c>full</c> (an agent dropped results), <c>damaged</c>.</param>
/// <param name="Results">How many results are missing, where that is known.</param>
/// <param name="Location">Where it lacks what this location alone would have found: nobody was there, or its agent lost results.</param>
public sealed record GapView(
    DateTimeOffset From,
    DateTimeOffset To,
    string Reason,
    long? Results = null,
    string? Location = null
);

/// <summary>One bucket. <paramref name="Count"/> 0 means no data, which is not a fault.</summary>
/// <param name="Good">Observations whose outcome was <c>up</c> or <c>degraded</c>.</param>
/// <param name="Mean">Of the total latency in ms for probes, of the value for reports; of the metric where one was asked for.</param>
/// <param name="Phases">Mean of each phase, in ms; null for a metric.</param>
/// <param name="Gap">Of an empty bucket: why nothing could be observed, where that is known.</param>
public sealed record SeriesBucket(
    DateTimeOffset At,
    long Count,
    long Good,
    double? Min,
    double? Mean,
    double? Max,
    double? P50,
    double? P95,
    double? P99,
    Latency? Phases,
    string? Gap = null
);
