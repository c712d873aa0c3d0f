using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Nodes;

internal static class ListNodeObservations
{
    // A check that several leaves show is told once, with the first of them by name.
    private const string Query = """
        with recursive below as (
            select $1::uuid as id
            union
            select e.child_id from below join torch.edges e on e.parent_id = below.id
        ), shown as (
            select distinct on (n.check_id) n.id, n.name, n.check_id
            from below join torch.nodes n on n.id = below.id
            where n.check_id is not null and ($3::uuid[] is null or n.id = any($3))
            order by n.check_id, n.name, n.id
        )
        select s.id, s.name, s.check_id, o.type, o.data, o.position, o.at, o.received_at
        from shown s join torch.latest_observations o on o.check_id = s.check_id
        order by o.at desc, s.check_id
        limit $2
        """;

    /// <summary>The newest observation of each check below a node, newest first.</summary>
    /// <remarks>Of a leaf, that of its own check.</remarks>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    public static async Task<NodeObservations> Handle(
        Guid id,
        int? limit,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        sight.Require(id);
        var most = Limit.Of(limit);
        var position = reads.Position;
        await NodeReading.OneAsync(db, id, cancellationToken);
        return new(await db.QueryAsync(Query, [id, most, sight.Nodes], Row, cancellationToken), position);
    }

    private static NodeObservation Row(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetString(1), row.GetGuid(2), Observations.View(ObservationRow.Read(row, 3)));
}
