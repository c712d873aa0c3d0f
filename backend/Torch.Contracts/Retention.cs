namespace Torch.Contracts;

/// <summary>How long observations are kept, and what there is.</summary>
/// <param name="Retention">Null for ever.</param>
/// <param name="RetentionBytes">The most that observations may take on disk; null for any amount.</param>
/// <param name="Archive">The folder that takes what goes; null for none.</param>
/// <param name="LastRunAt">By this server.</param>
/// <param name="Partitions">Oldest first.</param>
/// <param name="Dropped">Names of the partitions that went in this run, oldest first; empty when only asked.</param>
/// <param name="IsUnfinished">The run's time was up; it goes on by itself.</param>
public sealed record RetentionView(
    TimeSpan? Retention,
    long? RetentionBytes,
    string? Archive,
    DateTimeOffset? LastRunAt,
    long Bytes,
    IReadOnlyList<PartitionView> Partitions,
    IReadOnlyList<string> Dropped,
    bool IsUnfinished
);

/// <summary>A run of positions that is kept and dropped as a whole.</summary>
/// <param name="FromPosition">Inclusive.</param>
/// <param name="ToPosition">Exclusive.</param>
/// <param name="State"><c>attached</c>, <c>detaching</c> or <c>detached</c>.</param>
/// <param name="Bytes">On disk, with its indexes.</param>
/// <param name="Rows">Null until it is closed, as the times.</param>
/// <param name="IsDue">Past its retention.</param>
/// <param name="Kept">Why it stays; empty where it goes.</param>
public sealed record PartitionView(
    string Name,
    long FromPosition,
    long ToPosition,
    string State,
    long Bytes,
    long? Rows,
    DateTimeOffset? FirstTime,
    DateTimeOffset? LastTime,
    DateTimeOffset? ClosedAt,
    bool IsDue,
    IReadOnlyList<PartitionKept> Kept
);

/// <param name="Code"><c>in_use</c>, <c>retained</c>, <c>late_window</c>, <c>behind</c>, <c>parked</c>, <c>held</c>, <c>after_kept</c>, <c>sealing</c>, <c>archive_failed</c>, <c>read</c>, <c>unreadable</c> or <c>clock_jumped</c>.</param>
/// <param name="Detail">For people.</param>
public sealed record PartitionKept(string Code, string Detail);

/// <summary>What a dropped or to be dropped partition came to.</summary>
/// <param name="Rollups">How many rollup rows its observations came to.</param>
/// <param name="RollupsSha256">As the journal says; lower-case hex.</param>
/// <param name="IsSound">Whether the rows that are kept still have that hash.</param>
/// <param name="Archive">The file that holds its events, or null.</param>
public sealed record SealView(
    string Partition,
    long FromPosition,
    long ToPosition,
    DateTimeOffset? FirstTime,
    DateTimeOffset? LastTime,
    long Events,
    long Rollups,
    string RollupsSha256,
    bool IsSound,
    string? Archive
);
