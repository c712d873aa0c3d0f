using System.Text.Json;
using Npgsql;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Projecting;

/// <summary><c>torch.transitions</c>, and the status of each node in <c>torch.nodes</c>.</summary>
internal sealed class TransitionsProjection : IProjection
{
    private const string Insert = """
        insert into torch.transitions (node_id, position, at, from_status, to_status, why)
        select * from unnest($1, $2, $3, $4, $5, $6)
        on conflict do nothing
        """;

    private const string Update = """
        update torch.nodes n set status = t.to_status, since = t.at, why = t.why
        from unnest($1, $2, $3, $4) as t (node_id, at, to_status, why)
        where n.id = t.node_id
        """;

    public string Name => "Transitions:All";

    public IReadOnlySet<string> Types { get; } =
        new HashSet<string>(StringComparer.Ordinal) { EventCodec.AliasOf<NodeTransitioned>() };

    public Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var rows = batch.Events.Select(Row.Of).ToList();
        var commands = new Commands(batch);
        if (rows.Count > 0)
            Add(commands, rows);
        return commands.ExecuteAsync(cancellationToken);
    }

    public Task ResetAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken
    ) =>
        Commands.ExecuteAsync(
            connection,
            transaction,
            "truncate torch.transitions; update torch.nodes set status = 'unknown', since = created_at, why = null",
            cancellationToken
        );

    private static void Add(Commands commands, IReadOnlyList<Row> rows)
    {
        commands.Add(
            Insert,
            Of.Ids(rows.Select(r => r.Event.NodeId)),
            Of.Numbers(rows.Select(r => r.Position)),
            Of.Times(rows.Select(r => r.Event.At)),
            Of.Texts(rows.Select(r => r.Event.From)),
            Of.Texts(rows.Select(r => r.Event.To)),
            Of.Jsons(rows.Select(r => r.Why))
        );
        var newest = rows.GroupBy(r => r.Event.NodeId).OrderBy(g => g.Key).Select(g => g.MaxBy(r => r.Position)!);
        commands.Add(
            Update,
            Of.Ids(newest.Select(r => r.Event.NodeId)),
            Of.Times(newest.Select(r => r.Event.At)),
            Of.Texts(newest.Select(r => r.Event.To)),
            Of.Jsons(newest.Select(r => r.Why))
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
