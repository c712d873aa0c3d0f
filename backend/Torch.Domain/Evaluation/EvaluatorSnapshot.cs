using Torch.Domain.Checks;
using Torch.Domain.History;
using Torch.Domain.Maintenance;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>
/// All that an <see cref="Evaluator"/> knows, as plain records. Nodes stand in the order of their appearance and refer to each other by
/// their index in it, so that equal states are equal texts. Raise the format number in the server where the meaning of a member changes.
/// </summary>
/// <param name="Statuses">The names behind the ranks.</param>
/// <param name="Now">The log's clock.</param>
/// <param name="Position">Of the last event that was folded.</param>
/// <param name="Ordinals">How many nodes have ever appeared.</param>
/// <param name="LateWindow">How old an observation may be and still be folded.</param>
/// <param name="Late">What came late and is not yet in effective history.</param>
/// <param name="OwnStatuses">The workspace's own statuses, removed ones included.</param>
/// <param name="Windows">Of maintenance; null where there are none.</param>
public sealed record EvaluatorSnapshot(
    IReadOnlyList<string> Statuses,
    DateTimeOffset Now,
    long Position,
    int Ordinals,
    TimeSpan LateWindow,
    IReadOnlyList<LateData> Late,
    IReadOnlyList<SavedCheck> Checks,
    IReadOnlyList<SavedNode> Nodes,
    IReadOnlyList<Status> OwnStatuses,
    IReadOnlyList<SavedWindow>? Windows = null
);

/// <param name="Last">The newest conclusive observation.</param>
/// <param name="Seen">The newest one at all; null where it is <paramref name="Last"/>, or where there is none.</param>
/// <param name="Leaves">The nodes that show it.</param>
/// <param name="Unwatched">Null while somebody looks after it.</param>
/// <param name="Places">The locations that it runs from; null where there is one.</param>
public sealed record SavedCheck(
    Guid Id,
    CheckSettings? Settings,
    SavedObservation? Last,
    SavedObservation? Seen,
    IReadOnlyList<int> Leaves,
    SavedGap? Unwatched = null,
    IReadOnlyList<SavedPlace>? Places = null
);

/// <summary>A check as it is seen from one of several locations.</summary>
public sealed record SavedPlace(string Location, SavedObservation? Last, SavedGap? Unwatched = null);

/// <summary>What a leaf says of one of several locations, in the order of its check's.</summary>
/// <param name="Memory">What the rules have counted and timed there; null without rules.</param>
public sealed record SavedView(SavedVerdict Verdict, TimeSpan Away, SavedMemory? Memory)
{
    /// <summary>Whether it says the same, and has counted and timed as much.</summary>
    internal bool IsSame(SavedView other) =>
        this with { Memory = null } == other with { Memory = null }
        && (Memory is null) == (other.Memory is null)
        && (Memory is null || Memory.CountsAs(other.Memory!));
}

/// <param name="Since">From then until the next observation nothing is known.</param>
/// <param name="OpenSince">Since when nobody has looked; null where somebody does again.</param>
public sealed record SavedGap(DateTimeOffset Since, string Reason, DateTimeOffset? OpenSince);

/// <param name="At">When it was so, but never later than the log took it.</param>
/// <param name="Report">Either this or <paramref name="Probe"/>.</param>
public sealed record SavedObservation(
    long Position,
    DateTimeOffset ReceivedAt,
    DateTimeOffset At,
    ReportReceived? Report,
    ProbeCompleted? Probe
);

/// <param name="Rules">Null before the first publication.</param>
/// <param name="Memory">What its rules have counted and timed; null without rules.</param>
/// <param name="JudgedAt">The latest moment that it was judged at.</param>
/// <param name="JudgedPosition">Of the event on which it was judged last.</param>
/// <param name="Away">How long staleness stood still since the last observation.</param>
/// <param name="Children">In their order.</param>
/// <param name="Parents">In their order.</param>
/// <param name="Watchers">Groups that name it in a rule.</param>
/// <param name="Layers">Null without a timing and masks.</param>
/// <param name="Dependencies">Null where it depends on nobody and nobody on it.</param>
/// <param name="Places">Of a leaf whose check runs from several locations.</param>
public sealed record SavedNode(
    Guid Id,
    int Ordinal,
    string Name,
    IReadOnlyList<string> Tags,
    TimeSpan? Staleness,
    bool Paused,
    string? PauseReason,
    RuleSet? Rules,
    long RulesVersion,
    SavedMemory? Memory,
    SavedVerdict Verdict,
    DateTimeOffset Since,
    DateTimeOffset JudgedAt,
    long JudgedPosition,
    TimeSpan Away,
    int Height,
    IReadOnlyList<SavedEdge> Children,
    IReadOnlyList<int> Parents,
    IReadOnlyList<int> Watchers,
    SavedLayers? Layers = null,
    SavedDependencies? Dependencies = null,
    IReadOnlyList<SavedView>? Places = null
);

/// <param name="On">Whom it depends on.</param>
/// <param name="Dependants">Who depends on it.</param>
/// <param name="SuppressedBy">What its last transition was the consequence of.</param>
public sealed record SavedDependencies(
    IReadOnlyList<int> On,
    IReadOnlyList<int> Dependants,
    IReadOnlyList<Guid> SuppressedBy
);

/// <summary>What lies between a node's rules and the status that it shows.</summary>
/// <param name="Raw">What its rules say.</param>
/// <param name="Own">What counts of that, beneath the masks.</param>
/// <param name="Marks">As the log was last told.</param>
/// <param name="Beneath">What it would be without maintenance.</param>
/// <param name="AcknowledgedStatus">The rank of the status that was acknowledged.</param>
public sealed record SavedLayers(
    SavedVerdict Raw,
    SavedVerdict Own,
    SavedDamper? Damper,
    Marks Marks,
    SavedVerdict Beneath,
    ManualStatus? Manual = null,
    Acknowledgement? Acknowledged = null,
    int AcknowledgedStatus = 0
);

/// <param name="Phase">Waiting, armed, open or over.</param>
/// <param name="Due">When what follows from its plan happens next.</param>
/// <param name="Covered">The nodes that it covers, in their order.</param>
public sealed record SavedWindow(
    Guid Id,
    string Name,
    IReadOnlyList<Guid> NodeIds,
    MaintenanceSchedule Schedule,
    string? Reason,
    int Phase,
    DateTimeOffset? Due,
    IReadOnlyList<int> Covered
);

/// <param name="Hard">What counts.</param>
/// <param name="Side">1 while worse statuses come, -1 while better ones do, 0 where nothing is soft.</param>
/// <param name="Results">How many in a row.</param>
/// <param name="WorseAt">When what counts last became worse.</param>
public sealed record SavedDamper(
    SavedVerdict Hard,
    int Side,
    int Results,
    DateTimeOffset Since,
    DateTimeOffset? WorseAt,
    SavedFlaps? Flaps
);

/// <param name="Changes">Newest result in the lowest bit; 1 is a change.</param>
/// <param name="Last">The rank of the last result; -1 before the first.</param>
public sealed record SavedFlaps(uint Changes, int Last, long Minute, bool IsFlapping);

/// <param name="Status">Its rank.</param>
/// <param name="Decider">What kind of thing decided.</param>
/// <param name="Rule">-1 where none did.</param>
/// <param name="DueTicks">When it may change by itself; null for never.</param>
public sealed record SavedVerdict(
    int Status,
    int Decider,
    int Rule,
    DateTimeOffset At,
    long? DueTicks,
    string? Failure
);

/// <param name="Slot">Where it stands among those of its rank; the order in which explanations name children.</param>
public sealed record SavedEdge(int Child, decimal Weight, bool Required, string Contribution, int Slot);

/// <param name="Streaks">Per rule.</param>
/// <param name="Since">Per rule: since when its condition holds.</param>
/// <param name="Held">Per "held for n checks", in the order of the text.</param>
/// <param name="Targets">Per clause that names a child: the nodes that it means.</param>
/// <param name="Samples">Null where no rule looks at several observations, and where only what was counted and timed is asked for.</param>
public sealed record SavedMemory(
    IReadOnlyList<int> Streaks,
    IReadOnlyList<DateTimeOffset?> Since,
    IReadOnlyList<int> Held,
    IReadOnlyList<IReadOnlyList<int>> Targets,
    SavedSamples? Samples = null
)
{
    /// <summary>Whether as much was counted and timed; whom clauses mean, and samples, are left aside.</summary>
    internal bool CountsAs(SavedMemory other) =>
        Streaks.SequenceEqual(other.Streaks) && Since.SequenceEqual(other.Since) && Held.SequenceEqual(other.Held);
}

/// <param name="Begin">Of those before it only the newest counts.</param>
/// <param name="At">Ticks in UTC, in their order.</param>
/// <param name="Values">Per observation, each of the numbers that rules ask for, in the order of the text; null where it had none.</param>
public sealed record SavedSamples(DateTimeOffset Begin, IReadOnlyList<long> At, IReadOnlyList<double?> Values);
