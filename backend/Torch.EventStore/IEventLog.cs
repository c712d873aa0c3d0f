namespace Torch.EventStore;

/// <summary>The log: both schemas, one order.</summary>
public interface IEventLog
{
    /// <summary>Why this process's last commit that brought events failed; null once one has succeeded since.</summary>
    LogUnavailableException? WriteFault { get; }

    /// <summary>Appends through the group-commit writer and returns once the outcome is durable.</summary>
    /// <exception cref="LogUnavailableException">The database is away.</exception>
    /// <exception cref="LogBusyException">The queue is full.</exception>
    /// <exception cref="AppendRejectedException">The data of this request cannot be stored.</exception>
    Task<AppendOutcome> AppendAsync(AppendRequest request, CancellationToken cancellationToken);

    /// <summary>One stream, oldest first or newest first, in pages behind the scenes.</summary>
    IAsyncEnumerable<RecordedEvent> ReadStreamAsync(StreamRead read, CancellationToken cancellationToken);

    /// <summary>One keyset page of both logs, merged, in position order.</summary>
    Task<EventPage> ReadPageAsync(PageRead read, CancellationToken cancellationToken);

    /// <summary>The version of a stream, 0 where there is none.</summary>
    Task<long> StreamVersionAsync(Log log, Guid streamId, CancellationToken cancellationToken);

    /// <summary>The highest committed position, 0 when empty.</summary>
    Task<long> HeadAsync(CancellationToken cancellationToken);

    /// <summary>Where a projection stands, 0 where it never ran.</summary>
    Task<long> CheckpointAsync(string projection, CancellationToken cancellationToken);
}

/// <summary>Which part of a stream to read.</summary>
/// <param name="FromVersion">First version to read, inclusive; null for the stream's end in the given direction.</param>
public sealed record StreamRead(Log Log, Guid StreamId, long? FromVersion = null, bool Backwards = false);

/// <summary>Which page of the log to read.</summary>
/// <param name="After">Exclusive when forward; when backwards, the page ends before it (null for the head).</param>
/// <param name="Limit">1 to 10,000.</param>
/// <param name="Log">One log only, or both.</param>
/// <param name="Types">Aliases, or all.</param>
/// <param name="StreamId">One stream only, or all.</param>
/// <param name="Actor">Of the journal, what one person did; or all.</param>
public sealed record PageRead(
    long? After,
    int Limit = 1_000,
    Log? Log = null,
    IReadOnlyCollection<string>? Types = null,
    Guid? StreamId = null,
    bool Backwards = false,
    string? Actor = null
);
