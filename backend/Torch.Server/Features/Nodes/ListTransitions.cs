using System.Globalization;
using Npgsql;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Nodes;

internal static class ListTransitions
{
    private const string Query = """
        select t.node_id, n.name, t.from_status, t.to_status, t.at, t.why->>'sentence', t.position, t.recorded_at, t.ordinal, t.suppressed
        from torch.transitions t cross join (
            select p.name from torch.past_nodes p where p.node_id = $1 order by p.from_position desc limit 1) n
        where t.node_id = $1 and ($2::timestamptz is null or t.at >= $2) and ($3::timestamptz is null or t.at < $3)
            and ($4::timestamptz is null or (t.at, t.position, t.ordinal) < ($4, $5, $6))
            and ($7::timestamptz is null and t.replaced_at is null
                or t.recorded_at <= $7 and (t.replaced_at is null or t.replaced_at > $7))
        order by t.at desc, t.position desc, t.ordinal desc
        limit $8
        """;

    /// <summary>A node's changes of status, newest first.</summary>
    /// <remarks>
    /// Observations that come late change what was, so two answers for one span may differ: <c>recordedAt</c> says when a change was
    /// learned, and <c>knownAt</c> asks for what was known at a moment. Nodes that are gone keep their history.
    /// </remarks>
    /// <param name="from">RFC 3339, inclusive.</param>
    /// <param name="to">RFC 3339, exclusive.</param>
    /// <param name="knownAt">RFC 3339, or <c>now</c>, which is the default.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="before">The <c>next</c> of the page before.</param>
    public static async Task<Page<TransitionView>> Handle(
        Guid id,
        string? from,
        string? to,
        string? knownAt,
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
        var known = string.Equals(knownAt, "now", StringComparison.Ordinal)
            ? null
            : TimeRange.Parse(knownAt, "knownAt");
        var (at, recorded, ordinal) = Before(before);
        await NodeReading.RequireEverAsync(db, id, cancellationToken);
        var position = reads.Position;
        var rows = await db.QueryAsync(
            Query,
            [id, start, end, at, recorded, ordinal, known, most + 1],
            Row,
            cancellationToken
        );
        var page = Paging.Of(rows, most, r => Cursor.Write(r.Keys), position);
        return new(
            [.. page.Items.Select(r => r.View with { Suppressed = sight.OfAny(r.View.Suppressed) })],
            page.Next,
            page.Position
        );
    }

    private sealed record Found(TransitionView View, int Ordinal)
    {
        public string[] Keys =>
            [
                View.At.UtcTicks.ToString(CultureInfo.InvariantCulture),
                View.Position.ToString(CultureInfo.InvariantCulture),
                Ordinal.ToString(CultureInfo.InvariantCulture),
            ];
    }

    private static (DateTimeOffset? At, long Position, int Ordinal) Before(string? cursor)
    {
        if (Cursor.Read(cursor, 3, "before") is not { } keys)
            return (null, 0, 0);
        var numbers = keys.Select(k => long.TryParse(k, CultureInfo.InvariantCulture, out var n) ? n : -1).ToList();
        return numbers.TrueForAll(n => n >= 0) && numbers[0] <= DateTimeOffset.MaxValue.UtcTicks
            ? (new(numbers[0], TimeSpan.Zero), numbers[1], (int)Math.Min(numbers[2], int.MaxValue))
            : throw new FaultException(Fault.Invalid("before", "is not a cursor that Torch gave"));
    }

    private static Found Row(NpgsqlDataReader row) =>
        new(
            new(
                row.GetGuid(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                row.GetFieldValue<DateTimeOffset>(4),
                row.Maybe<string>(5),
                row.GetInt64(6),
                row.GetFieldValue<DateTimeOffset>(7),
                row.Maybe<Guid[]>(9)
            ),
            row.GetInt32(8)
        );
}
