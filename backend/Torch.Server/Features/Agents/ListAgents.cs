using Npgsql;
using Torch.Contracts;
using Torch.Server.Agents;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Agents;

internal static class ListAgents
{
    public static readonly NamedReading<AgentRow> Named = new(
        AgentReading.Rows,
        "name",
        "agent",
        (row, _) => AgentReading.Row(row),
        a => (a.View.Name, a.View.Id, a.Version)
    );

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
        var page = await Named.PageAsync(db, reads, limit, after, cancellationToken);
        return new([.. page.Items.Select(a => live.Complete(a.View))], page.Next, page.Position);
    }
}

internal static class GetAgent
{
    /// <summary>One agent.</summary>
    public static async Task<AgentView> Handle(
        Guid id,
        HttpContext http,
        NpgsqlDataSource db,
        IReadPosition reads,
        LiveAgents live,
        CancellationToken cancellationToken
    ) => live.Complete((await ListAgents.Named.OneAsync(db, reads, id, http, cancellationToken)).View);
}
