using Torch.Domain.Nodes;

namespace Torch.Domain.Incidents;

/// <summary>A root cause's bad time, and what it drags along.</summary>
/// <param name="Id">Follows from the cause and the position, so that everybody who folds the log finds the same.</param>
/// <param name="CauseId">The node that nothing below it explains: a leaf, mostly.</param>
/// <param name="Position">Of the transition that opened it.</param>
/// <param name="At">When it began.</param>
public sealed record Incident(Guid Id, Guid CauseId, long Position, DateTimeOffset At)
{
    /// <summary>The cause's status now; at the end, the one that ended it.</summary>
    public required string Status { get; init; }

    /// <summary>The worst that the cause has had.</summary>
    public required string Worst { get; init; }

    /// <summary>When the cause took its status.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why it began.</summary>
    public required string FirstSentence { get; init; }

    /// <summary>Why the cause has its status; at the end, why it had the last one that was bad.</summary>
    public required string Sentence { get; init; }

    /// <summary>How it ended; null while it is open.</summary>
    public string? EndSentence { get; init; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Of the event that ended it, and of the one that brought that about.</summary>
    public long? EndPosition { get; init; }

    /// <inheritdoc cref="EndPosition"/>
    public long? EndMoment { get; init; }

    /// <summary>Nodes that the cause depends on and that were not available then; it is their consequence until they are back.</summary>
    public IReadOnlyList<Guid> SuppressedBy { get; init; } = [];

    /// <summary>Somebody has it in hand: the cause, or a node that it drags along, is acknowledged.</summary>
    public Acknowledgement? Acknowledged { get; init; }

    /// <summary>Nodes that are bad because of it, in the order in which they came.</summary>
    public IReadOnlyList<Affected> Affected { get; init; } = [];

    public bool IsOpen => EndedAt is null;

    /// <summary>It is over, and what it dragged along has not been looked at since.</summary>
    public bool IsLeaving => EndedAt is not null && Affected.Any(a => a.Until is null);

    public static Guid IdOf(Guid causeId, long position) =>
        NameId.Of(causeId, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"incident {position}"));
}

/// <summary>A node that an incident drags along.</summary>
/// <param name="Status">The last one that it had while it was bad.</param>
/// <param name="Since">When it took it.</param>
/// <param name="Until">Null while it is bad.</param>
/// <param name="Before">It was bad before this incident began, for another reason.</param>
public sealed record Affected(
    Guid NodeId,
    string Status,
    DateTimeOffset Since,
    DateTimeOffset? Until = null,
    bool Before = false
);
