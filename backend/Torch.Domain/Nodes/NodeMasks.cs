using Torch.Domain.Schedules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Nodes;

public sealed partial record Node
{
    /// <summary>The last acknowledgement; whether it still stands, the evaluator knows.</summary>
    public NodeAcknowledged? Acknowledged { get; init; }

    /// <summary>The last status given by hand; it may have lapsed.</summary>
    public ManualStatusSet? Manual { get; init; }

    /// <summary>Null for always.</summary>
    public ServicePeriod? ServicePeriod { get; init; }

    private static Node EvolveMasks(Node node, IEvent @event) =>
        @event switch
        {
            NodeAcknowledged e => node with { Acknowledged = e },
            AcknowledgementWithdrawn => node with { Acknowledged = null },
            ManualStatusSet e => node with { Manual = e },
            ManualStatusCleared => node with { Manual = null },
            NodeServicePeriodChanged e => node with { ServicePeriod = e.ServicePeriod },
            _ => node,
        };

    /// <param name="hasProblem">Only a problem can be acknowledged.</param>
    /// <param name="stands">Whether the last acknowledgement still does.</param>
    public Decision Acknowledge(
        string reason,
        DateTimeOffset? until,
        bool hasProblem,
        bool stands,
        DateTimeOffset now
    ) =>
        this switch
        {
            { Exists: false } => Refuse(Gone),
            _ when until <= now => Decision.Refuse("until_in_the_past", "It would have lapsed already."),
            _ when stands && Acknowledged is { } last && last.Reason == reason && last.Until == until =>
                Decision.Nothing,
            _ when !hasProblem => Decision.Refuse(
                "nothing_to_acknowledge",
                $"{Name} has no problem that could be acknowledged."
            ),
            _ => Decision.Accept(new NodeAcknowledged(Id, reason, until)),
        };

    /// <param name="stands">Whether the last acknowledgement still does.</param>
    public Decision WithdrawAcknowledgement(bool stands) =>
        !Exists ? Refuse(Gone)
        : Acknowledged is null || !stands ? Decision.Nothing
        : Decision.Accept(new AcknowledgementWithdrawn(Id));

    /// <summary>Gives it a status by hand. Pauses and maintenance have commands of their own.</summary>
    public Decision SetStatus(
        string status,
        string reason,
        DateTimeOffset? until,
        DateTimeOffset now,
        StatusCatalog? statuses = null
    ) =>
        this switch
        {
            { Exists: false } => Refuse(Gone),
            _ when (statuses ?? StatusCatalog.BuiltIn).Find(status) is not { Neutral: false } => Decision.Refuse(
                "unknown_status",
                $"\"{status}\" is no status that can be given by hand."
            ),
            _ when until <= now => Decision.Refuse("until_in_the_past", "It would have lapsed already."),
            _ when HasManual(now) && Manual!.Status == status && Manual.Reason == reason && Manual.Until == until =>
                Decision.Nothing,
            _ => Decision.Accept(new ManualStatusSet(Id, status, reason, until)),
        };

    public Decision ClearStatus(DateTimeOffset now) =>
        !Exists ? Refuse(Gone)
        : HasManual(now) ? Decision.Accept(new ManualStatusCleared(Id))
        : Decision.Nothing;

    /// <param name="period">Null for always.</param>
    public Decision ServeIn(ServicePeriod? period) =>
        this switch
        {
            { Exists: false } => Refuse(Gone),
            _ when period is not null && !Schedule.TryParse(period.Schedule, out _) => Decision.Refuse(
                "bad_service_period",
                $"A service period is {Schedule.Expected}."
            ),
            _ when period?.TimeZone is { } zone && !TimeZones.TryFind(zone, out _) => Decision.Refuse(
                "bad_service_period",
                $"A time zone is {TimeZones.Expected}."
            ),
            _ when period == ServicePeriod => Decision.Nothing,
            _ => Decision.Accept(new NodeServicePeriodChanged(Id, period)),
        };

    private bool HasManual(DateTimeOffset now) => Manual is not null && !(Manual.Until <= now);
}
