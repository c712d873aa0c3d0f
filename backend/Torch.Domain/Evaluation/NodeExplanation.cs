using Torch.Domain.Nodes;

namespace Torch.Domain.Evaluation;

/// <summary>Why a node has its status, now.</summary>
/// <param name="Since">When it took this status.</param>
/// <param name="Decider"><c>rule</c>, <c>roll-up</c>, <c>check</c>, <c>timing</c>, <c>mask</c> or <c>nothing</c>.</param>
/// <param name="RuleIndex">From 0, where a rule decided.</param>
/// <param name="RollUp">Its text; null for a leaf.</param>
/// <param name="Position">Of the last event that was folded.</param>
/// <param name="Marks">What marks it; null where nothing does.</param>
/// <param name="Pending">Another status that is on its way.</param>
/// <param name="Underneath">What its rules say where it shows something else; rules, children and causes speak of that.</param>
public sealed record NodeExplanation(
    Guid NodeId,
    string Name,
    string Status,
    DateTimeOffset Since,
    string Sentence,
    string Decider,
    int? RuleIndex,
    long RulesVersion,
    IReadOnlyList<RuleOutcome> Rules,
    string? RollUp,
    IReadOnlyList<ChildOutcome> DecidingChildren,
    IReadOnlyList<CauseOutcome> RootCauses,
    long Position,
    Marks? Marks = null,
    PendingStatus? Pending = null,
    UnderneathStatus? Underneath = null
)
{
    /// <summary>Whom it depends on and who is not available, where its problem came as their consequence.</summary>
    public IReadOnlyList<Guid> SuppressedBy { get; init; } = [];

    /// <summary>Of a leaf whose check runs from several locations: what each finds; empty where there is one.</summary>
    public IReadOnlyList<LocationOutcome> Locations { get; init; } = [];
}

/// <summary>A soft status: it does not count yet.</summary>
/// <param name="Attempts">How many results in a row were so; null where they are not counted.</param>
/// <param name="Of">How many it takes.</param>
/// <param name="Due">When it will count if nothing changes; null while results are missing.</param>
public sealed record PendingStatus(string Status, int? Attempts, int? Of, DateTimeOffset? Due);

/// <summary>What the rules say beneath a timing or a mask.</summary>
public sealed record UnderneathStatus(string Status, string Decider, string Sentence);

/// <summary>One rule with what came of it.</summary>
/// <param name="Result">Null where it was not reached.</param>
/// <param name="Pending">Its condition holds, but not yet as often or as long as it asks.</param>
public sealed record RuleOutcome(
    string? Name,
    string Then,
    bool? Result,
    IReadOnlyList<ClauseValue> Clauses,
    bool Pending = false
);

/// <param name="CountsAs">Its status after the edge's contribution; null when it is left out.</param>
public sealed record ChildOutcome(Guid NodeId, string Name, string Status, string? CountsAs);

/// <summary>A leaf that decided it, with its last observation.</summary>
/// <param name="Path">From the explained node (exclusive) to the leaf (inclusive).</param>
/// <param name="Observation">A <see cref="Checks.ReportReceived"/> or <see cref="Checks.ProbeCompleted"/>; null where it never had one.</param>
public sealed record CauseOutcome(
    Guid NodeId,
    string Name,
    string Status,
    Guid? CheckId,
    string Sentence,
    IReadOnlyList<Guid> Path,
    SeenObservation? Observation
);

/// <param name="ReceivedAt">When the log took it.</param>
public sealed record SeenObservation(long Position, DateTimeOffset ReceivedAt, IEvent Event);

/// <summary>What one of several locations finds.</summary>
/// <param name="Because">The second half of a sentence.</param>
/// <param name="Observation">Its last one; null where it never had one.</param>
public sealed record LocationOutcome(string Location, string Status, string Because, SeenObservation? Observation);
