namespace Torch.Domain.Nodes;

/// <summary>
/// In the node's status stream, before the transitions of the same moment: what marks the node from now on, all of it. An
/// acknowledgement that is missing has been cleared, a maintenance that is missing is over.
/// </summary>
/// <param name="At">When it took effect: a deadline, or the time of what brought it about.</param>
/// <param name="Position">Of the event that brought it about; null in logs from before it was told.</param>
public sealed record NodeMarked(Guid NodeId, DateTimeOffset At, Marks Marks, long? Position = null) : IEvent;

/// <summary>What is known of a node beside its status. Notices ask for it; nothing of it changes a parent.</summary>
/// <param name="Flapping">It changes too often to be believed.</param>
/// <param name="Acknowledged">Somebody has its problem in hand.</param>
/// <param name="Maintenance">The window that covers it and lasts longest.</param>
/// <param name="Manual">The status that somebody gave it by hand.</param>
public sealed record Marks(
    bool Flapping = false,
    Acknowledgement? Acknowledged = null,
    InMaintenance? Maintenance = null,
    ManualStatus? Manual = null
)
{
    public static Marks None { get; } = new();
}

/// <param name="By">Who; null where nobody is known.</param>
/// <param name="Until">Null: until the status changes.</param>
public sealed record Acknowledgement(string? By, string? Reason, DateTimeOffset At, DateTimeOffset? Until = null);

/// <param name="Until">Null where no end is known.</param>
public sealed record InMaintenance(Guid WindowId, string Name, DateTimeOffset? Until = null);

/// <param name="By">Who; null where nobody is known.</param>
/// <param name="Until">Null: until it is taken back.</param>
public sealed record ManualStatus(
    string Status,
    string? By,
    string? Reason,
    DateTimeOffset At,
    DateTimeOffset? Until = null
);
