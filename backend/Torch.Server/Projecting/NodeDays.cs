using Npgsql;
using Torch.Domain.Slo;
using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary>
/// <c>torch.node_days</c>, beside the transitions that it sums up: new changes are added to the last row of their node; where history was
/// revised, its days are summed up again from there.
/// </summary>
internal static class NodeDays
{
    private const string Columns = "node_id, day, at, status, statuses, ms";

    private static string Last(string schema) =>
        $"""
            select d.node_id, d.day, d.at, d.status, d.statuses, d.ms from unnest($1, $2) as n (id, before) cross join lateral (
                select {Columns} from {schema}.node_days d where d.node_id = n.id and d.day < n.before order by d.day desc limit 1) d
            """;

    private static string Changes(string schema) =>
        $"""
            select t.node_id, t.at, t.to_status from unnest($1, $2) as n (id, since)
            join {schema}.transitions t on t.node_id = n.id and t.at >= n.since and t.replaced_at is null
            order by t.node_id, t.at, t.position, t.ordinal
            """;

    private static string Clear(string schema) =>
        $"delete from {schema}.node_days d using unnest($1, $2) as n (id, since) where d.node_id = n.id and d.day >= n.since";

    private static string Put(string schema) =>
        $"""
            insert into {schema}.node_days ({Columns})
            select a, b, c, d, e::text[], f::bigint[] from unnest($1, $2, $3, $4, $5, $6) as t (a, b, c, d, e, f)
            on conflict (node_id, day) do update
            set at = excluded.at, status = excluded.status, statuses = excluded.statuses, ms = excluded.ms
            """;

    /// <summary>The day that a moment is in.</summary>
    public static DateTimeOffset DayOf(DateTimeOffset at) => RollupLevels.Floor(at, RollupLevels.Day);

    /// <summary>Takes in what a page brought to the transitions, which are written already.</summary>
    public static async Task FoldAsync(
        ProjectionTarget target,
        NodeChanges changes,
        CancellationToken cancellationToken
    )
    {
        var nodes = changes.Nodes.Select(n => (Id: n, Before: DateTimeOffset.MaxValue.AddDays(-1))).ToList();
        var known = await KnownAsync(target, nodes, cancellationToken);
        var rows = new List<(Guid, DateTimeOffset, RunningTotals)>();
        foreach (var (node, fresh) in changes.Fresh)
            if (!(fresh[0].At < known.GetValueOrDefault(node)?.At) && IsInOrder(fresh))
                rows.AddRange(Days(node, known.GetValueOrDefault(node), fresh));
            else
                changes.Revise(node, fresh.Min(c => c.At));
        if (changes.Revised.Count > 0)
            rows.AddRange(await AgainAsync(target, changes.Revised, cancellationToken));
        if (rows.Count > 0)
            await AddAsync(target, rows, cancellationToken);
    }

    private static bool IsInOrder(List<StatusTaken> changes) =>
        changes.Zip(changes.Skip(1)).All(pair => pair.First.At <= pair.Second.At);

    // From the first day that changed.
    private static async Task<IEnumerable<(Guid, DateTimeOffset, RunningTotals)>> AgainAsync(
        ProjectionTarget target,
        IReadOnlyDictionary<Guid, DateTimeOffset> revised,
        CancellationToken cancellationToken
    )
    {
        var nodes = revised.OrderBy(t => t.Key).Select(t => (Id: t.Key, Before: DayOf(t.Value))).ToList();
        var known = await KnownAsync(target, nodes, cancellationToken);
        var changes = await QueryAsync(target, Changes(target.Schema), Keys(nodes), Change, cancellationToken);
        var commands = new Commands(target);
        commands.Add(Clear(target.Schema), Keys(nodes));
        await commands.ExecuteAsync(cancellationToken);
        return changes
            .GroupBy(c => c.Node, c => c.Change)
            .SelectMany(g => Days(g.Key, known.GetValueOrDefault(g.Key), g));
    }

    private static async Task<Dictionary<Guid, RunningTotals>> KnownAsync(
        ProjectionTarget target,
        IReadOnlyList<(Guid Id, DateTimeOffset Before)> nodes,
        CancellationToken cancellationToken
    ) =>
        (await QueryAsync(target, Last(target.Schema), Keys(nodes), Row, cancellationToken)).ToDictionary(
            r => r.Node,
            r => r.Totals
        );

    private static NpgsqlParameter[] Keys(IReadOnlyList<(Guid Id, DateTimeOffset Day)> nodes) =>
        [Of.Ids(nodes.Select(n => n.Id)), Of.Times(nodes.Select(n => n.Day))];

    /// <summary>Reads node, day, at, status, statuses and ms.</summary>
    public static (Guid Node, RunningTotals Totals) Row(NpgsqlDataReader row)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var (statuses, milliseconds) = (row.GetFieldValue<string[]>(4), row.GetFieldValue<long[]>(5));
        for (var i = 0; i < statuses.Length; i++)
            sums[statuses[i]] = milliseconds[i];
        return (row.GetGuid(0), new(row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), sums));
    }

    private static (Guid Node, StatusTaken Change) Change(NpgsqlDataReader row) =>
        (row.GetGuid(0), new(row.GetFieldValue<DateTimeOffset>(1), row.GetString(2)));

    private static IEnumerable<(Guid Node, DateTimeOffset Day, RunningTotals Totals)> Days(
        Guid node,
        RunningTotals? before,
        IEnumerable<StatusTaken> changes
    )
    {
        var last = new SortedDictionary<DateTimeOffset, RunningTotals>();
        foreach (var change in changes)
            last[DayOf(change.At)] = before = RunningTotals.After(before, change);
        return last.Select(d => (node, d.Key, d.Value));
    }

    // Arrays of arrays must be of one length: each goes as PostgreSQL's text of it. A status's name needs no quotes.
    private static Task AddAsync(
        ProjectionTarget target,
        List<(Guid Node, DateTimeOffset Day, RunningTotals Totals)> rows,
        CancellationToken cancellationToken
    )
    {
        var commands = new Commands(target);
        commands.Add(
            Put(target.Schema),
            Of.Ids(rows.Select(r => r.Node)),
            Of.Times(rows.Select(r => r.Day)),
            Of.Times(rows.Select(r => r.Totals.At)),
            Of.Texts(rows.Select(r => r.Totals.Status)),
            Of.Texts(rows.Select(r => $"{{{string.Join(',', r.Totals.Milliseconds.Keys.Select(Quoted))}}}")),
            Of.Texts(rows.Select(r => $"{{{string.Join(',', r.Totals.Milliseconds.Values)}}}"))
        );
        return commands.ExecuteAsync(cancellationToken);
    }

    private static string Quoted(string name) =>
        $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static async Task<List<T>> QueryAsync<T>(
        ProjectionTarget target,
        string sql,
        NpgsqlParameter[] parameters,
        Func<NpgsqlDataReader, T> row,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, target.Connection, target.Transaction);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(row(reader));
        return rows;
    }
}

/// <summary>What a page of the log changes of nodes' statuses.</summary>
internal sealed class NodeChanges
{
    private readonly SortedDictionary<Guid, List<StatusTaken>> _fresh = [];
    private readonly SortedDictionary<Guid, DateTimeOffset> _revised = [];

    public IReadOnlyCollection<Guid> Nodes => _fresh.Keys;

    /// <summary>Changes of nodes without revisions, in their order.</summary>
    public IReadOnlyList<KeyValuePair<Guid, List<StatusTaken>>> Fresh =>
        [.. _fresh.Where(f => !_revised.ContainsKey(f.Key))];

    /// <summary>From when on each must be summed up again.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Revised => _revised;

    public bool Any => _fresh.Count + _revised.Count > 0;

    public void Add(Guid node, DateTimeOffset at, string status)
    {
        if (!_fresh.TryGetValue(node, out var changes))
            _fresh[node] = changes = [];
        changes.Add(new(at, status));
        if (_revised.ContainsKey(node))
            Revise(node, at);
    }

    public void Revise(Guid node, DateTimeOffset from)
    {
        foreach (var change in _fresh.GetValueOrDefault(node) ?? [])
            from = change.At < from ? change.At : from;
        _revised[node] = _revised.TryGetValue(node, out var known) && known < from ? known : from;
    }
}
