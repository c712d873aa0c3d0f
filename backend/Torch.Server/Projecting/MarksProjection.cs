using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Projecting;

/// <summary><c>torch.node_marks</c>.</summary>
internal sealed class MarksProjection()
    : JournalProjection("Marks:All", ["node_marks"], typeof(NodeMarked), typeof(NodeRemoved))
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event)
    {
        switch (@event)
        {
            case NodeMarked e when e.Marks != Marks.None:
                Put(commands, at, e);
                break;
            case NodeMarked e:
                Delete(commands, e.NodeId);
                break;
            case NodeRemoved e:
                Delete(commands, e.NodeId);
                break;
            default:
                throw NoEvent(at);
        }
    }

    private static void Put(Commands commands, RecordedEvent at, NodeMarked e) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.node_marks (node_id, marks, position) values ($1, $2, $3)
            on conflict (node_id) do update set marks = excluded.marks, position = excluded.position
            """,
            Of.Id(e.NodeId),
            Of.Json(EventCodec.Write(e.Marks)),
            Of.Number(at.Position)
        );

    private static void Delete(Commands commands, Guid nodeId) =>
        commands.Add($"delete from {commands.Schema}.node_marks where node_id = $1", Of.Id(nodeId));
}
