using Torch.Domain.Schedules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Notices;

/// <summary>In the notice rule's own stream.</summary>
public sealed record NoticeRuleCreated(Guid RuleId, NoticeRuleSettings Settings) : IEvent;

public sealed record NoticeRuleChanged(Guid RuleId, NoticeRuleSettings Settings) : IEvent;

public sealed record NoticeRuleDeleted(Guid RuleId) : IEvent;

/// <summary>Who is told of what.</summary>
/// <param name="NodeIds">These nodes and all below them; all nodes where empty.</param>
/// <param name="AtLeast">A status: what is as severe or worse is told.</param>
/// <param name="Delay">How long a problem must last before it is told.</param>
/// <param name="Gather">How long it is waited, once something is to be told, for what else happens.</param>
/// <param name="Repeat">How often an open incident that nobody acknowledged is told again; null for once.</param>
/// <param name="Recovery">Whether the end is told to whom the problem was.</param>
/// <param name="Quiet">When nothing is told but what breaks through.</param>
public sealed record NoticeRuleSettings(
    string Name,
    bool Enabled,
    IReadOnlyList<Guid> NodeIds,
    string AtLeast,
    IReadOnlyList<Guid> Channels,
    TimeSpan Delay,
    TimeSpan Gather,
    IReadOnlyList<Escalation> Escalations,
    TimeSpan? Repeat = null,
    bool Recovery = true,
    QuietHours? Quiet = null
)
{
    public bool Equals(NoticeRuleSettings? other) =>
        other is not null
        && (Name, Enabled, AtLeast, Delay, Gather, Repeat, Recovery)
            == (other.Name, other.Enabled, other.AtLeast, other.Delay, other.Gather, other.Repeat, other.Recovery)
        && Quiet == other.Quiet
        && NodeIds.SequenceEqual(other.NodeIds)
        && Channels.SequenceEqual(other.Channels)
        && Escalations.SequenceEqual(other.Escalations);

    public override int GetHashCode() => HashCode.Combine(Name, AtLeast, Delay, Gather, Channels.Count);
}

/// <summary>Others are told where nobody has acknowledged by then.</summary>
/// <param name="After">Since the problem was told.</param>
public sealed record Escalation(TimeSpan After, IReadOnlyList<Guid> Channels)
{
    public bool Equals(Escalation? other) =>
        other is not null && After == other.After && Channels.SequenceEqual(other.Channels);

    public override int GetHashCode() => HashCode.Combine(After, Channels.Count);
}

/// <param name="Schedule">A timetable such as <c>daily 22:00-07:00</c>.</param>
/// <param name="TimeZone">An IANA name; null for UTC.</param>
/// <param name="Except">A status: what is as severe or worse is told all the same; null for nothing.</param>
public sealed record QuietHours(string Schedule, string? TimeZone = null, string? Except = null);

/// <summary>A notice rule, folded from its stream, and the decisions on it.</summary>
public sealed record NoticeRule(Guid Id, NoticeRuleSettings? Settings)
{
    private const int MostNodes = 100;
    private const int MostChannels = 20;
    private const int MostEscalations = 10;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestGather = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly Refusal Unknown = new("unknown_notice_rule", "There is no such rule.");

    /// <summary>Before its first event.</summary>
    public static NoticeRule Initial { get; } = new(Guid.Empty, null);

    public bool Exists => Settings is not null;

    public static NoticeRule Evolve(NoticeRule rule, IEvent @event) =>
        @event switch
        {
            NoticeRuleCreated e => new(e.RuleId, e.Settings),
            NoticeRuleChanged e => rule with { Settings = e.Settings },
            NoticeRuleDeleted => rule with { Settings = null },
            _ => rule,
        };

    public static Decision Create(Guid id, NoticeRuleSettings settings, StatusCatalog statuses) =>
        Problem(settings, statuses) is { } problem
            ? Decision.Refuse(problem.Code, problem.Detail)
            : Decision.Accept(new NoticeRuleCreated(id, settings));

    public Decision Change(NoticeRuleSettings settings, StatusCatalog statuses) =>
        !Exists ? Decision.Refuse(Unknown.Code, Unknown.Detail)
        : Problem(settings, statuses) is { } problem ? Decision.Refuse(problem.Code, problem.Detail)
        : Settings == settings ? Decision.Nothing
        : Decision.Accept(new NoticeRuleChanged(Id, settings));

    public Decision Delete() =>
        Exists ? Decision.Accept(new NoticeRuleDeleted(Id)) : Decision.Refuse(Unknown.Code, Unknown.Detail);

    private static Refusal? Problem(NoticeRuleSettings settings, StatusCatalog statuses) =>
        Names.Problem(settings.Name) is { } name ? new("bad_name", name)
        : statuses.Find(settings.AtLeast) is not { Neutral: false, Severity: > 0 }
            ? new("bad_at_least", $"\"{settings.AtLeast}\" is no status that a notice could be about.")
        : settings.NodeIds.Count > MostNodes ? new("bad_nodes", $"A rule names at most {MostNodes} nodes.")
        : settings.Channels.Count is < 1 or > MostChannels
            ? new("bad_channels", $"A rule tells 1 to {MostChannels} channels.")
        : settings.Delay < TimeSpan.Zero || settings.Delay > LongestDelay
            ? new("bad_delay", "A delay is from PT0S to P1D.")
        : settings.Gather < TimeSpan.Zero || settings.Gather > LongestGather
            ? new("bad_gather", "It is gathered for PT0S to PT10M.")
        : settings.Repeat is { } repeat && (repeat < Shortest || repeat > Longest)
            ? new("bad_repeat", "It is told again every PT1M to P30D.")
        : EscalationProblem(settings.Escalations) ?? QuietProblem(settings.Quiet, statuses);

    private static Refusal? EscalationProblem(IReadOnlyList<Escalation> escalations) =>
        escalations.Count > MostEscalations
            ? new("bad_escalations", $"There are at most {MostEscalations} escalations.")
        : escalations.Any(e => e.After < Shortest || e.After > Longest)
            ? new("bad_escalations", "It is escalated after PT1M to P30D.")
        : escalations.Any(e => e.Channels.Count is < 1 or > MostChannels)
            ? new("bad_escalations", $"An escalation tells 1 to {MostChannels} channels.")
        : escalations.Zip(escalations.Skip(1)).Any(p => p.First.After >= p.Second.After)
            ? new("bad_escalations", "Each escalation comes later than the one before.")
        : null;

    private static Refusal? QuietProblem(QuietHours? quiet, StatusCatalog statuses) =>
        quiet is null ? null
        : !Schedule.TryParse(quiet.Schedule, out _) ? new("bad_quiet", $"Quiet hours are {Schedule.Expected}.")
        : quiet.TimeZone is { } zone && !TimeZones.TryFind(zone, out _)
            ? new("bad_quiet", $"A time zone is {TimeZones.Expected}.")
        : quiet.Except is { } except && statuses.Find(except) is not { Neutral: false }
            ? new("bad_quiet", $"\"{except}\" is no status.")
        : null;
}
