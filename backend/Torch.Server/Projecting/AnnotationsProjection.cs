using System.Text.Json;
using Torch.Domain;
using Torch.Domain.Annotations;
using Torch.Domain.Nodes;
using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary><c>torch.annotations</c>.</summary>
internal sealed class AnnotationsProjection()
    : JournalProjection(
        "Annotations:All",
        ["annotations"],
        typeof(AnnotationAdded),
        typeof(AnnotationRemoved),
        typeof(NodeRemoved)
    )
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event)
    {
        switch (@event)
        {
            case AnnotationAdded e:
                Put(commands, at, e);
                break;
            case AnnotationRemoved e:
                commands.Add($"delete from {commands.Schema}.annotations where id = $1", Of.Id(e.AnnotationId));
                break;
            case NodeRemoved e:
                commands.Add($"delete from {commands.Schema}.annotations where node_id = $1", Of.Id(e.NodeId));
                break;
            default:
                throw NoEvent(at);
        }
    }

    private static void Put(Commands commands, RecordedEvent at, AnnotationAdded e) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.annotations (id, node_id, kind, text, link, at, added_by, added_at, position)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (id) do nothing
            """,
            Of.Id(e.AnnotationId),
            Of.Id(e.NodeId),
            Of.Text(JsonNamingPolicy.CamelCase.ConvertName(e.Kind.ToString())),
            Of.Text(e.Text),
            Of.Text(e.Link),
            Of.Time(e.At),
            Of.Text(at.Metadata?.Headers?.GetValueOrDefault("actor")),
            Of.Time(at.Timestamp),
            Of.Number(at.Position)
        );
}
