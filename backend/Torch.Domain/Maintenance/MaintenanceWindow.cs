using Torch.Domain.Rules;
using Torch.Domain.Schedules;

namespace Torch.Domain.Maintenance;

/// <summary>A maintenance window, folded from its stream, and the decisions on it.</summary>
/// <param name="EndedAt">When somebody last ended it early.</param>
public sealed record MaintenanceWindow(
    Guid Id,
    string Name,
    ValueList<Guid> NodeIds,
    MaintenanceSchedule? Schedule,
    string? Reason,
    DateTimeOffset? EndedAt,
    bool Exists
)
{
    private const int MostNodes = 1_000;

    private static readonly Refusal Gone = new("unknown_window", "There is no such maintenance window.");

    /// <summary>Before its first event.</summary>
    public static MaintenanceWindow Initial { get; } = new(Guid.Empty, "", [], null, null, null, false);

    public static MaintenanceWindow Evolve(MaintenanceWindow window, IEvent @event) =>
        @event switch
        {
            MaintenanceScheduled e => new(e.WindowId, e.Name, new(e.NodeIds), e.Schedule, e.Reason, null, true),
            MaintenanceChanged e => new(e.WindowId, e.Name, new(e.NodeIds), e.Schedule, e.Reason, null, true),
            MaintenanceEnded e => window with { EndedAt = e.At },
            MaintenanceDeleted => window with { Exists = false },
            _ => window,
        };

    /// <param name="now">A window that is over already is refused.</param>
    public static Decision Plan(
        Guid id,
        string name,
        IReadOnlyList<Guid> nodeIds,
        MaintenanceSchedule schedule,
        string? reason,
        DateTimeOffset now
    ) =>
        Problem(name, nodeIds, schedule) is { } problem ? Decision.Refuse(problem.Code, problem.Detail)
        : schedule.FrameAt(now) is null ? Decision.Refuse("over_already", "It would be over already.")
        : Decision.Accept(new MaintenanceScheduled(id, name, nodeIds, schedule, reason));

    /// <summary>Another plan. The one that is in force changes nothing.</summary>
    public Decision Change(string name, IReadOnlyList<Guid> nodeIds, MaintenanceSchedule schedule, string? reason) =>
        !Exists ? Decision.Refuse(Gone.Code, Gone.Detail)
        : Problem(name, nodeIds, schedule) is { } problem ? Decision.Refuse(problem.Code, problem.Detail)
        : name == Name && nodeIds.SequenceEqual(NodeIds) && schedule == Schedule && reason == Reason ? Decision.Nothing
        : Decision.Accept(new MaintenanceChanged(Id, name, nodeIds, schedule, reason));

    /// <summary>Ends what is open of it. Where nothing is, nothing changes.</summary>
    /// <param name="begun">Of a flexible window: until when it lasts, where it has begun.</param>
    public Decision End(DateTimeOffset now, DateTimeOffset? begun = null) =>
        !Exists ? Decision.Refuse(Gone.Code, Gone.Detail)
        : OpenAt(now) is null && !(begun > now) ? Decision.Nothing
        : Decision.Accept(new MaintenanceEnded(Id, now));

    public Decision Delete() =>
        Exists ? Decision.Accept(new MaintenanceDeleted(Id)) : Decision.Refuse(Gone.Code, Gone.Detail);

    /// <summary>The time that it takes place, or may begin, at this moment; null where nothing of it is open.</summary>
    public Occurrence? OpenAt(DateTimeOffset at) =>
        Schedule?.FrameAt(at) is { } frame && frame.From <= at && !(EndedAt >= frame.From) ? frame : null;

    private static Refusal? Problem(string name, IReadOnlyList<Guid> nodeIds, MaintenanceSchedule schedule) =>
        Names.Problem(name) is { } problem ? new("bad_name", problem)
        : nodeIds.Count is 0 or > MostNodes
            ? new("bad_nodes", $"A window covers 1 to {MostNodes} nodes, and all below them.")
        : nodeIds.Distinct().Count() < nodeIds.Count ? new("bad_nodes", "A node stands there twice.")
        : schedule.Problem;
}
