using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Nodes;

internal static class GetTree
{
    /// <summary>A node and all below it, with statuses.</summary>
    /// <remarks>A node under several parents is shown under each.</remarks>
    /// <param name="asOf">RFC 3339: the tree as Torch showed it then.</param>
    /// <param name="atPosition">The same after the events up to a position.</param>
    public static async Task<TreeNode> Handle(
        Guid id,
        string? asOf,
        string? atPosition,
        PastReading past,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        if (await past.StateAsync(asOf, atPosition, cancellationToken) is { } then)
            return PastNodes.Tree(then.State, id, then.Position);
        var position = reads.Position;
        var trees = await TreeReading.ReadAsync(db, [id], position, cancellationToken);
        return trees.Count == 1 ? trees[0] : throw new FaultException(Fault.NotFound("node"));
    }
}
