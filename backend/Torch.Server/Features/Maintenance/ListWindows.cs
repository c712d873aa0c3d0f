using Npgsql;
using Torch.Contracts;
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

                where $1::text is null or (name, id) > ($1, $2::uuid)
                order by name, id
                limit $3
                """;
        var rows = await db.QueryAsync(
            sql,
            [name, id, most + 1],
            r => MaintenanceReading.View(MaintenanceReading.Row(r), now, position),
            cancellationToken
        );
        return Paging.Of(rows, most, w => Cursor.Write(w.Name, w.Id), position);
    }
}
