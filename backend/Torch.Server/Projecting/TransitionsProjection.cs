using System.Text.Json;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Projecting;

/// <summary><c>torch.transitions</c>, the last of each node in <c>torch.node_statuses</c>, and sums per day in <c>torch.node_days</c>. What a revision replaced stays, with when that was learned.</summary>
internal sealed class TransitionsProjection : IProjection
{
    private static string Insert(string schema) =>
        $"""
            insert into {schema}.transitions (node_id, position, ordinal, at, from_status, to_status, why, recorded_at, suppressed)
            select a, b, c, d, e, f, g, h, nullif(i, '')::uuid[]
            from unnest($1, $2, $3::integer[], $4, $5, $6, $7, $8, $9) as t (a, b, c, d, e, f, g, h, i)
            on conflict do nothing
            """;

    private static string Replace(string schema) =>
        $"""
            update {schema}.transitions set replaced_at = $4, replaced_position = $3
            where node_id = $1 and at = any($2) and position < $3 and replaced_at is null
            """;

    private static string Upsert(string schema) =>
        $"""
            insert into {schema}.node_statuses as s (node_id, status, since, why, position, suppressed)
            select a, b, c, d, e, nullif(f, '')::uuid[] from unnest($1, $2, $3, $4, $5, $6) as t (a, b, c, d, e, f)
            on conflict (node_id) do update
            set status = excluded.status, since = excluded.since, why = excluded.why, position = excluded.position,
                suppressed = excluded.suppressed
            where (s.since, s.position) < (excluded.since, excluded.position)
            """;

    // A node whose every transition was taken back is as if it had none.
    private static string Settle(string schema) =>
        $"""
            with last as (
                select distinct on (node_id) node_id, to_status, at, why, position, suppressed from {schema}.transitions
                where node_id = any($1) and replaced_at is null
                order by node_id, at desc, position desc, ordinal desc
            ), gone as (
                delete from {schema}.node_statuses where node_id = any($1) and node_id not in (select node_id from last)
            )
            insert into {schema}.node_statuses (node_id, status, since, why, position, suppressed)
            select node_id, to_status, at, why, position, suppressed from last
            on conflict (node_id) do update
            set status = excluded.status, since = excluded.since, why = excluded.why, position = excluded.position,
                suppressed = excluded.suppressed
            """;

    public string Name => "Transitions:All";

    public IReadOnlySet<string> Types { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            EventCodec.AliasOf<NodeTransitioned>(),
            EventCodec.AliasOf<HistoryRevised>(),
        };

    public Log? Source => Log.Journal;

    public IReadOnlyList<string> Tables { get; } = ["transitions", "node_statuses", "node_days"];

    public async Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var commands = new Commands(batch);
        var rows = new List<Row>();
        var revised = new SortedSet<Guid>();
        var changes = new NodeChanges();
        foreach (var recorded in batch.Events)
            switch (EventCodec.Decode(recorded))
            {
                case NodeTransitioned e:
                    rows.Add(new(e, recorded, 0));
                    changes.Add(e.NodeId, e.At, e.To);
                    break;
                case HistoryRevised e:
                    Flush(commands, rows);
                    Revise(commands, recorded, e);
                    revised.Add(e.NodeId);
                    foreach (var at in e.Replaced.Select(c => c.At).Concat(e.Instead.Select(t => t.At)))
                        changes.Revise(e.NodeId, at);
                    break;
                default:
                    throw new JsonException($"{recorded.Type} at {recorded.Position} holds no event");
            }
        Flush(commands, rows);
        if (revised.Count > 0)
            commands.Add(Settle(commands.Schema), Of.Ids(revised));
        await commands.ExecuteAsync(cancellationToken);
        if (changes.Any)
            await NodeDays.FoldAsync(batch, changes, cancellationToken);
    }

    private static void Revise(Commands commands, RecordedEvent recorded, HistoryRevised e)
    {
        commands.Add(
            Replace(commands.Schema),
            Of.Id(e.NodeId),
            Of.Times(e.Replaced.Select(c => c.At).Concat(e.Instead.Select(t => t.At))),
            Of.Number(recorded.Position),
            Of.Time(recorded.Timestamp)
        );
        var rows = e.Instead.Select((t, i) => new Row(t, recorded, i)).ToList();
        if (rows.Count > 0)
            Add(commands, rows);
    }

    private static void Flush(Commands commands, List<Row> rows)
    {
        if (rows.Count == 0)
            return;
        Add(commands, rows);
        var newest = rows.GroupBy(r => r.Event.NodeId)
            .OrderBy(g => g.Key)
            .Select(g => g.MaxBy(r => (r.Event.At, r.Position))!)
            .ToList();
        commands.Add(
            Upsert(commands.Schema),
            Of.Ids(newest.Select(r => r.Event.NodeId)),
            Of.Texts(newest.Select(r => r.Event.To)),
            Of.Times(newest.Select(r => r.Event.At)),
            Of.Jsons(newest.Select(r => r.Why)),
            Of.Numbers(newest.Select(r => r.Position)),
            Of.Texts(newest.Select(r => r.Suppressed))
        );
        rows.Clear();
    }

    private static void Add(Commands commands, IReadOnlyList<Row> rows) =>
        commands.Add(
            Insert(commands.Schema),
            Of.Ids(rows.Select(r => r.Event.NodeId)),
            Of.Numbers(rows.Select(r => r.Position)),
            Of.Numbers(rows.Select(r => (long)r.Ordinal)),
            Of.Times(rows.Select(r => r.Event.At)),
            Of.Texts(rows.Select(r => r.Event.From)),
            Of.Texts(rows.Select(r => r.Event.To)),
            Of.Jsons(rows.Select(r => r.Why)),
            Of.Times(rows.Select(r => r.RecordedAt)),
            Of.Texts(rows.Select(r => r.Suppressed))
        );

    private sealed record Row(NodeTransitioned Event, long Position, int Ordinal, DateTimeOffset RecordedAt, byte[] Why)
    {
        public Row(NodeTransitioned e, RecordedEvent recorded, int ordinal)
            : this(e, recorded.Position, ordinal, recorded.Timestamp, EventCodec.Write(e.Why)) { }

        // Arrays of arrays must be of one length: each goes as PostgreSQL's text of it.
        public string Suppressed => Event.Suppressed is { } nodes ? $"{{{string.Join(',', nodes)}}}" : "";
    }
}
