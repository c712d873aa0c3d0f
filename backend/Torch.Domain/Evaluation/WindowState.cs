using Torch.Domain.Maintenance;
using Torch.Domain.Rules;

namespace Torch.Domain.Evaluation;

internal enum WindowPhase : byte
{
    /// <summary>Its next time has not come.</summary>
    Waiting,

    /// <summary>A flexible one that the next problem opens.</summary>
    Armed,

    Open,

    /// <summary>It does not come again.</summary>
    Over,
}

/// <summary>What the evaluator knows of a maintenance window.</summary>
internal sealed class WindowState(
    Guid id,
    string name,
    ValueList<Guid> nodeIds,
    MaintenanceSchedule schedule,
    string? reason
)
{
    public Guid Id => id;
    public string Name => name;
    public ValueList<Guid> NodeIds => nodeIds;
    public MaintenanceSchedule Schedule => schedule;
    public string? Reason => reason;

    public WindowPhase Phase { get; set; } = WindowPhase.Over;

    /// <summary>When what follows from its plan happens next: it begins, or it is over.</summary>
    public DateTimeOffset? Due { get; set; }

    public bool IsOpen => Phase == WindowPhase.Open;

    /// <summary>The nodes that it covers while it is armed or open.</summary>
    public HashSet<NodeState> Covered { get; } = [];
}
