using Npgsql;
using Torch.Server.Events;

namespace Torch.Server.Features;

/// <summary>An instant of the log.</summary>
/// <param name="At">When the last event up to its position was taken.</param>
/// <param name="Bound">Nothing up to its position is later.</param>
internal sealed record PastInstant(long Position, DateTimeOffset At, DateTimeOffset Bound);

/// <summary>A node as it was, with how often its rules had been published.</summary>
internal sealed record PastRow(NodeRow Node, long RulesVersion);

/// <summary>A link as it was.</summary>
internal sealed record PastEdge(
    Guid ParentId,
    Guid ChildId,
    decimal Weight,
    bool Required,
    string Contribution,
    long Ordinal
);

/// <summary>
/// What the read tables say of an instant. A status is the last change that followed from the events up to the position: what the
/// evaluator wrote of them may stand after it, and what was revised since had not been learned.
/// </summary>
internal static class PastTables
{
    // Nodes that are worth a connection of their own, and how many of these one request takes.
    private const int Many = 1_000;
    private const int Readers = 4;

    // What follows from an event stands within so many positions after it.
    private const string Soon = "100000";

    // A scalar subquery, so that no plan reads the journal as a whole for it. Few rows come that far.
    private const string IsKnown = """
        (t.position <= $1 or ((t.why->>'position')::bigint <= $1
            and (select e.type from journal.mt_events e where e.seq_id = t.position) = 'node_transitioned'))
        and (t.replaced_position is null or t.replaced_position > $1)
        """;

    private const string Columns = """
        n.node_id, n.name, n.check_id, case when n.check_id is not null then coalesce(k.kind, 'report') end,
        n.tags, n.paused, n.staleness, coalesce(s.to_status, 'unknown'), coalesce(s.at, n.created_at), s.sentence, n.rules_version,
        m.marks, s.suppressed
        """;

    private const string Beside = $"""
        left join torch.past_kinds k on k.check_id = n.check_id and k.position <= $1
        left join lateral (
            select t.to_status, t.at, t.why->>'sentence' as sentence, t.suppressed from torch.transitions t
            where t.node_id = n.node_id and t.at <= $3 and {IsKnown}
            order by t.at desc, t.position desc, t.ordinal desc limit 1) s on true
        left join lateral (
            select m.marks from torch.past_marks m
            where m.node_id = n.node_id and m.position <= $1 + {Soon} and (m.position <= $1 or coalesce(m.cause <= $1, m.at <= $2))
            order by m.position desc limit 1) m on true
        """;

    private const string All = $"""
        select {Columns} from torch.past_nodes n {Beside}
        where n.from_position <= $1 and (n.to_position is null or n.to_position > $1)
        """;

    private const string Some = $"""
        select {Columns} from unnest($4::uuid[]) as i (id) join torch.past_nodes n on n.node_id = i.id {Beside}
        where n.from_position <= $1 and (n.to_position is null or n.to_position > $1)
        """;

    private const string EdgeColumns = "e.parent_id, e.child_id, e.weight, e.required, e.contribution, e.ordinal";

    private const string Stood = "e.from_position <= $1 and (e.to_position is null or e.to_position > $1)";

    private const string AllEdges = $"select {EdgeColumns} from torch.past_edges e where {Stood}";

    private const string EdgesOf = $"""
        select {EdgeColumns} from torch.past_edges e where e.parent_id = $2 and {Stood}
        union all
        select {EdgeColumns} from torch.past_edges e where e.child_id = $2 and {Stood}
        """;

    private const string EdgesBelow = $"""
        with recursive below as (
            select null::uuid as parent_id, $2::uuid as child_id, 0::numeric as weight, false as required, '' as contribution, 0::bigint as ordinal
            union
            select {EdgeColumns} from below b join torch.past_edges e on e.parent_id = b.child_id and {Stood}
        )
        select * from below where parent_id is not null
        """;

    // Along first parents. The log keeps cycles out; the bound keeps a half-rebuilt table from looping.
    private const string Path = $"""
        with recursive up as (
            select $2::uuid as id, 0 as step
            union all
            select f.parent_id, up.step + 1 from up cross join lateral (
                select e.parent_id from torch.past_edges e where e.child_id = up.id and {Stood}
                    and ($3::uuid[] is null or e.parent_id = any($3))
                order by e.ordinal, e.parent_id limit 1) f
            where up.step < 1000
        )
        select n.node_id, n.name from up join torch.past_nodes n on n.node_id = up.id
        where n.from_position <= $1 and (n.to_position is null or n.to_position > $1) order by up.step desc
        """;

    // After an update from a version without them, until the log has been folded into them.
    private const string Unfilled = """
        select exists (select from torch_log.rebuilds where projection = 'Past:All' and purpose = 'swap')
            and exists (select from torch.nodes n where not exists (select from torch.past_nodes p where p.node_id = n.id))
        """;

    /// <summary>Whether the tables lack what was before they were made.</summary>
    public static async Task<bool> AreUnfilledAsync(NpgsqlDataSource db, CancellationToken ct) =>
        (await db.QueryAsync(Unfilled, [], r => r.GetBoolean(0), ct))[0];

    /// <summary>Every node.</summary>
    public static Task<List<PastRow>> NodesAsync(NpgsqlDataSource db, PastInstant at, CancellationToken ct) =>
        db.QueryAsync(All, [at.Position, at.At, at.Bound], Row, ct);

    /// <summary>Some nodes; those that were not there are left out. Many are read by several connections: what a position tells does not change meanwhile.</summary>
    public static async Task<List<PastRow>> NodesAsync(
        NpgsqlDataSource db,
        PastInstant at,
        IReadOnlyCollection<Guid> ids,
        CancellationToken ct
    )
    {
        var share = Math.Max(Many, (ids.Count + Readers - 1) / Readers);
        var parts = ids.Chunk(share).Select(part => db.QueryAsync(Some, [at.Position, at.At, at.Bound, part], Row, ct));
        return [.. (await Task.WhenAll(parts)).SelectMany(rows => rows)];
    }

    /// <summary>Every link.</summary>
    public static Task<List<PastEdge>> EdgesAsync(NpgsqlDataSource db, PastInstant at, CancellationToken ct) =>
        db.QueryAsync(AllEdges, [at.Position], Edge, ct);

    /// <summary>The links below a node.</summary>
    public static Task<List<PastEdge>> EdgesBelowAsync(
        NpgsqlDataSource db,
        PastInstant at,
        Guid id,
        CancellationToken ct
    ) => db.QueryAsync(EdgesBelow, [at.Position, id], Edge, ct);

    /// <summary>A node's links to parents and children.</summary>
    public static Task<List<PastEdge>> EdgesOfAsync(
        NpgsqlDataSource db,
        PastInstant at,
        Guid id,
        CancellationToken ct
    ) => db.QueryAsync(EdgesOf, [at.Position, id], Edge, ct);

    /// <summary>The way from the root to a node.</summary>
    /// <param name="among">Over these alone; over all where null.</param>
    public static Task<List<Contracts.NodeCrumb>> PathAsync(
        NpgsqlDataSource db,
        PastInstant at,
        Guid id,
        Guid[]? among,
        CancellationToken ct
    ) => db.QueryAsync(Path, [at.Position, id, among], r => new Contracts.NodeCrumb(r.GetGuid(0), r.GetString(1)), ct);

    private static PastRow Row(NpgsqlDataReader row) =>
        new(
            new NodeRow(
                row.GetGuid(0),
                row.GetString(1),
                row.Maybe<Guid?>(2),
                NodeReading.Kind(row.Maybe<string>(3)),
                row.GetFieldValue<string[]>(4),
                row.GetBoolean(5),
                row.Maybe<TimeSpan?>(6),
                row.GetString(7),
                row.GetFieldValue<DateTimeOffset>(8),
                row.Maybe<string>(9),
                0,
                row.Maybe<byte[]>(11) is { } marks ? EventCodec.Marks(marks) : null,
                row.Maybe<Guid[]>(12)
            ),
            row.GetInt64(10)
        );

    private static PastEdge Edge(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetGuid(1), row.GetDecimal(2), row.GetBoolean(3), row.GetString(4), row.GetInt64(5));
}
