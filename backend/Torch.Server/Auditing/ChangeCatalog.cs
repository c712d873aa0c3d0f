using System.Collections.Frozen;
using Torch.Domain;
using Torch.Domain.Agents;
using Torch.Domain.Annotations;
using Torch.Domain.Checks;
using Torch.Domain.Keys;
using Torch.Domain.Maintenance;
using Torch.Domain.Nodes;
using Torch.Domain.Notices;
using Torch.Domain.People;
using Torch.Domain.Pushes;
using Torch.Domain.Slo;
using Torch.Domain.Statuses;
using Torch.Domain.StatusPages;
using Torch.Server.Events;
using static Torch.Server.Auditing.Change;

namespace Torch.Server.Auditing;

/// <summary>Which events are changes that somebody made, and what each of them changes.</summary>
internal static class ChangeCatalog
{
    /// <summary>By the events' names on disk.</summary>
    public static readonly FrozenDictionary<string, ChangeForm> Forms = new[]
    {
        Form<NodeCreated>("node", "nodeId", Members("name", "checkId", "tags")),
        Form<NodeRenamed>("node", "nodeId", Members("name")),
        Form<NodeTagged>("node", "nodeId", Members("tags")),
        Form<NodeCheckChanged>("node", "nodeId", Members("checkId")),
        Form<NodeStalenessChanged>("node", "nodeId", Members("staleness")),
        Form<NodeServicePeriodChanged>("node", "nodeId", Members("servicePeriod")),
        Form<NodePaused>("node", "nodeId", Fixed("paused", true)),
        Form<NodeResumed>("node", "nodeId", Fixed("paused", false)),
        Form<NodeAcknowledged>("node", "nodeId", Together("acknowledgement", "reason", "until")),
        Form<AcknowledgementWithdrawn>("node", "nodeId", Together("acknowledgement")),
        Form<ManualStatusSet>("node", "nodeId", Together("manualStatus", "status", "reason", "until")),
        Form<ManualStatusCleared>("node", "nodeId", Together("manualStatus")),
        Form<RulesPublished>("node", "nodeId", Published),
        Form<NodeDeleted>("node", "nodeId", null),
        Form<ChildLinked>(
            "node",
            "childId",
            Keyed("childId", "parents", "parentId", "weight", "required", "contribution")
        ),
        Form<ChildUnlinked>("node", "childId", Keyed("childId", "parents", "parentId")),
        Form<DependencyAdded>("node", "nodeId", Keyed("nodeId", "dependencies", "dependsOnId", "dependsOnId")),
        Form<DependencyRemoved>("node", "nodeId", Keyed("nodeId", "dependencies", "dependsOnId")),
        Form<AnnotationAdded>("node", "nodeId", Together("annotation", "kind", "text", "link", "at")),
        Form<AnnotationRemoved>("node", "nodeId", Together("annotation")),
        Form<CheckCreated>("check", "checkId", Settings),
        Form<CheckChanged>("check", "checkId", Settings),
        Form<CheckDeleted>("check", "checkId", null),
        Form<StatusDefined>("status", "name", Keyed("name", "", "name", StatusMembers)),
        Form<StatusChanged>("status", "name", Keyed("name", "", "name", StatusMembers)),
        Form<StatusRemoved>("status", "name", Keyed("name", "", "name")),
        Form<MaintenanceScheduled>("maintenance", "windowId", Members("name", "nodeIds", "schedule", "reason")),
        Form<MaintenanceChanged>("maintenance", "windowId", Members("name", "nodeIds", "schedule", "reason")),
        Form<MaintenanceEnded>("maintenance", "windowId", Together("ended", "at")),
        Form<MaintenanceDeleted>("maintenance", "windowId", null),
        Form<ObjectiveCreated>("objective", "objectiveId", Settings),
        Form<ObjectiveChanged>("objective", "objectiveId", Settings),
        Form<ObjectiveDeleted>("objective", "objectiveId", null),
        Form<ObjectiveTimeExcluded>(
            "objective",
            "objectiveId",
            Keyed("objectiveId", "exclusions", "exclusionId", "from", "to", "reason")
        ),
        Form<ObjectiveExclusionRemoved>("objective", "objectiveId", Keyed("objectiveId", "exclusions", "exclusionId")),
        Form<ChannelCreated>("channel", "channelId", Settings),
        Form<ChannelChanged>("channel", "channelId", Settings),
        Form<ChannelSecretRotated>("channel", "channelId", Together("formerSecret", "formerUntil")),
        Form<ChannelDeleted>("channel", "channelId", null),
        Form<NoticeRuleCreated>("noticeRule", "ruleId", Settings),
        Form<NoticeRuleChanged>("noticeRule", "ruleId", Settings),
        Form<NoticeRuleDeleted>("noticeRule", "ruleId", null),
        Form<PushKeyCreated>("pushKey", "pushKeyId", Members("name", "source", "prefix")),
        Form<PushKeyRemoved>("pushKey", "pushKeyId", null),
        Form<StatusPageCreated>("statusPage", "pageId", Settings),
        Form<StatusPageChanged>("statusPage", "pageId", Settings),
        Form<StatusPageDeleted>("statusPage", "pageId", null),
        Form<AgentRegistered>("agent", "agentId", Members("name", "location")),
        Form<AgentChanged>("agent", "agentId", Members("name", "location")),
        Form<AgentKeyRotated>("agent", "agentId", Together("formerKey", "previousUntil")),
        Form<AgentRemoved>("agent", "agentId", null),
        Form<PersonCreated>("person", "personId", KeyedSettings("personId", PersonMembers)),
        Form<PersonChanged>("person", "personId", KeyedSettings("personId", PersonMembers)),
        Form<PersonRemoved>("person", "personId", KeyedEnd("personId", PersonMembers)),
        Form<PasswordChanged>("person", "personId", KeyedEnd("personId")),
        Form<ApiKeyCreated>("key", "keyId", KeyedSettings("keyId", KeyMembers)),
        Form<ApiKeyChanged>("key", "keyId", KeyedSettings("keyId", KeyMembers)),
        Form<ApiKeyRotated>("key", "keyId", Keyed("keyId", "formerKey", "previousUntil", "previousUntil")),
        Form<ApiKeyRevoked>("key", "keyId", KeyedEnd("keyId", KeyMembers)),
        Form<SignedIn>("person", "personId", null) with
        {
            IsTold = true,
        },
        Form<SignInRefused>("sign-in", "name", null) with
        {
            IsTold = true,
        },
        Form<SessionRevoked>("session", "sessionId", null) with
        {
            IsTold = true,
        },
    }.ToFrozenDictionary(f => f.Type, StringComparer.Ordinal);

    private static string[] PersonMembers => ["name", "role", "fullName", "hierarchies"];

    private static string[] KeyMembers => ["name", "scopes", "sourcePrefix", "expiresAt", "perSecond"];

    private static string[] StatusMembers => ["label", "severity", "available", "shape", "colour"];

    private static ChangeForm Form<TEvent>(string kind, string subject, Change.Reader? read)
        where TEvent : IEvent => new(EventCodec.AliasOf<TEvent>(), kind, subject, read);
}

/// <summary>One kind of change.</summary>
/// <param name="Type">The event's name on disk.</param>
/// <param name="Kind">Of its subject: <c>node</c>, <c>check</c>, <c>status</c>, <c>maintenance</c>, <c>objective</c>, <c>channel</c>, <c>noticeRule</c>, <c>pushKey</c>, <c>statusPage</c>, <c>agent</c>, <c>person</c>, <c>key</c>, <c>session</c>, <c>sign-in</c>.</param>
/// <param name="Subject">The member of its data that names the subject.</param>
/// <param name="Read">What it gives the subject; null where it ends it.</param>
internal sealed record ChangeForm(string Type, string Kind, string Subject, Change.Reader? Read)
{
    /// <summary>It changes nothing that stays: what it says is all there is to tell, and its stream need not be folded.</summary>
    public bool IsTold { get; init; }
}
