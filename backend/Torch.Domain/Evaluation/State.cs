using Torch.Domain.Checks;
using Torch.Domain.Nodes;

namespace Torch.Domain.Evaluation;

/// <summary>A contribution as a table; edges with the same text share it.</summary>
/// <param name="Text">As it stands in the log.</param>
/// <param name="Ranks">Child's rank to the rank that it counts as; -1 leaves it out.</param>
internal sealed record ContributionMap(string Text, int[] Ranks)
{
    public static ContributionMap Nothing { get; } = new("", []);
}

/// <summary>An edge with what its child counts as now.</summary>
internal sealed class EdgeState(NodeState parent, NodeState child)
{
    public NodeState Parent => parent;
    public NodeState Child => child;
    public decimal Weight { get; set; } = 1;
    public bool Required { get; set; }

    public ContributionMap Map { get; set; } = ContributionMap.Nothing;

    /// <summary>-1 while it is left out, -2 while that is because its child is in maintenance.</summary>
    public int CountsAs { get; set; } = -1;

    /// <summary>Where it stands in its parent's list for that rank, or in that of masked ones.</summary>
    public int Slot { get; set; }
}

/// <summary>What the evaluator knows of a node. Counters follow each change of a child, so that no siblings are scanned.</summary>
internal sealed class NodeState(Guid id, int ordinal, CompiledRules rules)
{
    // Half as wide as a moment with an offset: a change of a leaf in a large tree waits for memory more than for anything else.
    private long _since;
    private long _judgedAt;

    public Guid Id => id;

    /// <summary>In the order of appearance in the log: ties are broken by it, so that replays agree.</summary>
    public int Ordinal => ordinal;
    public string Name { get; set; } = "";
    public IReadOnlyList<string> Tags { get; set; } = [];
    public CheckState? Check { get; set; }
    public TimeSpan? Staleness { get; set; }
    public bool Paused { get; set; }
    public string? PauseReason { get; set; }
    public CompiledRules Rules { get; set; } = rules;
    public long RulesVersion { get; set; }

    public int Status { get; set; }

    public DateTimeOffset Since
    {
        get => Ticks.Time(_since);
        set => _since = value.UtcTicks;
    }

    public Verdict Verdict { get; set; }

    /// <summary>The latest moment that it was judged at, and the event on which it last was: what is older comes late.</summary>
    public DateTimeOffset JudgedAt
    {
        get => Ticks.Time(_judgedAt);
        set => _judgedAt = value.UtcTicks;
    }
    public long JudgedPosition { get; set; }

    /// <summary>Null where nothing lies between what its rules say and what it shows.</summary>
    public Layers? Layers { get; set; }

    /// <summary>What its rules say, beneath its timing and its masks.</summary>
    public Verdict Raw => Layers?.Raw ?? Verdict;

    public Few<EdgeState> Parents;
    public List<EdgeState> Children { get; } = [];

    /// <summary>Groups that name this node in a rule.</summary>
    public Few<NodeState> Watchers;

    /// <summary>Per rank, the edges whose child counts as it. Null until the first child.</summary>
    public Few<EdgeState>[]? ByRank { get; set; }
    public int Counted { get; set; }

    /// <summary>Required children that are not available.</summary>
    public int RequiredFailing { get; set; }

    /// <summary>0 without children, otherwise one more than the highest child: the order of evaluation.</summary>
    public int Height { get; set; }
    public bool Queued { get; set; }
    public bool Removed { get; set; }

    /// <summary>Null where it depends on nobody and nobody on it.</summary>
    public DependencyState? Dependencies { get; set; }

    /// <summary>Of a leaf whose check runs from several locations: how each sees it, in their order; null where there is one.</summary>
    public NodeState[]? Places { get; set; }

    /// <summary>In a replica, where its status is given from outside; null where it is evaluated.</summary>
    public RecordedStatus? Recorded { get; set; }

    /// <summary>The next moment at which it changes by itself, and where it stands in the deadlines.</summary>
    public long DueTicks { get; set; } = long.MaxValue;
    public long QueuedTicks { get; set; } = long.MaxValue;

    /// <summary>How long Torch was away since the last observation: staleness stood still.</summary>
    public TimeSpan Away { get; set; }

    /// <summary>Its type, as selectors name it.</summary>
    public string Type => Check is null ? "group" : Kinds[(int)(Check.Settings?.Kind ?? CheckKind.Report)];

    private static readonly string[] Kinds = [.. Enum.GetNames<CheckKind>().Select(k => k.ToLowerInvariant())];
}

/// <summary>The given status of a node that a replica does not evaluate.</summary>
internal sealed class RecordedStatus
{
    /// <summary>What it takes when its turn comes.</summary>
    public NodeTransitioned? Next { get; set; }

    /// <summary>What gave it its status; null before the first.</summary>
    public NodeTransitioned? Last { get; set; }
}

internal enum DeciderKind : byte
{
    Nothing,
    Rule,
    Required,
    RollUp,
    Check,
    Expired,
    Paused,
    Failed,

    /// <summary>The timing keeps what was: another status has not come often or long enough.</summary>
    Soft,

    /// <summary>Somebody gave the status by hand.</summary>
    Manual,

    /// <summary>A window is open.</summary>
    Maintenance,

    /// <summary>Nobody looks after the check, or nothing has been observed since.</summary>
    Unwatched,

    /// <summary>A heartbeat has not come.</summary>
    Silent,
}

/// <param name="Rule">Where a rule decided or failed.</param>
/// <param name="At">When it takes effect.</param>
/// <param name="DueTicks">The next moment at which it may change by itself.</param>
/// <param name="Failure">Why a rule could not be evaluated.</param>
internal readonly record struct Verdict(
    int Status,
    DeciderKind Decider,
    int Rule,
    DateTimeOffset At,
    long DueTicks,
    string? Failure = null
)
{
    private readonly long _at = At.UtcTicks;

    public DateTimeOffset At
    {
        get => Ticks.Time(_at);
        init => _at = value.UtcTicks;
    }
}

/// <summary>Moments as they are kept.</summary>
internal static class Ticks
{
    public static DateTimeOffset Time(long utcTicks) => new(utcTicks, TimeSpan.Zero);
}
