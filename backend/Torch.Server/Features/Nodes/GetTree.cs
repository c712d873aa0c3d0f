using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Nodes;

internal static class GetTree
{
    /// <summary>A node and all below it, with statuses.</summary>
    /// <remarks>A node under several parents is shown under each.</remarks>
    public static async Task<TreeNode> Handle(
        Guid id,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var position = reads.Position;
        var trees = await TreeReading.ReadAsync(db, [id], position, cancellationToken);
        return trees.Count == 1 ? trees[0] : throw new FaultException(Fault.NotFound("node"));
    }
}
