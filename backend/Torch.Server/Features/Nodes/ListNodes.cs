using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Nodes;

internal static class ListNodes
{
    /// <summary>All nodes, by name.</summary>
    /// <param name="root">True for the roots of the hierarchies only, false for all but them.</param>
    /// <param name="name">Only those that are called so.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    /// <param name="asOf">RFC 3339: the nodes as Torch showed them then.</param>
    /// <param name="atPosition">The same after the events up to a position.</param>
    public static async Task<Page<NodeView>> Handle(
        bool? root,
        string? name,
        int? limit,
        string? after,
        string? asOf,
        string? atPosition,
        PastReading past,
        PastNodes nodesThen,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var cursor = Cursor.ReadNameAndId(after);
        if (await past.PositionAsync(asOf, atPosition, cancellationToken) is { } then)
            return await nodesThen.PageAsync(then, root, name, cursor, most, cancellationToken);
        var position = reads.Position;
        var rows = await NodeReading.PageAsync(db, root, name, cursor, most + 1, cancellationToken);
        var page = Paging.Of(rows, most, n => Cursor.Write(n.Name, n.Id), position);
        var nodes = await NodeReading.PlaceAsync(db, page.Items, position, Sight.Whole, cancellationToken);
        return new Page<NodeView>(nodes, page.Next, position);
    }
}
