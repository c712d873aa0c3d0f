using Npgsql;
using Torch.Contracts;
using Torch.Domain.Incidents;
using Torch.Server.Auth;
using Torch.Server.Projecting;

namespace Torch.Server.Features;

/// <summary>Incidents as the read tables hold them, with the names that their nodes have now.</summary>
internal sealed class IncidentReading(NpgsqlDataSource db)
{
    private const string Rows = $"select {IncidentRows.Columns} from torch.incidents";

    private const string Page =
        Rows
        + """

            where ($1::boolean is null or $1 = (ended_at is null)) and ($2::uuid is null or node_ids @> array[$2::uuid])
                and ($6::uuid[] is null or node_ids && $6)
                and (position < $3 or (position = $3 and id > $4))
            order by position desc, id
            limit $5
            """;

    private const string Names = "select id, name from torch.nodes where id = any($1)";

    private const string Paths = """
        with recursive up as (
            select n.id as of, n.id, 0 as step from unnest($1::uuid[]) as n (id)
            union all
            select up.of, first.parent_id, up.step + 1
            from up cross join lateral (
                select e.parent_id from torch.edges e
                where e.child_id = up.id and ($2::uuid[] is null or e.parent_id = any($2))
                order by e.ordinal, e.parent_id limit 1) first
            where up.step < 100
        )
        select up.of, string_agg(n.name, ' / ' order by up.step desc)
        from up join torch.nodes n on n.id = up.id where up.step > 0 group by up.of
        """;

    /// <summary>Newest first, with their positions.</summary>
    public async Task<IReadOnlyList<(long Position, IncidentView Incident)>> PageAsync(
        bool? isOpen,
        Guid? node,
        long before,
        Guid after,
        int limit,
        long position,
        Sight sight,
        CancellationToken ct
    )
    {
        object?[] arguments = [isOpen, node, before, after, limit, sight.Nodes];
        var rows = await db.QueryAsync(Page, arguments, IncidentRows.Read, ct);
        var views = await ViewsAsync(rows, position, sight, ct);
        return [.. rows.Zip(views, (row, view) => (row.Position, view))];
    }

    /// <summary>Null where there is no such incident, or none of its nodes is in sight.</summary>
    public async Task<IncidentView?> FindAsync(Guid id, long position, Sight sight, CancellationToken ct)
    {
        var rows = await db.QueryAsync(Rows + " where id = $1", [id], IncidentRows.Read, ct);
        rows.RemoveAll(i => !sight.Shows(i.CauseId) && !i.Affected.Any(a => sight.Shows(a.NodeId)));
        return (await ViewsAsync(rows, position, sight, ct)).SingleOrDefault();
    }

    private async Task<IReadOnlyList<IncidentView>> ViewsAsync(
        List<Incident> incidents,
        long position,
        Sight sight,
        CancellationToken ct
    )
    {
        var rows = incidents.ConvertAll(i => Within(sight, i));
        var nodes = rows.SelectMany(i => i.Affected.Select(a => a.NodeId).Concat(i.SuppressedBy).Prepend(i.CauseId));
        var names = await PairsAsync(Names, [nodes.Distinct().ToArray()], ct);
        var paths = await PairsAsync(Paths, [rows.Select(i => i.CauseId).Distinct().ToArray(), sight.Nodes], ct);
        return
        [
            .. rows.Select(i => new IncidentView(
                i.Id,
                i.CauseId,
                names.GetValueOrDefault(i.CauseId, ""),
                paths.GetValueOrDefault(i.CauseId),
                i.Status,
                i.Worst,
                i.At,
                i.Since,
                i.EndedAt,
                i.Sentence,
                i.FirstSentence,
                i.EndSentence,
                [.. i.SuppressedBy.Select(id => new NodeRef(id, names.GetValueOrDefault(id, "")))],
                i.Acknowledged is { } by ? new(by.By, by.Reason, by.At, by.Until) : null,
                [.. i.Affected.Select(a => View(a, names.GetValueOrDefault(a.NodeId, "")))],
                null,
                position
            )),
        ];
    }

    private static AffectedView View(Affected a, string name) =>
        new(a.NodeId, name, a.Status, a.Since, a.Until, a.Before);

    private const string Elsewhere = "Its cause is in none of your hierarchies.";

    // A cause stands below what it drags along, unless it was moved or deleted since.
    private static Incident Within(Sight sight, Incident incident)
    {
        if (!sight.IsLimited)
            return incident;
        List<Affected> affected = [.. incident.Affected.Where(a => sight.Shows(a.NodeId))];
        var seen = incident with
        {
            SuppressedBy = sight.Of(incident.SuppressedBy),
            Affected = affected,
            // It may be of any of them.
            Acknowledged = affected.Count == incident.Affected.Count ? incident.Acknowledged : null,
        };
        return sight.Shows(incident.CauseId)
            ? seen
            : seen with
            {
                CauseId = Guid.Empty,
                Sentence = Elsewhere,
                FirstSentence = Elsewhere,
                EndSentence = null,
                Acknowledged = null,
            };
    }

    private async Task<Dictionary<Guid, string>> PairsAsync(string sql, object?[] arguments, CancellationToken ct) =>
        (await db.QueryAsync(sql, arguments, r => (r.GetGuid(0), r.GetString(1)), ct)).ToDictionary(
            p => p.Item1,
            p => p.Item2
        );
}
