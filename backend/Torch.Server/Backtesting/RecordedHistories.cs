using Npgsql;
using Torch.Domain.Backtests;
using Torch.Domain.Statuses;
using Torch.Server.Features;

namespace Torch.Server.Backtesting;

/// <summary>Effective history as the read tables hold it, in keyset pages.</summary>
internal sealed class RecordedHistories(NpgsqlDataSource db)
{
    private const int Page = 10_000;
    private const int PerNode = 100;

    // Each node goes on where it stopped, along the index of its times: one list of all nodes cannot be paged by an index.
    private const string Transitions = """
        select n.i::integer, t.at, array_position($7::text[], t.from_status), array_position($7, t.to_status), t.position, t.ordinal
        from unnest($1::uuid[], $2::timestamptz[], $3::bigint[], $4::integer[]) with ordinality as n (id, at, position, ordinal, i)
        cross join lateral (
            select * from torch.transitions t
            where t.node_id = n.id and t.at >= n.at and t.at <= $5 and t.replaced_at is null
                and (t.at, t.position, t.ordinal) > (n.at, n.position, n.ordinal)
            order by t.at, t.position, t.ordinal limit $6
        ) t
        """;

    private const string Told = """
        select t.at, t.from_status, t.to_status, t.position, t.ordinal,
            t.suppressed is not null or coalesce((m.marks->'flapping')::boolean, false), t.why->>'sentence'
        from torch.transitions t
        left join lateral (
            select marks from torch.past_marks m
            where m.node_id = t.node_id and m.position <= t.position and m.at <= t.at order by m.position desc limit 1
        ) m on true
        where t.node_id = $1 and t.at > $2 and t.at <= $3 and t.replaced_at is null
            and (t.at, t.position, t.ordinal) > ($4, $5, $6)
        order by t.at, t.position, t.ordinal limit 10000
        """;

    private const string StatusAt = """
        select to_status from torch.transitions where node_id = $1 and at <= $2 and replaced_at is null
        order by at desc, position desc, ordinal desc limit 1
        """;

    /// <summary>The transitions of nodes after one moment up to another, in the order of time.</summary>
    public async Task<SurroundingHistory> AroundAsync(
        IReadOnlyCollection<Guid> nodes,
        DateTimeOffset after,
        DateTimeOffset to,
        StatusCatalog statuses,
        CancellationToken ct
    )
    {
        Guid[] ids = [.. nodes];
        // What nobody knows any more counts as unknown.
        string[] names = [StatusCatalog.Unknown, .. statuses.Ordered.Select(s => s.Name)];
        var all = new SurroundingHistory(ids, names);
        Place[] open = [.. ids.Select((id, i) => new Place(i, id, after, long.MaxValue, int.MaxValue))];
        while (open.Length > 0)
        {
            var more = new List<Place>();
            var each = Math.Max(PerNode, Page / open.Length);
            foreach (var some in open.Chunk(Page / each))
                more.AddRange(await PageAsync(some, each, to, names, all, ct));
            open = [.. more];
        }
        all.Sort();
        return all;
    }

    // The next few of each node. Answers those that may have more, with where they go on.
    private async Task<IEnumerable<Place>> PageAsync(
        Place[] places,
        int each,
        DateTimeOffset to,
        string[] names,
        SurroundingHistory all,
        CancellationToken ct
    )
    {
        var read = new int[places.Length];
        object[] arguments =
        [
            Array.ConvertAll(places, p => p.Id),
            Array.ConvertAll(places, p => p.At),
            Array.ConvertAll(places, p => p.Position),
            Array.ConvertAll(places, p => p.Ordinal),
            to,
            each,
            names,
        ];
        await db.EachAsync(Transitions, arguments, Take, ct);
        return places.Where((_, i) => read[i] == each);

        void Take(NpgsqlDataReader row)
        {
            var i = row.GetInt32(0) - 1;
            var at = row.GetFieldValue<DateTimeOffset>(1);
            all.Add(places[i].Node, at, NumberOf(row, 2), NumberOf(row, 3));
            if (++read[i] == each)
                places[i] = places[i] with { At = at, Position = row.GetInt64(4), Ordinal = row.GetInt32(5) };
        }
    }

    private static int NumberOf(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? 0 : row.GetInt32(column) - 1;

    /// <summary>Where the reading of a node stands: after its last transition so far.</summary>
    private sealed record Place(int Node, Guid Id, DateTimeOffset At, long Position, int Ordinal);

    /// <summary>What a node was in a window.</summary>
    public async Task<StatusHistory> OfAsync(
        Guid node,
        DateTimeOffset from,
        DateTimeOffset to,
        StatusCatalog statuses,
        CancellationToken ct
    )
    {
        var first = await db.QueryAsync(StatusAt, [node, from], row => row.GetString(0), ct);
        var changes = new List<HistoryChange>();
        var last = (At: DateTimeOffset.MinValue, Position: 0L, Ordinal: -1);
        while (true)
        {
            var rows = await db.QueryAsync(
                Told,
                [node, from, to, last.At, last.Position, last.Ordinal],
                row =>
                {
                    last = (row.GetFieldValue<DateTimeOffset>(0), row.GetInt64(3), row.GetInt32(4));
                    var change = new HistoryChange(last.At, row.GetString(1), row.GetString(2), row.GetBoolean(5));
                    return change with { Sentence = row.Maybe<string>(6) };
                },
                ct
            );
            changes.AddRange(rows);
            if (rows.Count < Page)
                break;
        }
        return new(from, to, first.Count > 0 ? first[0] : StatusCatalog.Unknown, changes, statuses);
    }
}
