using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Maintenance;

internal static class ListWindows
{
    /// <summary>All maintenance windows, by name.</summary>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static async Task<Page<MaintenanceWindow>> Handle(
        int? limit,
        string? after,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var (name, id) = Cursor.ReadNameAndId(after);
        var (position, now) = (reads.Position, time.GetUtcNow());
        const string sql =
            MaintenanceReading.Rows
            + """

                where ($1::text is null or (name, id) > ($1, $2::uuid)) and ($4::uuid[] is null or node_ids && $4)
                order by name, id
                limit $3
                """;
        var rows = await db.QueryAsync(
            sql,
            [name, id, most + 1, sight.Nodes],
            r => MaintenanceReading.View(MaintenanceReading.Row(r), now, position, sight),
            cancellationToken
        );
        return Paging.Of(rows, most, w => Cursor.Write(w.Name, w.Id), position);
    }
}
