using Npgsql;
using Torch.Domain.Statuses;

namespace Torch.Server.Features.Overview;

/// <summary>Percent of the last 30 days in which a node was available. Time without data, in maintenance or paused does not count.</summary>
internal static class UptimeReading
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    private const string Query = """
        with changes as (
            select n.id as node_id, $1::timestamptz as at, 0::bigint as position, before.to_status
            from torch.nodes n cross join lateral (
                select t.to_status from torch.transitions t
                where t.node_id = n.id and t.at < $1 and t.replaced_at is null order by t.at desc, t.position desc limit 1) before
            union all
            select t.node_id, t.at, t.position, t.to_status from torch.transitions t
            where t.at >= $1 and t.at < $2 and t.replaced_at is null
        ), spans as (
            select node_id, to_status,
                extract(epoch from lead(at, 1, $2) over (partition by node_id order by at, position) - at) as seconds
            from changes
        )
        select node_id,
            sum(seconds) filter (where to_status = any($3)), sum(seconds) filter (where to_status = any($4))
        from spans group by node_id
        """;

    public static async Task<Dictionary<Guid, decimal?>> ReadAsync(
        NpgsqlDataSource db,
        DateTimeOffset now,
        StatusCatalog statuses,
        CancellationToken ct
    )
    {
        var rows = await db.QueryAsync(
            Query,
            [now - Window, now, Names(statuses, true), Names(statuses, false)],
            r => (Id: r.GetGuid(0), Up: r.Maybe<decimal?>(1) ?? 0, Down: r.Maybe<decimal?>(2) ?? 0),
            ct
        );
        return rows.ToDictionary(r => r.Id, r => Percent(r.Up, r.Down));
    }

    private static decimal? Percent(decimal up, decimal down) =>
        up + down > 0 ? Math.Round(100 * up / (up + down), 6, MidpointRounding.ToEven) : null;

    // Removed ones too: the window may still see them.
    private static string[] Names(StatusCatalog statuses, bool available) =>
        [.. statuses.Ordered.Where(s => s.Available == available).Select(s => s.Name)];
}
