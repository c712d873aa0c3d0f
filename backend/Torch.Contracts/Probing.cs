namespace Torch.Contracts;

/// <summary>The command to probe once. Sent by the server, run by an agent, answered with <see cref="ProbeCompleted"/>.</summary>
/// <param name="RunId">UUIDv7; the answer carries it.</param>
/// <param name="Timeout">The probe ends within it.</param>
/// <param name="IsTrial">Of settings that nobody has saved: the result goes to whoever asked, and neither to the spool nor to the log.</param>
public sealed record RunProbe(
    Guid RunId,
    Guid CheckId,
    CheckKind Kind,
    TimeSpan Timeout,
    ProbeSettings Settings,
    bool IsTrial = false
);

/// <summary>A check as an agent schedules it.</summary>
/// <param name="Version">Changes when the settings do.</param>
/// <param name="Interval">Between two runs; null where <paramref name="Cron"/> says when.</param>
/// <param name="TimeZone">Whose clock <paramref name="Cron"/> means; null for UTC.</param>
public sealed record ScheduledCheck(
    Guid CheckId,
    long Version,
    string Name,
    CheckKind Kind,
    TimeSpan? Interval,
    TimeSpan Timeout,
    ProbeSettings Settings,
    string? Cron = null,
    string? TimeZone = null
);

/// <summary>What a probe found.</summary>
public enum ProbeOutcome
{
    /// <summary>The target answered as expected.</summary>
    Up,

    /// <summary>The target did not answer as expected; the cause says how.</summary>
    Down,

    /// <summary>Torch itself could not judge (no sockets, no resolver): never held against the target.</summary>
    Inconclusive,
}

/// <summary>The result of one probe.</summary>
/// <param name="Id">UUIDv7, the event's id: a result delivered twice is one event.</param>
/// <param name="At">When the probe started, UTC.</param>
/// <param name="Cause">A stable word where the outcome is not <c>up</c>: <c>dns</c>, <c>refused</c>, <c>unreachable</c>, <c>reset</c>, <c>timeout</c>, <c>tls</c>, <c>certificate</c>, <c>status_code</c>, <c>header</c>, <c>body</c>, <c>json</c>, <c>redirect</c>, <c>rcode</c>, <c>answer</c>, <c>loss</c>, <c>login</c>, <c>query</c>, <c>protocol</c>, <c>address</c> (denied by policy), <c>local</c>.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Measures">What else its protocol measures, by the names that rules use: <c>dns.answers</c>, <c>icmp.loss</c>. Durations are milliseconds.</param>
/// <param name="Texts">What else its protocol says: <c>tlsVersion</c>, <c>dns.rcode</c>.</param>
/// <param name="Items">Of a feed: its devices, at most 5,000. They go to the log as reports of their own.</param>
/// <param name="LatenessMs">How much later than scheduled it started; 0 for a probe on demand.</param>
public sealed record ProbeCompleted(
    Guid Id,
    Guid RunId,
    Guid CheckId,
    DateTimeOffset At,
    ProbeOutcome Outcome,
    string? Cause,
    string? Message,
    int? StatusCode,
    string? HttpVersion,
    string? Address,
    Latency Latency,
    Certificate? Certificate,
    IReadOnlyDictionary<string, string>? Headers,
    string? Text,
    long? BodyBytes,
    double LatenessMs,
    string Agent,
    IReadOnlyDictionary<string, double>? Measures = null,
    IReadOnlyDictionary<string, string>? Texts = null,
    IReadOnlyList<FeedItem>? Items = null
);

/// <summary>One device of a feed; it becomes a report of source <c>&lt;the feed's source or name&gt;/&lt;id&gt;</c>.</summary>
/// <param name="Status">A status, or the list's own word where the check does not say what it means.</param>
public sealed record FeedItem(string Id, string? Name, string? Status, string? Address);
