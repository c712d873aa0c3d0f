using Npgsql;
using Torch.Contracts;
using Torch.Server.Agents;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Agents;

internal static class ListAgents
{
    private const string Query =
        AgentReading.Rows
        + """

            where $1::text is null or (name, id) > ($1, $2::uuid)
            order by name, id
            limit $3
            """;

    /// <summary>All agents, by name, the one inside the server among them.</summary>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static async Task<Page<AgentView>> Handle(
        int? limit,
        string? after,
        NpgsqlDataSource db,
        IReadPosition reads,
        LiveAgents live,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var (name, id) = Cursor.ReadNameAndId(after);
        var position = reads.Position;
        var rows = await db.QueryAsync(
            Query,
            [name, id, most + 1],
            r => live.Complete(AgentReading.Row(r).View),
            cancellationToken
        );
        return Paging.Of(rows, most, a => Cursor.Write(a.Name, a.Id), position);
    }
}

internal static class GetAgent
{
    private const string Query = AgentReading.Rows + " where id = $1";

    /// <summary>One agent.</summary>
    public static async Task<AgentView> Handle(
        Guid id,
        HttpContext http,
        NpgsqlDataSource db,
        LiveAgents live,
        CancellationToken cancellationToken
    )
    {
        var rows = await db.QueryAsync(Query, [id], AgentReading.Row, cancellationToken);
        if (rows.Count == 0)
            throw new FaultException(Fault.NotFound("agent"));
        http.Response.SetETag(rows[0].Version);
        return live.Complete(rows[0].View);
    }
}
