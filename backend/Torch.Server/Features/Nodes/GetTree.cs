using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Nodes;

internal static class GetTree
{
    /// <summary>A node and all below it, with statuses.</summary>
    /// <remarks>A node under several parents is shown under each.</remarks>
    /// <param name="asOf">RFC 3339: the tree as Torch showed it then.</param>
    /// <param name="atPosition">The same after the events up to a position.</param>
    /// <param name="rules"><c>then</c>, the default, or <c>now</c>: with the statuses that the rules of now would have given.</param>
    public static async Task<TreeNode> Handle(
        Guid id,
        string? asOf,
        string? atPosition,
        string? rules,
        PastReading past,
        PastTrees trees,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        sight.Require(id);
        var instant = await past.PositionAsync(asOf, atPosition, cancellationToken);
        var ofNow = PastReading.IsUnderRulesOfNow(rules, instant is not null);
        if (instant is { } then)
            return await trees.BelowAsync(id, then, sight, cancellationToken, ofNow);
        var position = reads.Position;
        var found = await TreeReading.ReadAsync(db, [id], position, sight, cancellationToken);
        return found.Count == 1 ? found[0] : throw new FaultException(Fault.NotFound("node"));
    }
}
