using System.Text.Json;
using Torch.Domain;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.Domain.Statuses;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Projecting;

/// <summary><c>torch.incidents</c>: folded by the same book as notices are, from what is open when a batch begins.</summary>
internal sealed class IncidentsProjection : IProjection
{
    public string Name => "Incidents:All";

    public IReadOnlySet<string> Types { get; } =
        new[]
        {
            typeof(NodeTransitioned),
            typeof(HistoryRevised),
            typeof(NodeMarked),
            typeof(NodeRemoved),
            typeof(ChildLinked),
            typeof(ChildUnlinked),
            typeof(StatusDefined),
            typeof(StatusChanged),
            typeof(StatusRemoved),
        }
            .Select(EventCodec.AliasOf)
            .ToHashSet(StringComparer.Ordinal);

    public Log? Source => Log.Journal;

    public IReadOnlyList<string> Tables { get; } = ["incidents", "incident_edges", "incident_statuses"];

    public async Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var events = batch.Events.Select(e => (Recorded: e, Event: Decoded(e))).ToList();
        var book = await IncidentRows.LoadAsync(batch, Concerned(events.Select(e => e.Event)), cancellationToken);
        var commands = new Commands(batch);
        foreach (var (recorded, @event) in events)
        {
            book.Fold(recorded.Position, @event);
            Keep(commands, recorded, @event);
        }
        IncidentRows.Put(commands, book.TakeTouched());
        await commands.ExecuteAsync(cancellationToken);
    }

    private static IEvent Decoded(RecordedEvent recorded) =>
        EventCodec.Decode(recorded)
        ?? throw new JsonException($"{recorded.Type} at {recorded.Position} holds no event");

    // Whose places above must be known.
    private static Guid[] Concerned(IEnumerable<IEvent> events) =>
        [
            .. events
                .SelectMany(e =>
                    e switch
                    {
                        NodeTransitioned t => [t.NodeId],
                        HistoryRevised r => [r.NodeId],
                        NodeRemoved r => [r.NodeId],
                        ChildLinked l => [l.ChildId, l.ParentId],
                        _ => (Guid[])[],
                    }
                )
                .Distinct(),
        ];

    private static void Keep(Commands commands, RecordedEvent at, IEvent @event)
    {
        switch (@event)
        {
            case ChildLinked e:
                commands.Add(
                    $"insert into {commands.Schema}.incident_edges (child_id, parent_id) values ($1, $2) on conflict do nothing",
                    Of.Id(e.ChildId),
                    Of.Id(e.ParentId)
                );
                break;
            case ChildUnlinked e:
                commands.Add(
                    $"delete from {commands.Schema}.incident_edges where child_id = $1 and parent_id = $2",
                    Of.Id(e.ChildId),
                    Of.Id(e.ParentId)
                );
                break;
            case NodeRemoved e:
                commands.Add(
                    $"delete from {commands.Schema}.incident_edges where child_id = $1 or parent_id = $1",
                    Of.Id(e.NodeId)
                );
                break;
            case StatusDefined e:
                KeepStatus(commands, at, e.Name, e);
                break;
            case StatusChanged e:
                KeepStatus(
                    commands,
                    at,
                    e.Name,
                    new StatusDefined(e.Name, e.Label, e.Severity, e.Available, e.Shape, e.Colour)
                );
                break;
        }
    }

    // One that was removed stays known: incidents of it may be open.
    private static void KeepStatus(Commands commands, RecordedEvent at, string name, StatusDefined status) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.incident_statuses (name, position, data) values ($1, $2, $3)
            on conflict (name) do update set data = excluded.data
            """,
            Of.Text(name),
            Of.Number(at.Position),
            Of.Json(EventCodec.Encode(status, Guid.Empty).Data.ToArray())
        );
}
