using System.Text.Json;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Projecting;

/// <summary><c>torch.transitions</c>, and the last of each node in <c>torch.node_statuses</c>.</summary>
internal sealed class TransitionsProjection : IProjection
{
    private static string Insert(string schema) =>
        $"""
            insert into {schema}.transitions (node_id, position, at, from_status, to_status, why)
            select * from unnest($1, $2, $3, $4, $5, $6)
            on conflict do nothing
            """;

    private static string Upsert(string schema) =>
        $"""
            insert into {schema}.node_statuses as s (node_id, status, since, why, position)
            select * from unnest($1, $2, $3, $4, $5)
            on conflict (node_id) do update
            set status = excluded.status, since = excluded.since, why = excluded.why, position = excluded.position
            where s.position < excluded.position
            """;

    public string Name => "Transitions:All";

    public IReadOnlySet<string> Types { get; } =
        new HashSet<string>(StringComparer.Ordinal) { EventCodec.AliasOf<NodeTransitioned>() };

    public Log? Source => Log.Journal;

    public IReadOnlyList<string> Tables { get; } = ["transitions", "node_statuses"];

    public Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var rows = batch.Events.Select(Row.Of).ToList();
        var commands = new Commands(batch);
        if (rows.Count > 0)
            Add(commands, rows);
        return commands.ExecuteAsync(cancellationToken);
    }

    private static void Add(Commands commands, IReadOnlyList<Row> rows)
    {
        commands.Add(
            Insert(commands.Schema),
            Of.Ids(rows.Select(r => r.Event.NodeId)),
            Of.Numbers(rows.Select(r => r.Position)),
            Of.Times(rows.Select(r => r.Event.At)),
            Of.Texts(rows.Select(r => r.Event.From)),
            Of.Texts(rows.Select(r => r.Event.To)),
            Of.Jsons(rows.Select(r => r.Why))
        );
        var newest = rows.GroupBy(r => r.Event.NodeId)
            .OrderBy(g => g.Key)
            .Select(g => g.MaxBy(r => r.Position)!)
            .ToList();
        commands.Add(
            Upsert(commands.Schema),
            Of.Ids(newest.Select(r => r.Event.NodeId)),
            Of.Texts(newest.Select(r => r.Event.To)),
            Of.Times(newest.Select(r => r.Event.At)),
            Of.Jsons(newest.Select(r => r.Why)),
            Of.Numbers(newest.Select(r => r.Position))
        );
    }

    private sealed record Row(NodeTransitioned Event, long Position, byte[] Why)
    {
        public static Row Of(RecordedEvent recorded) =>
            EventCodec.Decode(recorded) is NodeTransitioned e
                ? new Row(e, recorded.Position, EventCodec.Write(e.Why))
                : throw new JsonException($"{recorded.Type} at {recorded.Position} holds no event");
    }
}
