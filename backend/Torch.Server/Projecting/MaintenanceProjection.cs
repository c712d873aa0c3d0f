using Torch.Domain;
using Torch.Domain.Maintenance;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Projecting;

/// <summary><c>torch.maintenance</c>.</summary>
internal sealed class MaintenanceProjection()
    : JournalProjection(
        "Maintenance:All",
        ["maintenance"],
        typeof(MaintenanceScheduled),
        typeof(MaintenanceChanged),
        typeof(MaintenanceEnded),
        typeof(MaintenanceDeleted),
        typeof(MaintenanceBegan)
    )
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event)
    {
        switch (@event)
        {
            case MaintenanceScheduled e:
                Create(commands, at, e);
                break;
            case MaintenanceChanged e:
                Change(commands, at, e);
                break;
            case MaintenanceEnded e:
                commands.Add(
                    $"update {commands.Schema}.maintenance set version = $2, ended_at = $3 where id = $1",
                    Of.Id(e.WindowId),
                    Of.Number(at.Version),
                    Of.Time(e.At)
                );
                break;
            case MaintenanceDeleted e:
                commands.Add($"delete from {commands.Schema}.maintenance where id = $1", Of.Id(e.WindowId));
                break;
            case MaintenanceBegan e:
                commands.Add(
                    $"update {commands.Schema}.maintenance set begun_at = $2, begun_until = $3 where id = $1",
                    Of.Id(e.WindowId),
                    Of.Time(e.At),
                    Of.Time(e.Until)
                );
                break;
            default:
                throw NoEvent(at);
        }
    }

    private static void Create(Commands commands, RecordedEvent at, MaintenanceScheduled e) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.maintenance (id, name, node_ids, schedule, reason, created_by, created_at, version)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (id) do nothing
            """,
            Of.Id(e.WindowId),
            Of.Text(e.Name),
            Of.Ids(e.NodeIds),
            Of.Json(EventCodec.Write(e.Schedule)),
            Of.Text(e.Reason),
            Of.Text(at.Metadata?.Headers?.GetValueOrDefault("actor")),
            Of.Time(at.Timestamp),
            Of.Number(at.Version)
        );

    private static void Change(Commands commands, RecordedEvent at, MaintenanceChanged e) =>
        commands.Add(
            $"""
            update {commands.Schema}.maintenance
            set version = $2, name = $3, node_ids = $4, schedule = $5, reason = $6,
                ended_at = null, begun_at = null, begun_until = null
            where id = $1
            """,
            Of.Id(e.WindowId),
            Of.Number(at.Version),
            Of.Text(e.Name),
            Of.Ids(e.NodeIds),
            Of.Json(EventCodec.Write(e.Schedule)),
            Of.Text(e.Reason)
        );
}
