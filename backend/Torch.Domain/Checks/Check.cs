using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Domain.Agents;

namespace Torch.Domain.Checks;

/// <summary>A check's settings, folded from its stream, and the decisions on them.</summary>
/// <param name="Settings">Null before it was created and after it was deleted.</param>
public sealed record Check(Guid Id, CheckSettings? Settings)
{
    /// <summary>Before its first event.</summary>
    public static Check Initial { get; } = new(Guid.Empty, null);

    public bool Exists => Settings is not null;

    public static Check Fold(IEnumerable<IEvent> events) => events.Aggregate(Initial, Evolve);

    public static Check Evolve(Check check, IEvent @event) =>
        @event switch
        {
            CheckCreated e => new(e.CheckId, e.Settings),
            CheckChanged e => check with { Settings = e.Settings },
            CheckDeleted => check with { Settings = null },
            _ => check,
        };

    public static Decision Create(Check check, Guid id, CheckSettings settings) =>
        check.Exists ? Decision.Refuse("check_exists", $"{check.Settings!.Name} exists already.")
        : Problem(settings) is { } problem ? Decision.Refuse(problem.Code, problem.Detail)
        : Decision.Accept(new CheckCreated(id, settings));

    /// <summary>Other settings. Those that are in force change nothing.</summary>
    public Decision Change(CheckSettings settings) =>
        this switch
        {
            { Settings: null } => Decision.Refuse("unknown_check", "There is no such check."),
            { Settings.Kind: var kind } when kind != settings.Kind && !AreTold(kind, settings.Kind) => Decision.Refuse(
                "kind_changed",
                "A check keeps its kind: its observations would not compare. Create another one."
            ),
            _ when Problem(settings) is { } problem => Decision.Refuse(problem.Code, problem.Detail),
            _ when Same(Settings!, settings) => Decision.Nothing,
            _ => Decision.Accept(new CheckChanged(Id, settings)),
        };

    /// <param name="nodeIds">The nodes that show it: it goes only when none does.</param>
    public Decision Delete(IReadOnlyCollection<Guid> nodeIds) =>
        !Exists ? Decision.Refuse("unknown_check", "There is no such check.")
        : nodeIds.Count > 0
            ? Decision.Refuse(
                "check_in_use",
                $"{nodeIds.Count} nodes show {Settings!.Name}: {string.Join(", ", nodeIds)}. Delete them, or let them show another check."
            )
        : Decision.Accept(new CheckDeleted(Id));

    private static Refusal? Problem(CheckSettings settings) =>
        settings switch
        {
            _ when Names.Problem(settings.Name) is { } problem => new("bad_name", problem),
            _ when IsMissing(settings) => new("settings_missing", $"A {settings.Kind} check needs its settings."),
            { Kind: not (CheckKind.Report or CheckKind.Heartbeat), Interval: null, Cron: null } => new(
                "interval_missing",
                "A probe needs an interval, or a cron expression."
            ),
            _ when CronSettings.Problem(settings) is { } problem => problem,
            { Interval: { } i } when i < TimeSpan.FromSeconds(1) || i > LongestInterval(settings.Kind) => new(
                "interval_out_of_range",
                "An interval is from 1 second to 1 day, a heartbeat's to 366 days."
            ),
            { Grace: { } g } when g < TimeSpan.Zero || g > Year => new(
                "grace_out_of_range",
                "A grace is at most 366 days."
            ),
            { Decide: { } decide } when !Locations.IsDecision(decide, settings.Locations?.Count ?? 1) => new(
                "bad_decision",
                "any, all, or a number up to that of the locations decide."
            ),
            { Timeout: { } t } when t < TimeSpan.FromMilliseconds(100) || t > TimeSpan.FromMinutes(5) => new(
                "timeout_out_of_range",
                "A timeout is from 100 milliseconds to 5 minutes."
            ),
            { Staleness: { TotalSeconds: < 1 } or { TotalDays: > 365 } } => new(
                "staleness_out_of_range",
                "Staleness is from 1 second to 365 days."
            ),
            _ => null,
        };

    // A heartbeat is a report that is expected: what was observed is the same.
    private static bool AreTold(CheckKind one, CheckKind other) =>
        one is CheckKind.Report or CheckKind.Heartbeat && other is CheckKind.Report or CheckKind.Heartbeat;

    private static readonly TimeSpan Year = TimeSpan.FromDays(366);

    private static TimeSpan LongestInterval(CheckKind kind) =>
        kind == CheckKind.Heartbeat ? Year : TimeSpan.FromDays(1);

    private static bool IsMissing(CheckSettings settings) =>
        settings switch
        {
            { Kind: CheckKind.Http } => settings.Http is null,
            { Kind: CheckKind.Tcp } => settings.Tcp is null,
            { Kind: CheckKind.Tls } => settings.Tls is null,
            { Kind: CheckKind.Dns } => settings.Dns is null,
            { Kind: CheckKind.Icmp } => settings.Icmp is null,
            { Kind: CheckKind.Postgres } => settings.Postgres is null,
            { Kind: CheckKind.Feed } => settings.Feed is null,
            { Kind: CheckKind.Report or CheckKind.Heartbeat } => settings.Source is null,
            _ => false,
        };

    // Lists and headers compare by what they hold, and the order of headers does not matter: as it is with JSON.
    private static bool Same(CheckSettings a, CheckSettings b) =>
        JsonNode.DeepEquals(JsonSerializer.SerializeToNode(a), JsonSerializer.SerializeToNode(b));
}
