using Torch.Domain;
using Torch.Domain.Slo;
using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary><c>torch.objectives</c>.</summary>
internal sealed class ObjectivesProjection()
    : JournalProjection(
        "Objectives:All",
        ["objectives"],
        typeof(ObjectiveCreated),
        typeof(ObjectiveChanged),
        typeof(ObjectiveDeleted),
        typeof(ObjectiveTimeExcluded),
        typeof(ObjectiveExclusionRemoved)
    )
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event)
    {
        switch (@event)
        {
            case ObjectiveCreated e:
                Put(commands, at, e.ObjectiveId, e.Settings);
                break;
            case ObjectiveChanged e:
                Put(commands, at, e.ObjectiveId, e.Settings);
                break;
            case ObjectiveTimeExcluded or ObjectiveExclusionRemoved:
                commands.Add(
                    $"update {commands.Schema}.objectives set version = $2 where id = $1",
                    Of.Id(at.StreamId),
                    Of.Number(at.Version)
                );
                break;
            case ObjectiveDeleted e:
                commands.Add($"delete from {commands.Schema}.objectives where id = $1", Of.Id(e.ObjectiveId));
                break;
            default:
                throw NoEvent(at);
        }
    }

    private static void Put(Commands commands, RecordedEvent at, Guid id, ObjectiveSettings settings) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.objectives (id, name, node_id, version) values ($1, $2, $3, $4)
            on conflict (id) do update set name = excluded.name, node_id = excluded.node_id, version = excluded.version
            """,
            Of.Id(id),
            Of.Text(settings.Name),
            Of.Id(settings.NodeId),
            Of.Number(at.Version)
        );
}
