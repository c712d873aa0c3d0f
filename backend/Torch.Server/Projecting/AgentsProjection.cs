using Torch.Domain;
using Torch.Domain.Agents;
using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary><c>torch.agents</c> and <c>torch.agent_sessions</c>.</summary>
internal sealed class AgentsProjection()
    : JournalProjection(
        "Agents:All",
        ["agents", "agent_sessions"],
        typeof(AgentRegistered),
        typeof(AgentChanged),
        typeof(AgentKeyRotated),
        typeof(AgentRemoved),
        typeof(AgentConnected),
        typeof(AgentLost)
    )
{
    protected override void Add(Commands commands, RecordedEvent at, IEvent? @event)
    {
        switch (@event)
        {
            case AgentRegistered e:
                Register(commands, at, e);
                break;
            case AgentChanged e:
                Change(commands, at, e);
                break;
            case AgentKeyRotated e:
                commands.Add(
                    $"update {commands.Schema}.agents set version = $2 where id = $1",
                    Of.Id(e.AgentId),
                    Of.Number(at.Version)
                );
                break;
            case AgentRemoved e:
                commands.Add($"delete from {commands.Schema}.agents where id = $1", Of.Id(e.AgentId));
                End(commands, at, e.AgentId);
                break;
            case AgentConnected e:
                Connect(commands, at, e);
                break;
            case AgentLost e:
                commands.Add(
                    $"update {commands.Schema}.agents set lost_at = $2, last_seen_at = $3 where id = $1",
                    Of.Id(e.AgentId),
                    Of.Time(at.Timestamp),
                    Of.Time(e.LastSeenAt)
                );
                End(commands, at, e.AgentId);
                break;
            default:
                throw NoEvent(at);
        }
    }

    private static void Register(Commands commands, RecordedEvent at, AgentRegistered e) =>
        commands.Add(
            $"""
            insert into {commands.Schema}.agents (id, name, location, has_key, registered_by, registered_at, version)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (id) do nothing
            """,
            Of.Id(e.AgentId),
            Of.Text(e.Name),
            Of.Text(e.Location),
            Of.Flag(e.KeyHash is not null),
            Of.Text(at.Metadata?.Headers?.GetValueOrDefault("actor")),
            Of.Time(at.Timestamp),
            Of.Number(at.Version)
        );

    // Whoever goes elsewhere leaves the checks of where it was.
    private static void Change(Commands commands, RecordedEvent at, AgentChanged e)
    {
        commands.Add(
            $"""
            insert into {commands.Schema}.agent_sessions (agent_id, epoch, location, connected_at, kinds)
            select agent_id, epoch, $2, $3, kinds from {commands.Schema}.agent_sessions
            where agent_id = $1 and ended_at is null and location <> $2
            on conflict do nothing
            """,
            Of.Id(e.AgentId),
            Of.Text(e.Location),
            Of.Time(at.Timestamp)
        );
        commands.Add(
            $"""
            update {commands.Schema}.agent_sessions set ended_at = $3
            where agent_id = $1 and ended_at is null and location <> $2
            """,
            Of.Id(e.AgentId),
            Of.Text(e.Location),
            Of.Time(at.Timestamp)
        );
        commands.Add(
            $"update {commands.Schema}.agents set name = $2, location = $3, version = $4 where id = $1",
            Of.Id(e.AgentId),
            Of.Text(e.Name),
            Of.Text(e.Location),
            Of.Number(at.Version)
        );
    }

    private static void Connect(Commands commands, RecordedEvent at, AgentConnected e)
    {
        End(commands, at, e.AgentId);
        commands.Add(
            $"""
            insert into {commands.Schema}.agent_sessions (agent_id, epoch, location, connected_at, kinds)
            values ($1, $2, $3, $4, $5)
            on conflict do nothing
            """,
            Of.Id(e.AgentId),
            Of.Number(e.Epoch),
            Of.Text(e.Location),
            Of.Time(at.Timestamp),
            Of.Texts(e.Kinds)
        );
        commands.Add(
            $"""
            update {commands.Schema}.agents
            set epoch = $2, program = $3, host = $4, kinds = $5, connected_at = $6, lost_at = null, last_seen_at = null
            where id = $1
            """,
            Of.Id(e.AgentId),
            Of.Number(e.Epoch),
            Of.Text(e.Version),
            Of.Text(e.Host),
            Of.Texts(e.Kinds),
            Of.Time(at.Timestamp)
        );
    }

    private static void End(Commands commands, RecordedEvent at, Guid agentId) =>
        commands.Add(
            $"update {commands.Schema}.agent_sessions set ended_at = $2 where agent_id = $1 and ended_at is null",
            Of.Id(agentId),
            Of.Time(at.Timestamp)
        );
}
