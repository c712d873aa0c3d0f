using Npgsql;
using Torch.Contracts;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Trees;

internal static class ListTrees
{
    /// <summary>Every hierarchy, whole.</summary>
    public static async Task<IReadOnlyList<TreeNode>> Handle(
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var position = reads.Position;
        var roots = await TreeReading.RootsAsync(db, cancellationToken);
        return await TreeReading.ReadAsync(db, roots, position, cancellationToken);
    }
}
