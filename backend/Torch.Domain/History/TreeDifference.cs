namespace Torch.Domain.History;

/// <summary>What two instants may differ in, of one node.</summary>
/// <param name="ParentIds">In the order in which it was linked.</param>
/// <param name="RulesVersion">How often its rules had been published.</param>
public sealed record NodeOutline(
    Guid Id,
    string Name,
    IReadOnlyList<string> Tags,
    Guid? CheckId,
    bool Paused,
    string Status,
    DateTimeOffset Since,
    long RulesVersion,
    IReadOnlyList<Guid> ParentIds
);

/// <summary>A way in which a node differs.</summary>
public enum NodeChange
{
    /// <summary>It was not there.</summary>
    Added,

    /// <summary>It is no longer there.</summary>
    Removed,

    /// <summary>It is called otherwise.</summary>
    Renamed,

    /// <summary>It has other parents.</summary>
    Moved,

    /// <summary>It shows another check.</summary>
    Check,

    /// <summary>It has other tags.</summary>
    Tags,

    /// <summary>It was paused, or resumed.</summary>
    Paused,

    /// <summary>Its rules were published.</summary>
    Rules,

    /// <summary>It has another status. A node that changed and changed back does not differ.</summary>
    Status,
}

/// <summary>A node that differs.</summary>
/// <param name="Before">Null where it was not there.</param>
/// <param name="After">Null where it is no longer there.</param>
public sealed record NodeDifference(IReadOnlyList<NodeChange> Changes, NodeOutline? Before, NodeOutline? After)
{
    /// <summary>As it is, or as it was.</summary>
    public NodeOutline Node => After ?? Before!;
}

/// <summary>Compares two instants.</summary>
public static class TreeDifference
{
    /// <summary>The nodes that differ, by name.</summary>
    public static IReadOnlyList<NodeDifference> Between(
        IReadOnlyDictionary<Guid, NodeOutline> before,
        IReadOnlyDictionary<Guid, NodeOutline> after
    )
    {
        var gone = before.Values.Where(n => !after.ContainsKey(n.Id));
        return
        [
            .. after
                .Values.Select(n => Of(before.GetValueOrDefault(n.Id), n))
                .Concat(gone.Select(n => Of(n, null)))
                .Where(d => d.Changes.Count > 0)
                .OrderBy(d => d.Node.Name, StringComparer.Ordinal)
                .ThenBy(d => d.Node.Id),
        ];
    }

    private static NodeDifference Of(NodeOutline? before, NodeOutline? after) =>
        (before, after) switch
        {
            (null, _) => new([NodeChange.Added], null, after),
            (_, null) => new([NodeChange.Removed], before, null),
            _ => new([.. Changes(before, after)], before, after),
        };

    private static IEnumerable<NodeChange> Changes(NodeOutline before, NodeOutline after)
    {
        if (!string.Equals(before.Name, after.Name, StringComparison.Ordinal))
            yield return NodeChange.Renamed;
        if (!before.ParentIds.ToHashSet().SetEquals(after.ParentIds))
            yield return NodeChange.Moved;
        if (before.CheckId != after.CheckId)
            yield return NodeChange.Check;
        if (!before.Tags.SequenceEqual(after.Tags, StringComparer.Ordinal))
            yield return NodeChange.Tags;
        if (before.Paused != after.Paused)
            yield return NodeChange.Paused;
        if (before.RulesVersion != after.RulesVersion)
            yield return NodeChange.Rules;
        if (!string.Equals(before.Status, after.Status, StringComparison.Ordinal))
            yield return NodeChange.Status;
    }
}
