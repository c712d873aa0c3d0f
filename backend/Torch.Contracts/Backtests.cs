using System.Text.Json.Serialization;

namespace Torch.Contracts;

/// <summary>A draft of one node's rules, and the time that it is tried on.</summary>
/// <param name="From">30 days before <paramref name="To"/> where absent.</param>
/// <param name="To">Now where absent.</param>
public sealed record BacktestRules(
    IReadOnlyList<RuleRequest> Rules,
    string? RollUp = null,
    string? Match = null,
    string? Reason = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null
) : PublishRules(Rules, RollUp, Match, Reason);

/// <summary>Drafts on several nodes, and of the edges between them: what a whole tree would have shown.</summary>
/// <param name="Drafts">Up to 100 nodes, each once. At least one where there are no edges.</param>
/// <param name="From">30 days before <paramref name="To"/> where absent.</param>
/// <param name="To">Now where absent.</param>
/// <param name="Edges">Up to 1,000, each once.</param>
public sealed record BacktestTree(
    IReadOnlyList<NodeDraft>? Drafts = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    IReadOnlyList<EdgeDraft>? Edges = null
);

/// <summary>A node with the rules that it would have.</summary>
public sealed record NodeDraft(Guid NodeId, PublishRules Draft);

/// <summary>
/// A node under a parent, as it would be for the whole window. What is absent is as it is now; on an edge that is not there, the weight is 1,
/// the child is not required and counts as it is.
/// </summary>
/// <param name="Remove">The node would not stand under that parent. Nothing else is said then.</param>
/// <param name="Contribution">How the child's status counts: <c>as-is</c>, <c>ignore</c>, ... see the rules reference.</param>
public sealed record EdgeDraft(
    Guid NodeId,
    Guid ParentId,
    bool? Remove = null,
    decimal? Weight = null,
    bool? Required = null,
    string? Contribution = null
) : EdgeSettings(Weight, Required, Contribution);

/// <summary>A line of the streamed answer: either how far it is, or the result, or why there will be none.</summary>
public sealed record BacktestLine(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BacktestProgress? Progress = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BacktestView? Result = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Problem? Problem = null
);

/// <param name="Share">0 to 1, of the window.</param>
/// <param name="Events">Replayed so far.</param>
/// <param name="Rate">Events per second.</param>
public sealed record BacktestProgress(decimal Share, long Events, long Rate);

/// <summary>What drafts would have shown, beside what was shown. Nothing is written.</summary>
/// <param name="From">Where the replay began; later than asked for where <paramref name="CutAt"/> says so.</param>
/// <param name="CutAt">The window reached before what is still kept, and begins here; null where it did not.</param>
/// <param name="Events">How many were replayed.</param>
/// <param name="Nodes">The drafted nodes in their order, then those above them that would have differed.</param>
/// <param name="Position">Of the last event that was looked at.</param>
public sealed record BacktestView(
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset? CutAt,
    long Events,
    IReadOnlyList<NodeBacktest> Nodes,
    long Position
);

/// <summary>One node's two histories.</summary>
/// <param name="Drafted">Its own rules, or edges to its children, were drafted; otherwise it differs because of nodes below it.</param>
/// <param name="Added">Transitions that only the draft would have brought, oldest first; at most 200.</param>
/// <param name="AddedCount">How many there are.</param>
/// <param name="Removed">Transitions that the draft would have spared.</param>
/// <param name="Missed">Incidents of which the draft would have shown nothing.</param>
/// <param name="New">Incidents that only the draft would have shown.</param>
/// <param name="Objectives">What is promised of the node by time. Indicators by observations are not here: no rule changes them.</param>
public sealed record NodeBacktest(
    Guid NodeId,
    string Name,
    bool Drafted,
    BacktestHistory Before,
    BacktestHistory After,
    IReadOnlyList<BacktestTransition> Added,
    long AddedCount,
    IReadOnlyList<BacktestTransition> Removed,
    long RemovedCount,
    IReadOnlyList<BacktestIncident> Missed,
    long MissedCount,
    IReadOnlyList<BacktestIncident> New,
    long NewCount,
    IReadOnlyList<BacktestObjective> Objectives
);

/// <summary>An objective over the replayed window: as it was, and as it would have been.</summary>
/// <param name="Target">Percent.</param>
public sealed record BacktestObjective(
    Guid Id,
    string Name,
    decimal Target,
    BacktestStanding Before,
    BacktestStanding After
);

/// <summary>How an objective stands after the replayed window, its exclusions and Torch's absences left out.</summary>
/// <param name="Availability">Percent of what counts that was good: 6 places, half to even; null where nothing counts.</param>
/// <param name="Met">Null where nothing counts.</param>
/// <param name="Budget">Of this window alone, in milliseconds; null where nothing counts.</param>
public sealed record BacktestStanding(decimal? Availability, bool? Met, BudgetView? Budget);

/// <summary>What a node was, or would have been, in the window.</summary>
/// <param name="Minutes">Per status, for those that occurred; two places.</param>
/// <param name="Notices">Messages that would have gone out: one when it ceases to be available, one when it is available again.</param>
/// <param name="Incidents">Spans in which it was not available.</param>
/// <param name="Availability">The share of available time, 0 to 1, six places; unknown and neutral time is left out. Null where nothing is left.</param>
/// <param name="Spans">The window from end to end, for drawing: exact up to 1,000 spans, beyond that the worst status of each thousandth.</param>
public sealed record BacktestHistory(
    IReadOnlyDictionary<string, decimal> Minutes,
    long Transitions,
    long Notices,
    long Incidents,
    decimal? Availability,
    IReadOnlyList<StatusSpan> Spans
);

/// <param name="To">Exclusive.</param>
public sealed record StatusSpan(DateTimeOffset From, DateTimeOffset To, string Status);

/// <param name="Sentence">Why; null where it is not known any more.</param>
public sealed record BacktestTransition(DateTimeOffset At, string From, string To, string? Sentence);

/// <summary>A span in which a node was not available.</summary>
/// <param name="To">Null where it lasted beyond the window.</param>
/// <param name="Worst">The worst status within it.</param>
public sealed record BacktestIncident(DateTimeOffset From, DateTimeOffset? To, string Worst);
