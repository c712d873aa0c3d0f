using Npgsql;
using Torch.Contracts;
using Torch.Domain.Nodes;
using Torch.Server.Auth;
using Torch.Server.Events;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>A node's own row, before its place in the hierarchy is added.</summary>
internal sealed record NodeRow(
    Guid Id,
    string Name,
    Guid? CheckId,
    CheckKind? CheckKind,
    string[] Tags,
    bool Paused,
    TimeSpan? Staleness,
    string Status,
    DateTimeOffset Since,
    string? Sentence,
    long Version,
    Marks? Marks,
    Guid[]? Suppressed = null,
    ServicePeriod? ServicePeriod = null
);

/// <summary>Nodes as the read tables hold them.</summary>
internal static class NodeReading
{
    /// <summary>What <see cref="Row"/> reads of a node n; <see cref="Beside"/> joins the rest. Without a transition it is unknown since it was created.</summary>
    public const string Columns = """
        n.id, n.name, n.check_id, c.kind, n.tags, n.paused, n.staleness,
        coalesce(s.status, 'unknown'), coalesce(s.since, n.created_at), s.why->>'sentence', n.version, m.marks, s.suppressed,
        n.service_period
        """;

    /// <summary>The node's check c, status s and marks m.</summary>
    public const string Beside = """
        left join torch.checks c on c.id = n.check_id left join torch.node_statuses s on s.node_id = n.id
        left join torch.node_marks m on m.node_id = n.id
        """;

    private const string Rows = $"select {Columns} from torch.nodes n {Beside}";

    private const string OnePage =
        Rows
        + """

            where ($1::boolean is null or $1 = not exists (select from torch.edges e where e.child_id = n.id))
                and ($2::text is null or (n.name, n.id) > ($2, $3::uuid)) and ($4::text is null or n.name = $4)
            order by n.name, n.id
            limit $5
            """;

    private const string Children = $"""
        select e.parent_id, e.child_id, n.name, coalesce(s.status, 'unknown'), coalesce(s.since, n.created_at),
            n.check_id, c.kind, e.weight, e.required, e.contribution
        from torch.edges e join torch.nodes n on n.id = e.child_id {Beside}
        where e.parent_id = any($1)
        order by e.parent_id, e.ordinal, e.child_id
        """;

    private const string Parents = """
        select e.child_id, e.parent_id, e.weight from torch.edges e where e.child_id = any($1) order by e.child_id, e.ordinal, e.parent_id
        """;

    // Along first parents. The log keeps cycles out; the bound keeps a half-rebuilt table from looping.
    private const string Paths = """
        with recursive up as (
            select n.id as of, n.id, 0 as step from unnest($1::uuid[]) as n (id)
            union all
            select up.of, first.parent_id, up.step + 1
            from up cross join lateral (
                select e.parent_id from torch.edges e
                where e.child_id = up.id and ($2::uuid[] is null or e.parent_id = any($2))
                order by e.ordinal, e.parent_id limit 1) first
            where up.step < 1000
        )
        select up.of, up.id, n.name from up join torch.nodes n on n.id = up.id order by up.of, up.step desc
        """;

    private const string Unavailable = """
        select s.node_id from torch.node_statuses s where s.node_id = any($1) and (s.status in ('expired', 'critical', 'down')
            or exists (select from torch.statuses x where x.name = s.status and not x.available))
        """;

    public static Task<List<NodeRow>> PageAsync(
        NpgsqlDataSource db,
        bool? root,
        string? name,
        (string? Name, Guid? Id) after,
        int limit,
        CancellationToken ct
    ) => db.QueryAsync(OnePage, [root, after.Name, after.Id, name, limit], Row, ct);

    public static async Task<NodeRow> OneAsync(NpgsqlDataSource db, Guid id, CancellationToken ct)
    {
        var rows = await db.QueryAsync(Rows + " where n.id = $1", [id], Row, ct);
        return rows.Count == 1 ? rows[0] : throw new FaultException(Fault.NotFound("node"));
    }

    /// <summary>Also one that is gone: it keeps its history.</summary>
    /// <exception cref="FaultException">404: there never was one.</exception>
    public static async Task RequireEverAsync(NpgsqlDataSource db, Guid id, CancellationToken ct)
    {
        const string query = "select true from torch.past_nodes where node_id = $1 limit 1";
        if (await db.QueryAsync(query, [id], r => r.GetBoolean(0), ct) is [])
            throw new FaultException(Fault.NotFound("node"));
    }

    /// <summary>Adds children, parents and path to rows, three statements for any number of them.</summary>
    public static async Task<IReadOnlyList<NodeView>> PlaceAsync(
        NpgsqlDataSource db,
        IReadOnlyList<NodeRow> rows,
        long position,
        Sight sight,
        CancellationToken ct
    )
    {
        var ids = rows.Select(r => r.Id).ToArray();
        var children = await db.QueryAsync(Children, [ids], r => (Parent: r.GetGuid(0), Edge: Edge(r)), ct);
        var parents = await db.QueryAsync(
            Parents,
            [ids],
            r => (Child: r.GetGuid(0), Parent: r.GetGuid(1), Weight: r.GetDecimal(2)),
            ct
        );
        var paths = await db.QueryAsync(
            Paths,
            [ids, sight.Nodes],
            r => (Of: r.GetGuid(0), Crumb: new NodeCrumb(r.GetGuid(1), r.GetString(2))),
            ct
        );
        var childrenOf = children.Where(c => sight.Shows(c.Edge.Id)).ToLookup(c => c.Parent, c => c.Edge);
        var suppressedBy = await SuppressedByAsync(db, rows, ct);
        var parentsOf = parents.Where(p => sight.Shows(p.Parent)).ToLookup(p => p.Child);
        var pathOf = paths.ToLookup(p => p.Of, p => p.Crumb);
        return
        [
            .. rows.Select(r => new NodeView(
                r.Id,
                r.Name,
                [.. parentsOf[r.Id].Select(p => p.Parent)],
                r.CheckId,
                r.CheckKind,
                r.Status,
                r.Since,
                r.Sentence,
                r.Tags,
                parentsOf[r.Id].Select(p => (decimal?)p.Weight).FirstOrDefault() ?? 1,
                r.Paused,
                r.Staleness,
                [.. childrenOf[r.Id]],
                [.. pathOf[r.Id]],
                r.Version,
                position,
                Marking.Flapping(r.Marks),
                Marking.Acknowledged(r.Marks),
                Marking.Maintenance(r.Marks),
                Marking.Manual(r.Marks),
                ServicePeriod: r.ServicePeriod is { } period ? new(period.Schedule, period.TimeZone) : null,
                SuppressedBy: sight.OfAny(suppressedBy.GetValueOrDefault(r.Id))
            )),
        ];
    }

    /// <summary>The nodes whose consequence each one's problem is, as long as those are not available; others have no entry.</summary>
    public static async Task<Dictionary<Guid, IReadOnlyList<Guid>>> SuppressedByAsync(
        NpgsqlDataSource db,
        IEnumerable<NodeRow> rows,
        CancellationToken ct
    )
    {
        var marked = rows.Where(r => r.Suppressed is not null).ToList();
        if (marked.Count == 0)
            return [];
        var asked = marked.SelectMany(r => r.Suppressed!).Distinct().ToArray();
        var failing = (await db.QueryAsync(Unavailable, [asked], r => r.GetGuid(0), ct)).ToHashSet();
        return marked
            .Where(r => r.Suppressed!.Any(failing.Contains))
            .ToDictionary(r => r.Id, r => (IReadOnlyList<Guid>)[.. r.Suppressed!.Where(failing.Contains)]);
    }

    public static async Task<IReadOnlyList<Guid>?> SuppressedByAsync(
        NpgsqlDataSource db,
        NodeRow row,
        CancellationToken ct
    ) => (await SuppressedByAsync(db, [row], ct)).GetValueOrDefault(row.Id);

    public static NodeRow Row(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetString(1),
            row.Maybe<Guid?>(2),
            Kind(row.Maybe<string>(3)),
            row.GetFieldValue<string[]>(4),
            row.GetBoolean(5),
            row.Maybe<TimeSpan?>(6),
            row.GetString(7),
            row.GetFieldValue<DateTimeOffset>(8),
            row.Maybe<string>(9),
            row.GetInt64(10),
            row.Maybe<byte[]>(11) is { } marks ? EventCodec.Marks(marks) : null,
            row.Maybe<Guid[]>(12),
            row.Maybe<byte[]>(13) is { } period ? EventCodec.ServicePeriod(period) : null
        );

    private static EdgeView Edge(NpgsqlDataReader row) =>
        new(
            row.GetGuid(1),
            row.GetString(2),
            row.GetString(3),
            row.GetFieldValue<DateTimeOffset>(4),
            row.Maybe<Guid?>(5),
            Kind(row.Maybe<string>(6)),
            row.GetDecimal(7),
            row.GetBoolean(8),
            row.GetString(9)
        );

    public static CheckKind? Kind(string? kind) => kind is null ? null : Enum.Parse<CheckKind>(kind, ignoreCase: true);
}
