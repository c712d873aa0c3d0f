namespace Torch.Contracts;

/// <summary>A way in which a node differs between two instants.</summary>
public enum NodeChange
{
    Added,
    Removed,
    Renamed,
    Moved,
    Check,
    Tags,
    Paused,
    Rules,
    Status,
}

/// <summary>What differs between two instants.</summary>
/// <param name="From">The earlier one's place in the log; 0 is before the beginning.</param>
/// <param name="Counts">How many nodes differ in each way, of all that differ.</param>
/// <param name="Total">How many nodes differ.</param>
/// <param name="Nodes">By name, at most as many as were asked for.</param>
public sealed record TreeDiff(
    Instant From,
    Instant To,
    IReadOnlyDictionary<string, int> Counts,
    int Total,
    IReadOnlyList<NodeDiff> Nodes
);

/// <summary>An instant: after the events up to a position.</summary>
/// <param name="At">When the last of them was taken; null before the first.</param>
public sealed record Instant(long Position, DateTimeOffset? At);

/// <summary>A node that differs.</summary>
/// <param name="Name">As it is, or as it was last.</param>
/// <param name="Before">Null where it was not there.</param>
/// <param name="After">Null where it is no longer there.</param>
public sealed record NodeDiff(
    Guid NodeId,
    string Name,
    IReadOnlyList<NodeChange> Changes,
    NodeThen? Before,
    NodeThen? After
);

/// <summary>A node at an instant.</summary>
/// <param name="Path">The names from its root down, by its first parents.</param>
/// <param name="RulesVersion">How often its rules had been published: <c>GET /api/v1/nodes/{id}/rules?version=</c> has them.</param>
public sealed record NodeThen(
    string Name,
    IReadOnlyList<string> Path,
    IReadOnlyList<Guid> ParentIds,
    Guid? CheckId,
    IReadOnlyList<string> Tags,
    bool Paused,
    string Status,
    DateTimeOffset Since,
    long RulesVersion
);

/// <summary>Nodes by how available they were.</summary>
/// <param name="Items">From rank <c>after</c> on.</param>
/// <param name="Next">What <c>after</c> goes on with; null at the end.</param>
/// <param name="Total">How many nodes are ranked.</param>
public sealed record AvailabilityRanking(
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<RankedNode> Items,
    string? Next,
    int Total,
    long Position
);

/// <summary>A node in the ranking. Amounts are milliseconds.</summary>
/// <param name="Rank">From 1; the same where the availability is the same.</param>
/// <param name="Path">The names from its root down.</param>
/// <param name="Status">Now.</param>
/// <param name="Availability">Percent of good and bad that was good: 6 places, half to even; null where there was neither: those come last.</param>
/// <param name="Good">In statuses that are available, without recorded gaps; likewise bad, and neither.</param>
public sealed record RankedNode(
    int Rank,
    Guid NodeId,
    string Name,
    IReadOnlyList<string> Path,
    Guid? CheckId,
    CheckKind? CheckKind,
    string Status,
    decimal? Availability,
    long Good,
    long Bad,
    long Excluded,
    long NoData
);
