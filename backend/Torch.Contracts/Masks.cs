namespace Torch.Contracts;

/// <summary>Somebody has a node's problem in hand.</summary>
/// <param name="Until">When it lapses; absent: when the status changes.</param>
public sealed record AcknowledgementView(string? By, string? Reason, DateTimeOffset At, DateTimeOffset? Until);

/// <summary>The window that covers a node now.</summary>
/// <param name="Until">When it is over; null where no end is known.</param>
public sealed record MaintenanceMark(Guid WindowId, string Name, DateTimeOffset? Until);

/// <summary>The status that somebody gave a node by hand.</summary>
/// <param name="Until">When it lapses; null: when it is taken back.</param>
public sealed record ManualStatusView(
    string Status,
    string? By,
    string? Reason,
    DateTimeOffset At,
    DateTimeOffset? Until
);

/// <summary>Another status that does not count yet.</summary>
/// <param name="Attempts">How many results in a row were so; null where results are not counted.</param>
/// <param name="Of">How many it takes.</param>
/// <param name="Due">When it counts if nothing changes; null while results are missing.</param>
public sealed record PendingView(string Status, int? Attempts, int? Of, DateTimeOffset? Due);

/// <summary>What a node's own rules say beneath its timing or a mask.</summary>
/// <param name="Decider">As of an explanation.</param>
public sealed record UnderneathView(string Status, string Decider, string Sentence);

/// <summary>How patient a node is before another status counts. What is absent does not delay.</summary>
/// <param name="Attempts">Leaves only: results in a row that are worse before that counts, 1 to 100.</param>
/// <param name="For">How long it must be worse; up to 7 days.</param>
/// <param name="RecoveryAttempts">The same for a better status.</param>
/// <param name="RecoveryFor">The same for a better status.</param>
/// <param name="HoldDown">After a change to a worse status, at least so long before a better one counts.</param>
public sealed record TimingSettings(
    int? Attempts = null,
    TimeSpan? For = null,
    int? RecoveryAttempts = null,
    TimeSpan? RecoveryFor = null,
    TimeSpan? HoldDown = null,
    FlappingSettings? Flapping = null
);

/// <summary>Watches for flapping over the last 20 results.</summary>
/// <param name="Start">Percent above which it begins; 30 where absent.</param>
/// <param name="Stop">Percent at or below which it ends; 25 where absent.</param>
public sealed record FlappingSettings(int? Start = null, int? Stop = null);

/// <param name="Reason">What is being done about it; kept with who and when.</param>
/// <param name="Until">When it lapses; absent: when the status changes.</param>
public sealed record Acknowledge(string Reason, DateTimeOffset? Until = null);

/// <param name="Status">Any but the neutral ones: a pause and maintenance have commands of their own.</param>
/// <param name="Reason">Why; kept with who and when.</param>
/// <param name="Until">When it lapses; absent: when it is taken back.</param>
public sealed record SetManualStatus(string Status, string Reason, DateTimeOffset? Until = null);

/// <summary>When a node is meant to be there.</summary>
/// <param name="Schedule">A timetable such as <c>mon-fri 08:00-18:00</c>.</param>
/// <param name="TimeZone">An IANA name; UTC where absent.</param>
public sealed record ServicePeriodSettings(string Schedule, string? TimeZone = null);
