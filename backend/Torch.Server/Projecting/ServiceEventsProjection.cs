using Torch.Domain;
using Torch.Domain.Agents;
using Torch.Domain.Retention;
using Torch.Domain.Servers;
using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary><c>torch.service_events</c>: what became of Torch itself.</summary>
internal sealed class ServiceEventsProjection()
    : JournalProjection(
        "ServiceEvents:All",
        ["service_events"],
        typeof(ServerStarted),
        typeof(ServerStopped),
        typeof(DatabaseRegained),
        typeof(ProjectionRebuilt),
        typeof(AgentConnected),
        typeof(AgentLost),
        typeof(PartitionDropped)
    )
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event) =>
        commands.Add(
            $"insert into {commands.Schema}.service_events (position, at, type, data) values ($1, $2, $3, $4) on conflict do nothing",
            Of.Number(at.Position),
            Of.Time(at.Timestamp),
            Of.Text(at.Type),
            Of.Json((@event is null ? throw NoEvent(at) : at.Data).ToArray())
        );
}
