using Npgsql;
using Torch.Contracts;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Nodes;

internal static class ListTransitions
{
    private const string Query = """
        select t.node_id, n.name, t.from_status, t.to_status, t.at, t.why->>'sentence', t.position
        from torch.transitions t join torch.nodes n on n.id = t.node_id
        where t.node_id = $1 and ($2::timestamptz is null or t.at >= $2) and ($3::timestamptz is null or t.at < $3)
            and t.position < $4
        order by t.position desc
        limit $5
        """;

    /// <summary>A node's changes of status, newest first.</summary>
    /// <param name="from">RFC 3339, inclusive.</param>
    /// <param name="to">RFC 3339, exclusive.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="before">The <c>next</c> of the page before.</param>
    public static async Task<Page<TransitionView>> Handle(
        Guid id,
        string? from,
        string? to,
        int? limit,
        string? before,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var start = TimeRange.Parse(from, "from");
        var end = TimeRange.Parse(to, "to");
        var cursor = Cursor.ReadBefore(before);
        await NodeReading.OneAsync(db, id, cancellationToken);
        var position = reads.Position;
        var rows = await db.QueryAsync(Query, [id, start, end, cursor, most + 1], Row, cancellationToken);
        return Paging.Of(rows, most, t => Cursor.Write(t.Position), position);
    }

    private static TransitionView Row(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetFieldValue<DateTimeOffset>(4),
            row.Maybe<string>(5),
            row.GetInt64(6)
        );
}
