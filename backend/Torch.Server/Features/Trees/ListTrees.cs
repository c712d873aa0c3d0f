using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Trees;

internal static class ListTrees
{
    /// <summary>Every hierarchy, whole.</summary>
    /// <param name="asOf">RFC 3339: the hierarchies as Torch showed them then.</param>
    /// <param name="atPosition">The same after the events up to a position.</param>
    /// <param name="rules"><c>then</c>, the default, or <c>now</c>: with the statuses that the rules of now would have given.</param>
    public static async Task<IReadOnlyList<TreeNode>> Handle(
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
        var instant = await past.PositionAsync(asOf, atPosition, cancellationToken);
        var ofNow = PastReading.IsUnderRulesOfNow(rules, instant is not null);
        if (instant is { } then)
            return await trees.AllAsync(then, sight, cancellationToken, ofNow);
        var position = reads.Position;
        var roots = await TreeReading.RootsAsync(db, sight, cancellationToken);
        return await TreeReading.ReadAsync(db, roots, position, sight, cancellationToken);
    }
}
