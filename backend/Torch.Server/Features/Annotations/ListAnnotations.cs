using System.Globalization;
using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Annotations;

internal static class ListAnnotations
{
    private const string Query = """
        with recursive up(id) as (
            select $1::uuid union
            select e.parent_id from torch.edges e join up on e.child_id = up.id
            where $7::uuid[] is null or e.parent_id = any($7)
        )
        select a.id, n.id, n.name, a.kind, a.text, a.link, a.at, a.added_by, a.added_at, a.position
        from up join torch.nodes n on n.id = up.id cross join lateral (
            select * from torch.annotations a
            where a.node_id = n.id and ($2::timestamptz is null or a.at >= $2) and ($3::timestamptz is null or a.at < $3)
                and ($4::timestamptz is null or (a.at, a.id) < ($4, $5::uuid))
            order by a.at desc, a.id desc
            limit $6) a
        order by a.at desc, a.id desc
        limit $6
        """;

    /// <summary>What happened to a node, or to any above it, newest first.</summary>
    /// <param name="from">RFC 3339, inclusive.</param>
    /// <param name="to">RFC 3339, exclusive.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="before">The <c>next</c> of the page before.</param>
    public static async Task<Page<AnnotationView>> Handle(
        Guid id,
        string? from,
        string? to,
        int? limit,
        string? before,
        NpgsqlDataSource db,
        IReadPosition reads,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        sight.Require(id);
        var most = Limit.Of(limit);
        var start = TimeRange.Parse(from, "from");
        var end = TimeRange.Parse(to, "to");
        var (at, last) = Before(before);
        await NodeReading.RequireEverAsync(db, id, cancellationToken);
        var position = reads.Position;
        object?[] arguments = [id, start, end, at, last, most + 1, sight.Nodes];
        var rows = await db.QueryAsync(Query, arguments, Row, cancellationToken);
        return Paging.Of(rows, most, r => Cursor.Write(Ticks(r.At), r.Id), position);
    }

    private static (DateTimeOffset? At, Guid? Id) Before(string? cursor)
    {
        if (Cursor.Read(cursor, 2, "before") is not [var ticks, var id])
            return (null, null);
        return
            long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParse(id, out var last)
            ? (new(at, TimeSpan.Zero), last)
            : throw new FaultException(Fault.Invalid("before", "is not a cursor that Torch gave"));
    }

    private static string Ticks(DateTimeOffset at) => at.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static AnnotationView Row(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetGuid(1),
            row.GetString(2),
            Enum.Parse<AnnotationKind>(row.GetString(3), ignoreCase: true),
            row.GetString(4),
            row.Maybe<string>(5),
            row.GetFieldValue<DateTimeOffset>(6),
            row.Maybe<string>(7),
            row.GetFieldValue<DateTimeOffset>(8),
            row.GetInt64(9)
        );
}
