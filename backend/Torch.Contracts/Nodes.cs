using System.Text.Json;
using System.Text.Json.Serialization;

namespace Torch.Contracts;

/// <summary>A new node. Without a parent it is the root of a hierarchy; with a check it is a leaf.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Weight">Of the edge to the parent; 1 where absent, more than 0 and at most 1,000.</param>
/// <param name="Tags">At most 50, each 1 to 100 characters; <c>key=value</c> or a word.</param>
public sealed record CreateNode(
    string Name,
    Guid? ParentId = null,
    Guid? CheckId = null,
    decimal? Weight = null,
    IReadOnlyList<string>? Tags = null
);

/// <summary>What is to change; absent means as it is.</summary>
/// <param name="CheckId">Another check for a leaf.</param>
/// <param name="Paused">True switches the node off, false on again.</param>
/// <param name="Staleness">How old the last observation may be; null takes the check's own again.</param>
/// <param name="Reason">Kept with the change.</param>
/// <param name="ServicePeriod">When it is meant to be there; null for always.</param>
public sealed record ChangeNode(
    string? Name = null,
    IReadOnlyList<string>? Tags = null,
    Guid? CheckId = null,
    bool? Paused = null,
    TimeSpan? Staleness = null,
    string? Reason = null,
    ServicePeriodSettings? ServicePeriod = null
);

/// <param name="FromParentId">Which parent it leaves; needed when there are several.</param>
/// <param name="ParentId">Where it goes; null makes it a root.</param>
public sealed record MoveNode(Guid? ParentId, Guid? FromParentId = null);

/// <summary>The edge between a child and a parent.</summary>
/// <param name="Contribution">How the child's status counts: <c>as-is</c>, <c>ignore</c>, ... see the rules reference.</param>
public record EdgeSettings(decimal? Weight = null, bool? Required = null, string? Contribution = null);

/// <summary>A node with its status.</summary>
/// <param name="Since">When it took this status.</param>
/// <param name="StatusReason">One sentence that says why: of one node, why it has the status now; in lists, why it took it, as it was at <paramref name="Since"/>.</param>
/// <param name="Weight">Of the edge to its first parent; 1 for a root.</param>
/// <param name="Version">The ETag.</param>
/// <param name="Position">The log position that this answer reflects.</param>
/// <param name="Flapping">There while it changes too often to be believed.</param>
/// <param name="Acknowledged">There while somebody has its problem in hand.</param>
/// <param name="Maintenance">There while a window covers it.</param>
/// <param name="Manual">There while somebody has given it a status by hand.</param>
/// <param name="Pending">There while another status waits to count; in the answer for one node only.</param>
/// <param name="SuppressedBy">Nodes that it depends on and that are not available, where its problem came as their consequence.</param>
public sealed record NodeView(
    Guid Id,
    string Name,
    IReadOnlyList<Guid> ParentIds,
    Guid? CheckId,
    CheckKind? CheckKind,
    string Status,
    DateTimeOffset Since,
    string? StatusReason,
    IReadOnlyList<string> Tags,
    decimal Weight,
    bool Paused,
    TimeSpan? Staleness,
    IReadOnlyList<EdgeView> Children,
    IReadOnlyList<NodeCrumb> Path,
    long Version,
    long Position,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Flapping = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AcknowledgementView? Acknowledged = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MaintenanceMark? Maintenance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ManualStatusView? Manual = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PendingView? Pending = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ServicePeriodSettings? ServicePeriod = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? InService = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Guid>? SuppressedBy = null
);

/// <summary>One step of the way from the root to a node, along first parents; the node itself is the last.</summary>
public sealed record NodeCrumb(Guid Id, string Name);

/// <summary>A child as its parent sees it.</summary>
public sealed record EdgeView(
    Guid Id,
    string Name,
    string Status,
    DateTimeOffset Since,
    Guid? CheckId,
    CheckKind? CheckKind,
    decimal Weight,
    bool Required,
    string Contribution
);

/// <summary>What a node depends on, and what depends on it. Reachability, not roll-up: no status follows from it.</summary>
/// <param name="SuppressedBy">Nodes that it depends on, at any distance, and that are not available, where its problem came as their consequence.</param>
public sealed record DependenciesView(
    Guid NodeId,
    IReadOnlyList<DependencyView> DependsOn,
    IReadOnlyList<DependencyView> Dependants,
    IReadOnlyList<Guid> SuppressedBy,
    long Position
);

/// <summary>The node at the other end of a dependency.</summary>
public sealed record DependencyView(
    Guid NodeId,
    string Name,
    string Status,
    DateTimeOffset Since,
    DateTimeOffset AddedAt,
    string? AddedBy
);

/// <summary>A subtree with statuses.</summary>
/// <param name="StatusReason">Why it took this status, as it was at <paramref name="Since"/>.</param>
/// <param name="Flapping">There while it changes too often to be believed.</param>
/// <param name="Acknowledged">There while somebody has its problem in hand.</param>
/// <param name="Maintenance">There while a window covers it.</param>
/// <param name="Manual">There while somebody has given it a status by hand.</param>
/// <param name="Weight">Of the edge to the parent that it is shown under; absent for a root, and where it is 1.</param>
public sealed record TreeNode(
    Guid Id,
    string Name,
    string Status,
    DateTimeOffset Since,
    string? StatusReason,
    Guid? CheckId,
    CheckKind? CheckKind,
    IReadOnlyList<string> Tags,
    bool Paused,
    IReadOnlyList<TreeNode> Children,
    long Position,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Flapping = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AcknowledgementView? Acknowledged = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MaintenanceMark? Maintenance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ManualStatusView? Manual = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Guid>? SuppressedBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? Weight = null
);

/// <summary>One change of status.</summary>
/// <param name="At">When it took effect.</param>
/// <param name="Position">Of the transition in the log, or of the revision that brought it.</param>
/// <param name="RecordedAt">When it was learned: much later than <paramref name="At"/> where it follows from observations that came late.</param>
/// <param name="Suppressed">Nodes that it depends on and that were not available then: this problem was their consequence.</param>
public sealed record TransitionView(
    Guid NodeId,
    string NodeName,
    string From,
    string To,
    DateTimeOffset At,
    string? Reason,
    long Position,
    DateTimeOffset RecordedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Guid>? Suppressed = null
);

/// <summary>A node's past as it is now known to have been: observations came late.</summary>
/// <param name="From">The earliest moment that changed.</param>
/// <param name="To">The latest one.</param>
public sealed record RevisionView(Guid NodeId, string NodeName, DateTimeOffset From, DateTimeOffset To, long Position);

/// <summary>A status: data, not code.</summary>
/// <param name="Available">Null: left out of availability.</param>
/// <param name="Colour"><c>#rrggbb</c> of a workspace's own status; built-in ones have those of the theme.</param>
public sealed record StatusView(
    string Name,
    string Label,
    int? Severity,
    bool? Available,
    string Shape,
    bool BuiltIn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Colour = null
);

/// <summary>A new status of the workspace's own.</summary>
/// <param name="Name">As rules and reports write it: 1 to 40 lower-case letters, digits and hyphens.</param>
/// <param name="Label">For people, at most 60 characters.</param>
/// <param name="Severity">0 to 100, higher is worse; null for a neutral one, which leaves its parent's denominator.</param>
/// <param name="Available">Null: left out of availability.</param>
/// <param name="Shape">circle, triangle, hollow-circle, diamond, square, octagon, wrench or bars.</param>
/// <param name="Colour"><c>#rrggbb</c>.</param>
public sealed record DefineStatus(
    string Name,
    string Label,
    int? Severity,
    bool? Available,
    string Shape,
    string Colour
);

/// <summary>What a status of the workspace's own is from now on; its name stays.</summary>
/// <inheritdoc cref="DefineStatus"/>
public sealed record StatusSettings(string Label, int? Severity, bool? Available, string Shape, string Colour);

/// <summary>A rule as people write it.</summary>
/// <param name="When">The condition: text such as <c>count(children where status >= critical) >= 2</c>, or its JSON tree.</param>
/// <param name="Then">The status that it gives.</param>
/// <param name="Attempts">How many results in a row must match before it counts; 1 where absent.</param>
/// <param name="For">How long it must hold before it counts.</param>
public sealed record RuleRequest(
    JsonElement When,
    string Then,
    int? Attempts = null,
    TimeSpan? For = null,
    string? Name = null
);

/// <summary>The rules of a node, in order.</summary>
/// <param name="RollUp"><c>worst</c> where absent.</param>
/// <param name="Match"><c>first</c> (default) or <c>worst</c>.</param>
/// <param name="TimeZone">Of the clock that <c>hour</c>, <c>day</c> and <c>during</c> look at: an IANA name, UTC where absent.</param>
public record PublishRules(
    IReadOnlyList<RuleRequest> Rules,
    string? RollUp = null,
    string? Match = null,
    string? Reason = null,
    TimingSettings? Timing = null,
    string? TimeZone = null
);

/// <summary>A rule as Torch keeps it, in both forms.</summary>
/// <param name="Text">The whole rule as a sentence.</param>
/// <param name="Tree">The condition as JSON.</param>
public sealed record RuleView(
    string When,
    JsonElement Tree,
    string Then,
    int Attempts,
    TimeSpan? For,
    string? Name,
    string Text
);

/// <summary>A publication of rules. To show what changed, compare two.</summary>
/// <param name="Version">Counts publications, from 1.</param>
/// <param name="Author">Who published it.</param>
/// <param name="At">When it came into force.</param>
/// <param name="Position">At which it came into force.</param>
public sealed record RulesVersionView(
    long Version,
    string? Author,
    DateTimeOffset At,
    string? Reason,
    IReadOnlyList<RuleView> Rules,
    string RollUp,
    string Match,
    long Position,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TimingSettings? Timing = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TimeZone = null
);

/// <summary>The rules in force.</summary>
/// <param name="Warnings">Sentences on what has become of them: a child that a rule names was renamed or is gone. Absent where all is well.</param>
/// <param name="Version">Counts publications: 0 before the first. <paramref name="ETag"/> is the node's version.</param>
public sealed record RulesView(
    Guid NodeId,
    IReadOnlyList<RuleView> Rules,
    string RollUp,
    string Match,
    string? Reason,
    string? Author,
    DateTimeOffset? PublishedAt,
    long Version,
    long ETag,
    long Position,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TimingSettings? Timing = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TimeZone = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Warnings = null
);

/// <summary>Why a node has its status.</summary>
/// <param name="Sentence">The answer in words.</param>
/// <param name="Decider"><c>rule</c>, <c>roll-up</c>, <c>check</c>, <c>timing</c>, <c>mask</c> or <c>nothing</c>.</param>
/// <param name="RuleIndex">From 0, where a rule decided.</param>
/// <param name="RulesVersion">The publication that was in force.</param>
/// <param name="RootCauses">The leaves that decided it, with their observations.</param>
/// <param name="Flapping">There while it changes too often to be believed.</param>
/// <param name="Acknowledged">There while somebody has its problem in hand.</param>
/// <param name="Maintenance">There while a window covers it.</param>
/// <param name="Manual">There while somebody has given it a status by hand.</param>
/// <param name="Pending">There while another status waits to count.</param>
/// <param name="Underneath">There while it shows something else than its rules say: what they say. Rules, children and causes speak of that.</param>
/// <param name="Locations">There where its check runs from several: what each finds.</param>
public sealed record Explanation(
    Guid NodeId,
    string Name,
    string Status,
    DateTimeOffset Since,
    string Sentence,
    string Decider,
    int? RuleIndex,
    long RulesVersion,
    IReadOnlyList<RuleExplanation> Rules,
    string? RollUp,
    IReadOnlyList<DecidingChild> DecidingChildren,
    IReadOnlyList<RootCause> RootCauses,
    long Position,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Flapping = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AcknowledgementView? Acknowledged = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MaintenanceMark? Maintenance = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ManualStatusView? Manual = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PendingView? Pending = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UnderneathView? Underneath = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Guid>? SuppressedBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyList<LocationStatus>? Locations = null
);

/// <summary>What one of several locations finds.</summary>
/// <param name="Because">The second half of a sentence: <c>the probe failed (refused)</c>.</param>
/// <param name="Observation">Its last one; null where it never had one.</param>
public sealed record LocationStatus(string Location, string Status, string Because, ObservationView? Observation);

/// <param name="Result"><c>true</c>, <c>false</c>, <c>not reached</c>, or <c>pending</c>: it holds, but not yet long or often enough.</param>
public sealed record RuleExplanation(
    string? Name,
    string Then,
    string Result,
    IReadOnlyList<ClauseExplanation> Clauses
);

/// <summary>One clause of a rule with what it saw.</summary>
/// <param name="Actual">The value, for people; null where there was none.</param>
public sealed record ClauseExplanation(string Text, string? Actual, string Result);

/// <param name="CountsAs">Its status after the edge's contribution; null when it is left out.</param>
public sealed record DecidingChild(Guid NodeId, string Name, string Status, string? CountsAs);

/// <param name="Path">Node ids from the explained node (exclusive) to the leaf (inclusive).</param>
public sealed record RootCause(
    Guid NodeId,
    string Name,
    string Status,
    Guid? CheckId,
    string Sentence,
    IReadOnlyList<Guid> Path,
    ObservationView? Observation
);

/// <summary>A draft's verdict on current data; nothing is written.</summary>
/// <param name="Errors">What is wrong with the draft, with where; empty when it can be published.</param>
public sealed record DraftEvaluation(
    string? Status,
    string? Sentence,
    string? Decider,
    int? RuleIndex,
    IReadOnlyList<RuleExplanation> Rules,
    IReadOnlyList<RuleView> Parsed,
    IReadOnlyList<RuleError> Errors
);

/// <param name="Column">From 1, in the rule's text.</param>
/// <param name="Expected">What would have been accepted there.</param>
/// <param name="Pointer">Where a condition was given as a tree, or what is wrong is no condition: the JSON pointer to it. The column is then one of that text.</param>
public sealed record RuleError(
    int RuleIndex,
    int Column,
    string Message,
    string? Expected,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pointer = null
);

/// <summary>How long a node was in each status, per bucket, oldest first.</summary>
public sealed record NodeSeries(
    DateTimeOffset From,
    DateTimeOffset To,
    TimeSpan Bucket,
    IReadOnlyList<NodeSeriesBucket> Buckets,
    long Position
);

/// <summary>One bucket.</summary>
/// <param name="Statuses">Milliseconds in each status; the rest of the bucket is without data.</param>
public sealed record NodeSeriesBucket(DateTimeOffset At, IReadOnlyDictionary<string, long> Statuses);
