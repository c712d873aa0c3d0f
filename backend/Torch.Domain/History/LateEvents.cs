using Torch.Domain.Evaluation;
using Torch.Domain.Nodes;

namespace Torch.Domain.History;

/// <summary>
/// In the node's status stream: observations that came late have changed what its past was. The node's effective history is its
/// transitions without the replaced ones and with those that stand instead; what was known before this event stays readable.
/// </summary>
/// <param name="From">The earliest moment at which the two differ.</param>
/// <param name="To">The latest one.</param>
/// <param name="Replaced">Transitions that did not happen after all.</param>
/// <param name="Instead">Transitions that did.</param>
/// <param name="Through">The position up to which was known what it follows from.</param>
public sealed record HistoryRevised(
    Guid NodeId,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<StatusChange> Replaced,
    IReadOnlyList<NodeTransitioned> Instead,
    long Through
) : IEvent;

/// <summary>A change of status at a moment.</summary>
public sealed record StatusChange(DateTimeOffset At, string From, string To);

/// <summary>In the clock's stream: the late observations up to a position are in effective history now, and this is what the evaluator has learned from them.</summary>
/// <param name="Through">The position up to which observations were looked at.</param>
/// <param name="Late">Whose observations came late, and from when on.</param>
/// <param name="States">Of every node that now has another status, or counts and times something.</param>
public sealed record LateDataFolded(long Through, IReadOnlyList<LateData> Late, IReadOnlyList<RevisedState> States)
    : IEvent;

/// <summary>Observations of a check that are older than what a node above it was judged by.</summary>
/// <param name="From">The oldest of them.</param>
/// <param name="Position">Of the newest of them in the log.</param>
/// <param name="Tries">How often they have been looked at while something else happened on their path; null for never.</param>
public sealed record LateData(Guid CheckId, DateTimeOffset From, long Position, int? Tries = null);

/// <summary>What a node is once late observations are in.</summary>
/// <param name="Memory">What its rules have counted and timed; null without rules.</param>
/// <param name="Layers">What lies between its rules and its status; null without a timing and masks.</param>
/// <param name="Places">What each of several locations says; null where there is one.</param>
public sealed record RevisedState(
    Guid NodeId,
    string Status,
    DateTimeOffset Since,
    SavedVerdict Verdict,
    SavedMemory? Memory,
    SavedLayers? Layers = null,
    IReadOnlyList<SavedView>? Places = null
)
{
    /// <summary>Whether it says the same, list by list.</summary>
    public bool IsSame(RevisedState? other) =>
        other is not null
        && this with { Memory = null, Places = null } == other with { Memory = null, Places = null }
        && IsSame(Places ?? [], other.Places ?? [])
        && (Memory is null) == (other.Memory is null)
        && (Memory is null || Memory.CountsAs(other.Memory!));

    private static bool IsSame(IReadOnlyList<SavedView> places, IReadOnlyList<SavedView> others) =>
        places.Count == others.Count && !places.Where((p, i) => !p.IsSame(others[i])).Any();
}

/// <summary>In the clock's stream: how old an observation may be and still change the past.</summary>
/// <param name="Window">1 minute to 30 days; 24 hours before the first of these events.</param>
public sealed record LateWindowChanged(TimeSpan Window) : IEvent;
