using Npgsql;
using Torch.Contracts;
using Torch.Server.Agents;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Checks;

internal static class ListAgentChecks
{
    private const string Exists = "select 1 from torch.agents where id = $1";

    /// <summary>The checks that an agent runs now, by name.</summary>
    /// <remarks>None while it is away: others of its location run them, or nobody does.</remarks>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static async Task<Page<CheckView>> Handle(
        Guid id,
        int? limit,
        string? after,
        NpgsqlDataSource db,
        IReadPosition reads,
        LiveAgents live,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var from = Cursor.ReadNameAndId(after);
        var position = reads.Position;
        if (await db.QueryAsync(Exists, [id], r => r.GetInt32(0), cancellationToken) is [])
            throw new FaultException(Fault.NotFound("agent"));
        var rows = await CheckReading.PageAsync(db, live.ChecksOf(id), from, most + 1, cancellationToken);
        return Paging.Of(rows, most, c => Cursor.Write(c.Name, c.Id), position);
    }
}
