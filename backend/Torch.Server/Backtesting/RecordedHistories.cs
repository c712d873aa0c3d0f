using Npgsql;
using Torch.Domain.Backtests;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;
using Torch.Server.Features;

namespace Torch.Server.Backtesting;

/// <summary>Effective history as the read tables hold it, in keyset pages.</summary>
internal sealed class RecordedHistories(NpgsqlDataSource db)
{
    private const int Page = 10_000;

    private const string Transitions = """
        select node_id, at, from_status, to_status, position, ordinal, suppressed is not null from torch.transitions
        where node_id = any($1) and at > $2 and at <= $3 and replaced_at is null and (node_id, at, position, ordinal) > ($4, $5, $6, $7)
        order by node_id, at, position, ordinal limit 10000
        """;

    private const string Told = """
        select at, from_status, to_status, position, ordinal, suppressed is not null, why->>'sentence' from torch.transitions
        where node_id = $1 and at > $2 and at <= $3 and replaced_at is null and (at, position, ordinal) > ($4, $5, $6)
        order by at, position, ordinal limit 10000
        """;

    private const string StatusAt = """
        select to_status from torch.transitions where node_id = $1 and at <= $2 and replaced_at is null
        order by at desc, position desc, ordinal desc limit 1
        """;

    private static readonly Why Unsaid = new("nothing", "", null, 0, [], [], 0);

    /// <summary>The transitions of nodes after one moment up to another, in the order of time. Why is not said.</summary>
    public async Task<IReadOnlyList<NodeTransitioned>> AroundAsync(
        IReadOnlyCollection<Guid> nodes,
        DateTimeOffset after,
        DateTimeOffset to,
        CancellationToken ct
    )
    {
        var (all, ids) = (new List<NodeTransitioned>(), nodes.ToArray());
        var last = (Node: Guid.Empty, At: DateTimeOffset.MinValue, Position: 0L, Ordinal: -1);
        while (true)
        {
            var rows = await db.QueryAsync(
                Transitions,
                [ids, after, to, last.Node, last.At, last.Position, last.Ordinal],
                row =>
                {
                    var at = row.GetFieldValue<DateTimeOffset>(1);
                    last = (row.GetGuid(0), at, row.GetInt64(4), row.GetInt32(5));
                    return new NodeTransitioned(
                        last.Node,
                        Interned(row.GetString(2)),
                        Interned(row.GetString(3)),
                        at,
                        Unsaid
                    );
                },
                ct
            );
            all.AddRange(rows);
            if (rows.Count < Page)
                break;
        }
        // Stable: of one moment and node they stand as they were recorded.
        return [.. all.OrderBy(t => t.At)];
    }

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

    // A few names, many times.
    private static string Interned(string status) => string.Intern(status);
}
