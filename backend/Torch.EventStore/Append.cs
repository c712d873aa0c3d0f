using Npgsql;

namespace Torch.EventStore;

/// <summary>One member of a group commit: all of it is appended, or none.</summary>
public sealed record AppendRequest
{
    /// <summary>What goes to which stream, in the order in which positions are drawn.</summary>
    public required IReadOnlyList<StreamAppend> Streams { get; init; }

    /// <summary>Makes a repeated request answer the first one's result instead of appending again.</summary>
    public IdempotencyKey? Key { get; init; }

    /// <summary>Moves a projection's checkpoint with the events; the member is dropped when somebody else has moved it.</summary>
    public CheckpointMove? Checkpoint { get; init; }

    /// <summary>Moves a spool's offset with the results that it brings; the member is dropped when the spool stands elsewhere.</summary>
    public SpoolMove? Spool { get; init; }
}

/// <summary>Events for one stream.</summary>
/// <param name="Events">May be empty, to assert <paramref name="ExpectedVersion"/> alone.</param>
/// <param name="StreamType">Marten's aggregate alias; written when the stream is new.</param>
/// <param name="ExpectedVersion">0 for "must be new", null for "whatever it is".</param>
public sealed record StreamAppend(
    Log Log,
    Guid StreamId,
    IReadOnlyList<EventData> Events,
    string? StreamType = null,
    long? ExpectedVersion = null
);

/// <summary>A caller's key, unique per scope for 24 hours.</summary>
/// <param name="Scope">Principal and path.</param>
/// <param name="Key">1 to 200 characters.</param>
/// <param name="RequestHash">SHA-256 of the request; a repeat with another hash is refused.</param>
/// <param name="Answer">Stored with the key and given back with <see cref="AppendOutcome.Repeated"/>.</param>
public sealed record IdempotencyKey(
    string Scope,
    string Key,
    ReadOnlyMemory<byte> RequestHash,
    ReadOnlyMemory<byte> Answer
);

/// <summary>A conditional move of <c>mt_event_progression</c>.</summary>
/// <param name="Projection">Marten's name for it, such as <c>Evaluator:All</c>.</param>
/// <param name="From">The position it must still stand at.</param>
public sealed record CheckpointMove(string Projection, long From, long To);

/// <summary>A conditional move of a spool's offset: what an agent has buffered is taken over exactly once, in order.</summary>
/// <param name="SpoolId">Made with the spool's file.</param>
/// <param name="From">The last offset taken over so far, 0 for none.</param>
/// <param name="To">The last offset that this request brings.</param>
public sealed record SpoolMove(Guid SpoolId, long From, long To);

/// <summary>What became of an <see cref="AppendRequest"/>. Refusals are decided under the lock and drop that member only.</summary>
public abstract record AppendOutcome
{
    private AppendOutcome() { }

    /// <summary>Durable.</summary>
    /// <param name="Position">Of the last event; the head of the log when the request held no event.</param>
    /// <param name="Versions">Of each stream after the append, in the order of <see cref="AppendRequest.Streams"/>.</param>
    public sealed record Appended(long Position, DateTimeOffset Timestamp, IReadOnlyList<long> Versions)
        : AppendOutcome;

    /// <summary>A stream was not at the expected version.</summary>
    public sealed record VersionConflict(Log Log, Guid StreamId, long Expected, long Actual) : AppendOutcome;

    /// <summary>The key was used before with the same request: the first answer.</summary>
    public sealed record Repeated(long Position, ReadOnlyMemory<byte> Answer) : AppendOutcome;

    /// <summary>The key was used before with another request.</summary>
    public sealed record KeyReused : AppendOutcome;

    /// <summary>Another process has moved the checkpoint.</summary>
    public sealed record CheckpointMoved(long Expected, long Actual) : AppendOutcome;

    /// <summary>The spool stands elsewhere: at <see cref="SpoolMove.To"/>, when the request had gone through before.</summary>
    public sealed record SpoolMoved(long Expected, long Actual) : AppendOutcome;
}

/// <summary>The database cannot be reached or did not answer in time; nothing is known to be lost, and the caller may try again.</summary>
public sealed class LogUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The database's disk is full: nothing was written, and nothing will be until there is space.</summary>
    public bool IsDiskFull { get; } = inner is PostgresException { SqlState: PostgresErrorCodes.DiskFull };
}

/// <summary>More requests wait than the bounded queue takes.</summary>
public sealed class LogBusyException(string message) : Exception(message);

/// <summary>PostgreSQL refused the data of this one request; the others of its group commit went through.</summary>
public sealed class AppendRejectedException(string sqlState, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public string SqlState { get; } = sqlState;
}
