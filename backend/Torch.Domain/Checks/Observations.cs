namespace Torch.Domain.Checks;

/// <summary>A script's report. The check need not have been created: its id follows from the source.</summary>
/// <param name="At">When it was so.</param>
/// <param name="Status">The script's own verdict; null means <c>up</c>.</param>
/// <param name="Parent">Torch v1's field, carried along.</param>
public sealed record ReportReceived(
    Guid CheckId,
    string Source,
    DateTimeOffset At,
    double? Value = null,
    string? Status = null,
    string? Message = null,
    string? Title = null,
    IReadOnlyDictionary<string, double>? Metrics = null,
    string? Parent = null
) : IEvent;

/// <summary>What one probe found.</summary>
/// <param name="Outcome"><c>up</c>, <c>down</c> or <c>inconclusive</c>.</param>
/// <param name="Cause">A stable word where the outcome is not <c>up</c>.</param>
/// <param name="Measures">What else its protocol measures, by the names that rules use: <c>dns.answers</c>, <c>icmp.loss</c>. Durations are milliseconds.</param>
/// <param name="Texts">What else its protocol says: <c>tlsVersion</c>, <c>dns.rcode</c>.</param>
/// <param name="Location">Where the agent stands; null for the default location.</param>
/// <param name="Stale">True where another agent held the check by then: it is kept, and changes no status.</param>
public sealed record ProbeCompleted(
    Guid CheckId,
    Guid RunId,
    DateTimeOffset At,
    string Outcome,
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
    string? Location = null,
    bool? Stale = null
) : IEvent;

/// <summary>The phases of a probe in milliseconds; a phase that was not reached is null.</summary>
public sealed record Latency(
    double? Resolve,
    double? Connect,
    double? Tls,
    double? FirstByte,
    double? Transfer,
    double Total
);

/// <summary>The certificate that the target presented.</summary>
public sealed record Certificate(string Subject, string Issuer, DateTimeOffset NotAfter, double DaysLeft);

/// <summary>Nothing happened, but a deadline was due: the log's own clock moves by this.</summary>
public sealed record ClockTicked : IEvent;

/// <summary>Torch was away and is back. Staleness deadlines stood still meanwhile.</summary>
/// <param name="AwaySince">The last moment at which it is known to have been there.</param>
public sealed record ServiceResumed(DateTimeOffset AwaySince) : IEvent;
