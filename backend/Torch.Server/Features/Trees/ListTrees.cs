using Npgsql;
using Torch.Contracts;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Trees;

internal static class ListTrees
{
    /// <summary>Every hierarchy, whole.</summary>
    /// <param name="asOf">RFC 3339: the hierarchies as Torch showed them then.</param>
    /// <param name="atPosition">The same after the events up to a position.</param>
    public static async Task<IReadOnlyList<TreeNode>> Handle(
        string? asOf,
        string? atPosition,
        PastReading past,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        if (await past.StateAsync(asOf, atPosition, cancellationToken) is { } then)
            return PastNodes.Trees(then.State, then.Position);
        var position = reads.Position;
        var roots = await TreeReading.RootsAsync(db, cancellationToken);
        return await TreeReading.ReadAsync(db, roots, position, cancellationToken);
    }
}
