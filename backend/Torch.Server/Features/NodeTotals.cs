using Npgsql;
using Torch.Domain.Slo;
using Torch.Server.Projecting;

namespace Torch.Server.Features;

/// <summary>How long nodes were in each status between any moments, from sums per day and the changes of the days that the moments are in.</summary>
internal sealed class NodeTotals
{
    private const string Before = """
        select d.node_id, d.day, d.at, d.status, d.statuses, d.ms, p.at
        from unnest($1) as n (id) cross join unnest($2, $3) as p (at, day) cross join lateral (
            select * from torch.node_days d where d.node_id = n.id and d.day < p.day order by d.day desc limit 1) d
        """;

    // A range of the index for each; joined freely, it becomes a scan of all that there ever was.
    private const string Within = """
        select t.node_id, t.at, t.to_status, p.at
        from unnest($1) as n (id) cross join unnest($2, $3) as p (at, day) cross join lateral (
            select * from torch.transitions t
            where t.node_id = n.id and t.at >= p.day and t.at < p.at and t.replaced_at is null offset 0) t
        where p.day < p.at
        order by t.node_id, p.at, t.at, t.position, t.ordinal
        """;

    private readonly Dictionary<(Guid Node, DateTimeOffset At), RunningTotals> _totals;

    private NodeTotals(Dictionary<(Guid, DateTimeOffset), RunningTotals> totals) => _totals = totals;

    /// <param name="moments">Whole milliseconds.</param>
    public static async Task<NodeTotals> ReadAsync(
        NpgsqlDataSource db,
        IReadOnlyCollection<Guid> nodes,
        IReadOnlyCollection<DateTimeOffset> moments,
        CancellationToken cancellationToken
    )
    {
        var distinct = moments.Distinct().ToArray();
        object[] arguments = [nodes.ToArray(), distinct, distinct.Select(NodeDays.DayOf).ToArray()];
        var totals = new Dictionary<(Guid, DateTimeOffset), RunningTotals>();
        foreach (
            var (key, known) in await db.QueryAsync(
                Before,
                arguments,
                r => ((r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(6)), NodeDays.Row(r).Totals),
                cancellationToken
            )
        )
            totals[key] = known;
        await db.QueryAsync(Within, arguments, r => Add(totals, r), cancellationToken);
        return new NodeTotals(totals);
    }

    /// <summary>Milliseconds per status; nothing of the time before the first.</summary>
    public SortedDictionary<string, long> Between(Guid node, Span span)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (!_totals.TryGetValue((node, span.To), out var end))
            return sums;
        foreach (var (status, milliseconds) in end.Until(span.To))
            sums[status] = milliseconds;
        if (_totals.TryGetValue((node, span.From), out var begin))
            foreach (var (status, milliseconds) in begin.Until(span.From))
                sums[status] -= milliseconds;
        return sums;
    }

    private static bool Add(Dictionary<(Guid, DateTimeOffset), RunningTotals> totals, NpgsqlDataReader row)
    {
        var key = (row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(3));
        var change = new StatusTaken(row.GetFieldValue<DateTimeOffset>(1), row.GetString(2));
        totals[key] = RunningTotals.After(totals.GetValueOrDefault(key), change);
        return true;
    }
}
