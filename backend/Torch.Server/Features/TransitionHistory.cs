using Npgsql;
using Torch.Domain.Slo;

namespace Torch.Server.Features;

/// <summary>Statuses of nodes over a span, as they were known at a position: what was learned later does not count.</summary>
internal static class TransitionHistory
{
    private const string Known = """
        t.position <= $4 and (t.replaced_position is null or t.replaced_position > $4)
        """;

    private const string Changes = $"""
        select n.id, b.at, b.to_status, b.why, b.position, b.ordinal from unnest($1) as n (id) cross join lateral (
            select t.at, t.to_status, case when $5 then t.why->>'sentence' end as why, t.position, t.ordinal
            from torch.transitions t
            where t.node_id = n.id and t.at < $2 and {Known}
            order by t.at desc, t.position desc, t.ordinal desc limit 1) b
        union all
        select t.node_id, t.at, t.to_status, case when $5 then t.why->>'sentence' end, t.position, t.ordinal
        from torch.transitions t
        where t.node_id = any($1) and t.at >= $2 and t.at < $3 and {Known}
        order by 1, 2, 5, 6
        """;

    // A check's own gaps are in its leaf's statuses: unknown, but for what was learned of them later.
    private const string Absences = """
        select from_at, to_at from torch.absences where from_at < $2 and to_at > $1 and position <= $3
        order by from_at, position
        """;

    /// <summary>What held when the span began, and each change in it, in the order of time.</summary>
    /// <param name="withWhy">Whether outages will be told with their cause.</param>
    public static async Task<ILookup<Guid, StatusTaken>> ReadAsync(
        NpgsqlDataSource db,
        IReadOnlyCollection<Guid> nodes,
        Span span,
        long position,
        bool withWhy,
        CancellationToken cancellationToken
    )
    {
        var rows = await db.QueryAsync(
            Changes,
            [nodes.ToArray(), span.From, span.To, position, withWhy],
            r =>
                (
                    Node: r.GetGuid(0),
                    Change: new StatusTaken(r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), r.Maybe<string>(3))
                ),
            cancellationToken
        );
        return rows.ToLookup(r => r.Node, r => r.Change);
    }

    /// <summary>The times in which Torch itself was away: statuses stood still, and say nothing.</summary>
    public static async Task<IReadOnlyList<Span>> AbsencesAsync(
        NpgsqlDataSource db,
        Span span,
        long position,
        CancellationToken cancellationToken
    ) =>
        await db.QueryAsync(
            Absences,
            [span.From, span.To, position],
            r => new Span(r.GetFieldValue<DateTimeOffset>(0), r.GetFieldValue<DateTimeOffset>(1)),
            cancellationToken
        );
}
