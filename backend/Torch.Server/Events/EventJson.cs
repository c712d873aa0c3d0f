using System.Text.Json.Serialization;
using Torch.Contracts.Json;
using Torch.Domain.Agents;
using Torch.Domain.Annotations;
using Torch.Domain.Checks;
using Torch.Domain.History;
using Torch.Domain.Keys;
using Torch.Domain.Maintenance;
using Torch.Domain.Nodes;
using Torch.Domain.Notices;
using Torch.Domain.People;
using Torch.Domain.Pushes;
using Torch.Domain.Retention;
using Torch.Domain.Rules;
using Torch.Domain.Servers;
using Torch.Domain.Slo;
using Torch.Domain.Statuses;
using Torch.Domain.StatusPages;

namespace Torch.Server.Events;

/// <summary>The JSON of every event: camelCase, nulls left out, durations ISO 8601, times UTC, conditions and roll-ups as their text.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(Iso8601DurationConverter),
        typeof(UtcConverter),
        typeof(CamelCaseEnumConverter<Domain.Checks.CheckKind>),
        typeof(CamelCaseEnumConverter<MatchPolicy>),
        typeof(CamelCaseEnumConverter<MaintenanceKind>),
        typeof(CamelCaseEnumConverter<Counting>),
        typeof(CamelCaseEnumConverter<SliKind>),
        typeof(CamelCaseEnumConverter<SloWindowKind>),
        typeof(CamelCaseEnumConverter<CalendarPeriod>),
        typeof(CamelCaseEnumConverter<ChannelKind>),
        typeof(CamelCaseEnumConverter<SmtpSecurity>),
        typeof(CamelCaseEnumConverter<NoticeKind>),
        typeof(CamelCaseEnumConverter<AnnotationKind>),
        typeof(ConditionConverter),
        typeof(RollUpConverter),
    ]
)]
[JsonSerializable(typeof(CheckCreated))]
[JsonSerializable(typeof(CheckChanged))]
[JsonSerializable(typeof(CheckDeleted))]
[JsonSerializable(typeof(ReportReceived))]
[JsonSerializable(typeof(ProbeCompleted))]
[JsonSerializable(typeof(ClockTicked))]
[JsonSerializable(typeof(ServiceResumed))]
[JsonSerializable(typeof(NodeCreated))]
[JsonSerializable(typeof(NodeRenamed))]
[JsonSerializable(typeof(NodeTagged))]
[JsonSerializable(typeof(NodeCheckChanged))]
[JsonSerializable(typeof(NodeStalenessChanged))]
[JsonSerializable(typeof(NodePaused))]
[JsonSerializable(typeof(NodeResumed))]
[JsonSerializable(typeof(NodeDeleted))]
[JsonSerializable(typeof(RulesPublished))]
[JsonSerializable(typeof(ChildLinked))]
[JsonSerializable(typeof(ChildUnlinked))]
[JsonSerializable(typeof(NodeAdded))]
[JsonSerializable(typeof(NodeRemoved))]
[JsonSerializable(typeof(StatusDefined))]
[JsonSerializable(typeof(StatusChanged))]
[JsonSerializable(typeof(StatusRemoved))]
[JsonSerializable(typeof(DependencyAdded))]
[JsonSerializable(typeof(DependencyRemoved))]
[JsonSerializable(typeof(NodeTransitioned))]
[JsonSerializable(typeof(NodeMarked))]
[JsonSerializable(typeof(NodeAcknowledged))]
[JsonSerializable(typeof(AcknowledgementWithdrawn))]
[JsonSerializable(typeof(ManualStatusSet))]
[JsonSerializable(typeof(ManualStatusCleared))]
[JsonSerializable(typeof(NodeServicePeriodChanged))]
[JsonSerializable(typeof(MaintenanceScheduled))]
[JsonSerializable(typeof(MaintenanceChanged))]
[JsonSerializable(typeof(MaintenanceEnded))]
[JsonSerializable(typeof(MaintenanceDeleted))]
[JsonSerializable(typeof(MaintenanceBegan))]
[JsonSerializable(typeof(AnnotationAdded))]
[JsonSerializable(typeof(AnnotationRemoved))]
[JsonSerializable(typeof(HistoryRevised))]
[JsonSerializable(typeof(LateDataFolded))]
[JsonSerializable(typeof(LateWindowChanged))]
[JsonSerializable(typeof(PartitionSealed))]
[JsonSerializable(typeof(PartitionDropped))]
[JsonSerializable(typeof(AgentRegistered))]
[JsonSerializable(typeof(AgentChanged))]
[JsonSerializable(typeof(AgentKeyRotated))]
[JsonSerializable(typeof(AgentRemoved))]
[JsonSerializable(typeof(AgentConnected))]
[JsonSerializable(typeof(AgentLost))]
[JsonSerializable(typeof(ResultsRefused))]
[JsonSerializable(typeof(GapBegan))]
[JsonSerializable(typeof(GapEnded))]
[JsonSerializable(typeof(ResultsLost))]
[JsonSerializable(typeof(ObjectiveCreated))]
[JsonSerializable(typeof(ObjectiveChanged))]
[JsonSerializable(typeof(ObjectiveDeleted))]
[JsonSerializable(typeof(ObjectiveTimeExcluded))]
[JsonSerializable(typeof(ObjectiveExclusionRemoved))]
[JsonSerializable(typeof(PushKeyCreated))]
[JsonSerializable(typeof(PushKeyRemoved))]
[JsonSerializable(typeof(RunStarted))]
[JsonSerializable(typeof(NoteReceived))]
[JsonSerializable(typeof(ChannelCreated))]
[JsonSerializable(typeof(ChannelChanged))]
[JsonSerializable(typeof(ChannelSecretRotated))]
[JsonSerializable(typeof(ChannelDisabled))]
[JsonSerializable(typeof(ChannelTested))]
[JsonSerializable(typeof(ChannelDeleted))]
[JsonSerializable(typeof(NoticeRuleCreated))]
[JsonSerializable(typeof(NoticeRuleChanged))]
[JsonSerializable(typeof(NoticeRuleDeleted))]
[JsonSerializable(typeof(NoticeRaised))]
[JsonSerializable(typeof(NoticeDelivered))]
[JsonSerializable(typeof(NoticeAttemptFailed))]
[JsonSerializable(typeof(NoticeReplayed))]
[JsonSerializable(typeof(StatusPageCreated))]
[JsonSerializable(typeof(StatusPageChanged))]
[JsonSerializable(typeof(StatusPageDeleted))]
[JsonSerializable(typeof(ServerStarted))]
[JsonSerializable(typeof(ServerStopped))]
[JsonSerializable(typeof(ServerMeasured))]
[JsonSerializable(typeof(DatabaseRegained))]
[JsonSerializable(typeof(ProjectionRebuilt))]
[JsonSerializable(typeof(IReadOnlyList<Torch.Domain.Incidents.Affected>))]
[JsonSerializable(typeof(PersonCreated))]
[JsonSerializable(typeof(PersonChanged))]
[JsonSerializable(typeof(PersonRemoved))]
[JsonSerializable(typeof(PasswordChanged))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(SignInRefused))]
[JsonSerializable(typeof(SessionRevoked))]
[JsonSerializable(typeof(ApiKeyCreated))]
[JsonSerializable(typeof(ApiKeyChanged))]
[JsonSerializable(typeof(ApiKeyRotated))]
[JsonSerializable(typeof(ApiKeyRevoked))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
internal sealed partial class EventJson : JsonSerializerContext
{
    /// <summary>Every event type that stands on disk. A test compares it with the domain's.</summary>
    public static IReadOnlyList<Type> EventTypes { get; } =
    [
        typeof(CheckCreated),
        typeof(CheckChanged),
        typeof(CheckDeleted),
        typeof(ReportReceived),
        typeof(ProbeCompleted),
        typeof(ClockTicked),
        typeof(ServiceResumed),
        typeof(NodeCreated),
        typeof(NodeRenamed),
        typeof(NodeTagged),
        typeof(NodeCheckChanged),
        typeof(NodeStalenessChanged),
        typeof(NodePaused),
        typeof(NodeResumed),
        typeof(NodeDeleted),
        typeof(RulesPublished),
        typeof(ChildLinked),
        typeof(ChildUnlinked),
        typeof(NodeAdded),
        typeof(NodeRemoved),
        typeof(StatusDefined),
        typeof(StatusChanged),
        typeof(StatusRemoved),
        typeof(DependencyAdded),
        typeof(DependencyRemoved),
        typeof(NodeTransitioned),
        typeof(NodeMarked),
        typeof(NodeAcknowledged),
        typeof(AcknowledgementWithdrawn),
        typeof(ManualStatusSet),
        typeof(ManualStatusCleared),
        typeof(NodeServicePeriodChanged),
        typeof(MaintenanceScheduled),
        typeof(MaintenanceChanged),
        typeof(MaintenanceEnded),
        typeof(MaintenanceDeleted),
        typeof(MaintenanceBegan),
        typeof(AnnotationAdded),
        typeof(AnnotationRemoved),
        typeof(HistoryRevised),
        typeof(LateDataFolded),
        typeof(LateWindowChanged),
        typeof(PartitionSealed),
        typeof(PartitionDropped),
        typeof(AgentRegistered),
        typeof(AgentChanged),
        typeof(AgentKeyRotated),
        typeof(AgentRemoved),
        typeof(AgentConnected),
        typeof(AgentLost),
        typeof(ResultsRefused),
        typeof(GapBegan),
        typeof(GapEnded),
        typeof(ResultsLost),
        typeof(ObjectiveCreated),
        typeof(ObjectiveChanged),
        typeof(ObjectiveDeleted),
        typeof(ObjectiveTimeExcluded),
        typeof(ObjectiveExclusionRemoved),
        typeof(PushKeyCreated),
        typeof(PushKeyRemoved),
        typeof(RunStarted),
        typeof(NoteReceived),
        typeof(ChannelCreated),
        typeof(ChannelChanged),
        typeof(ChannelSecretRotated),
        typeof(ChannelDisabled),
        typeof(ChannelTested),
        typeof(ChannelDeleted),
        typeof(NoticeRuleCreated),
        typeof(NoticeRuleChanged),
        typeof(NoticeRuleDeleted),
        typeof(NoticeRaised),
        typeof(NoticeDelivered),
        typeof(NoticeAttemptFailed),
        typeof(NoticeReplayed),
        typeof(PersonCreated),
        typeof(PersonChanged),
        typeof(PersonRemoved),
        typeof(PasswordChanged),
        typeof(SignedIn),
        typeof(SignInRefused),
        typeof(SessionRevoked),
        typeof(ApiKeyCreated),
        typeof(ApiKeyChanged),
        typeof(ApiKeyRotated),
        typeof(ApiKeyRevoked),
        typeof(StatusPageCreated),
        typeof(StatusPageChanged),
        typeof(StatusPageDeleted),
        typeof(ServerStarted),
        typeof(ServerStopped),
        typeof(ServerMeasured),
        typeof(DatabaseRegained),
        typeof(ProjectionRebuilt),
    ];
}
