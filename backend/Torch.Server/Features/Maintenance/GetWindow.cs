using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Maintenance;

internal static class GetWindow
{
    private const string Query = MaintenanceReading.Rows + " where id = $1 and ($2::uuid[] is null or node_ids && $2)";

    /// <summary>One maintenance window.</summary>
    public static async Task<MaintenanceWindow> Handle(
        Guid id,
        HttpContext http,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (position, now) = (reads.Position, time.GetUtcNow());
        var rows = await db.QueryAsync(Query, [id, sight.Nodes], MaintenanceReading.Row, cancellationToken);
        if (rows.Count == 0)
            throw new FaultException(Fault.NotFound("maintenance window"));
        http.Response.SetETag(rows[0].Version);
        return MaintenanceReading.View(rows[0], now, position, sight);
    }
}
