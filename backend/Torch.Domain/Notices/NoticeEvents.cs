namespace Torch.Domain.Notices;

/// <summary>What a message is about.</summary>
public enum NoticeKind
{
    /// <summary>An incident has begun.</summary>
    Problem,

    /// <summary>It has become worse than what was told.</summary>
    Worse,

    /// <summary>Nobody has acknowledged it.</summary>
    Escalation,

    /// <summary>It goes on.</summary>
    Repeat,

    /// <summary>It is over.</summary>
    Recovery,

    /// <summary>Several of these at once.</summary>
    Digest,
}

/// <summary>
/// In the one stream of notices, whose version fences whoever decides: this is to be told, to these channels. The log is the outbox; what
/// became of it stands in the notice's own stream.
/// </summary>
/// <param name="NoticeId">With a channel, it gives each message its id, which stays however often it is sent.</param>
/// <param name="Items">What is told in words; of a large digest the worst.</param>
/// <param name="Rest">Incidents of a large digest beyond those, of which only the number is told.</param>
/// <param name="Escalation">Which one, from 1.</param>
public sealed record NoticeRaised(
    Guid NoticeId,
    Guid RuleId,
    NoticeKind Kind,
    DateTimeOffset At,
    IReadOnlyList<Guid> Channels,
    IReadOnlyList<NoticeItem> Items,
    IReadOnlyList<ToldIncident>? Rest = null,
    int? Escalation = null
) : IEvent;

/// <summary>One incident in a message.</summary>
/// <param name="Name">Of its cause, as it was called then.</param>
/// <param name="Status">The cause's; at the end, the one that ended it.</param>
/// <param name="Severity">The status by which it matters to the rule, the worst among the nodes concerned.</param>
/// <param name="Path">From the root to above the cause; null for a root.</param>
/// <param name="Sentence">Why.</param>
/// <param name="Affected">Names of nodes that it drags along, at most five.</param>
/// <param name="AffectedCount">How many there are.</param>
/// <param name="EndedAt">Of a recovery.</param>
public sealed record NoticeItem(
    Guid IncidentId,
    NoticeKind Kind,
    Guid NodeId,
    string Name,
    string Status,
    string Severity,
    DateTimeOffset Since,
    string? Path,
    string Sentence,
    IReadOnlyList<string> Affected,
    int AffectedCount,
    DateTimeOffset? EndedAt = null
);

/// <summary>An incident of which something was told.</summary>
public sealed record ToldIncident(Guid IncidentId, NoticeKind Kind, string Severity);

/// <summary>In the notice's own stream: a channel has taken it.</summary>
/// <param name="Attempt">From 1.</param>
/// <param name="Detail">What the receiver answered.</param>
public sealed record NoticeDelivered(Guid NoticeId, Guid ChannelId, int Attempt, string Detail) : IEvent;

/// <summary>In the notice's own stream: an attempt failed.</summary>
/// <param name="RetryAt">Null where it is given up.</param>
public sealed record NoticeAttemptFailed(
    Guid NoticeId,
    Guid ChannelId,
    int Attempt,
    string Detail,
    DateTimeOffset? RetryAt
) : IEvent;

/// <summary>In the notice's own stream: somebody wants it sent again, under its old id.</summary>
/// <param name="Notice">What is sent: nobody keeps notices at hand that were delivered.</param>
public sealed record NoticeReplayed(Guid NoticeId, Guid ChannelId, NoticeRaised Notice) : IEvent;
