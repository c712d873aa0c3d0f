using Npgsql;
using Torch.Domain.Statuses;

namespace Torch.Server.Features.Overview;

/// <summary>The worst status of each node in each bucket.</summary>
internal static class HeartbeatReading
{
    // What held when the span began, and each change since, as it was known at a position.
    private const string Query = """
        select n.id, before.at, before.to_status
        from unnest($3::uuid[]) as n (id) cross join lateral (
            select t.at, t.position, t.to_status from torch.transitions t
            where t.node_id = n.id and t.at < $1 and t.position <= $4 and (t.replaced_position is null or t.replaced_position > $4)
            order by t.at desc, t.position desc, t.ordinal desc limit 1) before
        union all
        select n.id, since.at, since.to_status
        from unnest($3::uuid[]) as n (id) cross join lateral (
            select t.at, t.to_status from torch.transitions t
            where t.node_id = n.id and t.at >= $1 and t.at < $2 and t.position <= $4
                and (t.replaced_position is null or t.replaced_position > $4)
            order by t.at, t.position, t.ordinal) since
        """;

    public static async Task<Dictionary<Guid, string?[]>> ReadAsync(
        NpgsqlDataSource db,
        BucketGrid grid,
        IReadOnlyCollection<Guid> nodes,
        long position,
        StatusCatalog statuses,
        CancellationToken ct
    )
    {
        var changes = await db.QueryAsync(
            Query,
            [grid.From, grid.To, nodes.ToArray(), position],
            r => new Change(r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2)),
            ct
        );
        return changes.GroupBy(c => c.Node).ToDictionary(g => g.Key, g => Fill([.. g], grid, statuses));
    }

    private static string?[] Fill(IReadOnlyList<Change> changes, BucketGrid grid, StatusCatalog statuses)
    {
        var worst = new string?[grid.Count];
        for (var i = 0; i < changes.Count; i++)
        {
            var until = i + 1 < changes.Count ? changes[i + 1].At : grid.To;
            var last = Math.Min(grid.Count - 1, Index(until, grid) - (IsEdge(until, grid) ? 1 : 0));
            for (var bucket = Math.Max(0, Index(changes[i].At, grid)); bucket <= last; bucket++)
                worst[bucket] = Worse(worst[bucket], changes[i].Status, statuses);
        }
        return worst;
    }

    private static int Index(DateTimeOffset at, BucketGrid grid) => (int)Math.Floor((at - grid.From) / grid.Width);

    private static bool IsEdge(DateTimeOffset at, BucketGrid grid) => (at - grid.From).Ticks % grid.Width.Ticks == 0;

    // Without data stays empty: "no data" must not look like a status.
    private static string? Worse(string? held, string status, StatusCatalog statuses)
    {
        if (status == StatusCatalog.Unknown)
            return held;
        return held is null || Severity(status, statuses) >= Severity(held, statuses) ? status : held;
    }

    private static int Severity(string status, StatusCatalog statuses) =>
        statuses.RankOf(status) is >= 0 and var rank ? statuses.Ordered[rank].Severity ?? -1 : -1;

    private sealed record Change(Guid Node, DateTimeOffset At, string Status);
}
