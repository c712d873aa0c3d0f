namespace Torch.Contracts;

/// <summary>How a channel speaks: Standard Webhooks, the incoming webhooks of chat services, mail, or Alertmanager's API.</summary>
public enum ChannelKind
{
    Webhook,
    Slack,
    Mattermost,
    Discord,
    Teams,
    Email,
    Alertmanager,
}

/// <summary>How a connection to a mail server is protected. <c>none</c> is for a relay on the same machine.</summary>
public enum SmtpSecurity
{
    StartTls,
    Tls,
    None,
}

/// <summary>A channel as people write it. What is secret can be written and never read.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Enabled">True where absent.</param>
/// <param name="Url">Of every kind but <c>email</c>: where messages are posted. Secret, for most services put a token into it; where absent in a change, it stays.</param>
/// <param name="Authorization">The value of the Authorization header, where the receiver asks for one. Secret; <c>""</c> takes it away.</param>
/// <param name="SigningSecret">Of a webhook: <c>whsec_</c> and 24 to 64 bytes in base64. Torch makes one where it is absent, and tells it once.</param>
/// <param name="Email">Of kind <c>email</c>.</param>
public sealed record ChannelRequest(
    string Name,
    ChannelKind Kind,
    bool? Enabled = null,
    string? Url = null,
    string? Authorization = null,
    string? SigningSecret = null,
    EmailChannel? Email = null
);

/// <param name="Port">587 where absent, 465 with <c>tls</c>.</param>
/// <param name="Security"><c>startTls</c> where absent.</param>
/// <param name="To">1 to 50 addresses.</param>
/// <param name="User">Where the server asks for one.</param>
/// <param name="Password">Secret; where absent in a change, it stays.</param>
public sealed record EmailChannel(
    string Host,
    string From,
    IReadOnlyList<string> To,
    int? Port = null,
    SmtpSecurity? Security = null,
    string? User = null,
    string? Password = null
);

/// <summary>A channel without its secrets.</summary>
/// <param name="Target">Where messages go: no more of a URL than its host.</param>
/// <param name="DisabledBecause">Its receiver said that it is gone. Change the channel to try again.</param>
/// <param name="Secrets">The names of those that it has.</param>
/// <param name="Version">The version of its stream, also the ETag.</param>
public sealed record ChannelView(
    Guid Id,
    string Name,
    ChannelKind Kind,
    bool Enabled,
    string Target,
    EmailView? Email,
    string? DisabledBecause,
    IReadOnlyList<string> Secrets,
    long Version,
    long Position
);

/// <inheritdoc cref="EmailChannel"/>
public sealed record EmailView(
    string Host,
    int Port,
    SmtpSecurity Security,
    string From,
    IReadOnlyList<string> To,
    string? User
);

/// <summary>A new signing secret, told this once.</summary>
/// <param name="FormerUntil">Until then messages are signed with the former one, too.</param>
public sealed record SigningSecret(string Secret, DateTimeOffset? FormerUntil);

/// <summary>What came of a test message.</summary>
/// <param name="Detail">What the receiver answered, or why it was not reached.</param>
public sealed record ChannelTest(bool Delivered, string Detail);

/// <summary>Who is told of what.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="ChannelIds">1 to 20.</param>
/// <param name="Enabled">True where absent.</param>
/// <param name="NodeIds">These nodes and all below them; all nodes where absent.</param>
/// <param name="AtLeast">A status: what is as severe or worse is told. <c>down</c> where absent.</param>
/// <param name="Delay">How long a problem must last before it is told, PT0S to P1D; PT0S where absent.</param>
/// <param name="Gather">How long it is waited, once something is to be told, for what else happens: PT0S to PT10M, PT5S where absent. More than five incidents become one digest.</param>
/// <param name="Escalations">Others are told where nobody has acknowledged by then.</param>
/// <param name="Repeat">How often an open incident that nobody acknowledged is told again, PT1M to P30D; once where absent.</param>
/// <param name="Recovery">Whether the end is told to whom the problem was; true where absent.</param>
/// <param name="Quiet">When nothing is told but what breaks through. What still holds afterwards is told then.</param>
public sealed record NoticeRuleRequest(
    string Name,
    IReadOnlyList<Guid> ChannelIds,
    bool? Enabled = null,
    IReadOnlyList<Guid>? NodeIds = null,
    string? AtLeast = null,
    TimeSpan? Delay = null,
    TimeSpan? Gather = null,
    IReadOnlyList<Escalation>? Escalations = null,
    TimeSpan? Repeat = null,
    bool? Recovery = null,
    QuietHours? Quiet = null
);

/// <param name="After">Since the problem was told: PT1M to P30D, each later than the one before.</param>
/// <param name="ChannelIds">1 to 20.</param>
public sealed record Escalation(TimeSpan After, IReadOnlyList<Guid> ChannelIds);

/// <param name="Schedule">Such as <c>daily 22:00-07:00</c>.</param>
/// <param name="TimeZone">An IANA name; UTC where absent.</param>
/// <param name="Except">A status: what is as severe or worse is told all the same.</param>
public sealed record QuietHours(string Schedule, string? TimeZone = null, string? Except = null);

/// <inheritdoc cref="NoticeRuleRequest"/>
/// <param name="Version">The version of its stream, also the ETag.</param>
public sealed record NoticeRuleView(
    Guid Id,
    string Name,
    bool Enabled,
    IReadOnlyList<Guid> NodeIds,
    string AtLeast,
    IReadOnlyList<Guid> ChannelIds,
    TimeSpan Delay,
    TimeSpan Gather,
    IReadOnlyList<Escalation> Escalations,
    TimeSpan? Repeat,
    bool Recovery,
    QuietHours? Quiet,
    long Version,
    long Position
);

/// <summary>What a message is about; <c>digest</c> of several.</summary>
public enum NoticeKind
{
    Problem,
    Worse,
    Escalation,
    Repeat,
    Recovery,
    Digest,
}

/// <summary>How far a message is.</summary>
public enum DeliveryState
{
    Waiting,
    Delivered,
    Failed,
}

/// <summary>Something that was told.</summary>
/// <param name="Rule">The name of the rule as it is now; null where it is gone.</param>
/// <param name="Count">Of incidents in it.</param>
/// <param name="Items">In words; of a large digest the worst.</param>
public sealed record NoticeView(
    Guid Id,
    Guid RuleId,
    string? Rule,
    NoticeKind Kind,
    DateTimeOffset At,
    int Count,
    IReadOnlyList<NoticeItemView> Items,
    IReadOnlyList<DeliveryView> Deliveries,
    long Position
);

/// <summary>One incident in a message, as it was then.</summary>
public sealed record NoticeItemView(
    Guid IncidentId,
    NoticeKind Kind,
    Guid NodeId,
    string Name,
    string? Path,
    string Status,
    string Severity,
    DateTimeOffset Since,
    string Reason,
    IReadOnlyList<string> Affected,
    int AffectedCount,
    DateTimeOffset? EndedAt
);

/// <summary>A message on its way to one channel.</summary>
/// <param name="Channel">The channel's name; null where it is gone.</param>
/// <param name="Attempts">How many there were.</param>
/// <param name="Detail">What the receiver answered last, or why it was not reached.</param>
/// <param name="At">Of the last attempt.</param>
/// <param name="RetryAt">When it is tried next.</param>
public sealed record DeliveryView(
    Guid ChannelId,
    string? Channel,
    DeliveryState State,
    int Attempts,
    string? Detail,
    DateTimeOffset? At,
    DateTimeOffset? RetryAt
);

/// <summary>A root cause's bad time, and what it drags along.</summary>
/// <param name="NodeId">The cause.</param>
/// <param name="Status">The cause's; at the end, the one that ended it.</param>
/// <param name="Worst">The worst that the cause has had.</param>
/// <param name="At">When it began.</param>
/// <param name="Since">When the cause took its status.</param>
/// <param name="EndedAt">Null while it is open.</param>
/// <param name="Reason">Why the cause has its status; once it is over, why it had the last one that was bad.</param>
/// <param name="FirstReason">Why it began.</param>
/// <param name="EndReason">How it ended; null while it is open.</param>
/// <param name="SuppressedBy">Nodes that the cause depends on and that are not available: it is their consequence, and nobody is told.</param>
/// <param name="Acknowledged">Who has it in hand.</param>
public sealed record IncidentView(
    Guid Id,
    Guid NodeId,
    string Name,
    string? Path,
    string Status,
    string Worst,
    DateTimeOffset At,
    DateTimeOffset Since,
    DateTimeOffset? EndedAt,
    string Reason,
    string FirstReason,
    string? EndReason,
    IReadOnlyList<NodeRef> SuppressedBy,
    AcknowledgementView? Acknowledged,
    IReadOnlyList<AffectedView> Affected,
    IReadOnlyList<NoticeView>? Notices,
    long Position
);

/// <summary>A node by its name; empty for one that is gone.</summary>
public sealed record NodeRef(Guid Id, string Name);

/// <param name="Until">Null while it is bad.</param>
/// <param name="Before">It was bad before this incident began, for another reason.</param>
public sealed record AffectedView(
    Guid NodeId,
    string Name,
    string Status,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    bool Before
);
