using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Agents;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Agents;

/// <summary>An agent's newest session, as the journal has it.</summary>
/// <param name="Epoch">0 before the first.</param>
/// <param name="Version">Of the stream.</param>
internal readonly record struct LatestSession(long Epoch, bool IsOver, long Version);

/// <summary>Comings and goings of agents, in the journal.</summary>
internal sealed class AgentSessions(IEventLog log, JournalStreams streams)
{
    private static readonly string[] EveryKind =
    [
        .. Enum.GetValues<Contracts.CheckKind>()
            .Where(k => k is not (Contracts.CheckKind.Report or Contracts.CheckKind.Heartbeat))
            .Select(k => k.ToString().ToLowerInvariant()),
    ];

    public async Task<LatestSession> LatestAsync(Guid agentId, CancellationToken ct)
    {
        var read = new StreamRead(Log.Journal, StreamIds.SessionsOf(agentId), Backwards: true);
        var version = 0L;
        await foreach (var recorded in log.ReadStreamAsync(read, ct))
        {
            version = Math.Max(version, recorded.Version);
            if (EventCodec.Decode(recorded) is AgentConnected connected)
                return new(connected.Epoch, false, version);
            if (EventCodec.Decode(recorded) is AgentLost lost)
                return new(lost.Epoch, true, version);
        }
        return new(0, true, version);
    }

    /// <summary>Opens a session, which fences the one before.</summary>
    /// <returns>Its epoch.</returns>
    public async Task<long> ConnectAsync(Agent agent, AgentHello hello, CancellationToken ct)
    {
        while (true)
        {
            var latest = await LatestAsync(agent.Id, ct);
            var connected = new AgentConnected(
                agent.Id,
                latest.Epoch + 1,
                hello.SpoolId,
                agent.Location,
                hello.Version,
                hello.Host,
                [.. hello.Kinds.Distinct().Select(k => k.ToString().ToLowerInvariant())]
            );
            if (await AppendAsync(agent.Id, connected, latest.Version, ct))
                return connected.Epoch;
        }
    }

    /// <summary>Says that an agent is away. Where it has come again meanwhile, nothing is said.</summary>
    public async Task LoseAsync(Member member, DateTimeOffset lastSeenAt, CancellationToken ct)
    {
        var latest = await LatestAsync(member.Id, ct);
        if (latest.Epoch == member.Epoch && !latest.IsOver)
            await AppendAsync(member.Id, new AgentLost(member.Id, member.Epoch, lastSeenAt), latest.Version, ct);
    }

    /// <summary>Says that the agent inside a server has come; the first time, that there is one.</summary>
    public async Task ConnectLocalAsync(Member member, string program, CancellationToken ct)
    {
        var (agent, version) = await streams.ReadAsync(Journaled.Agent, member.Id, ct);
        if (!agent.Exists)
        {
            var registered = Agent.Register(member.Id, member.Name, member.Location, null).EventsOrRefuse();
            var request = new AppendRequest
            {
                Streams = [Journaled.Agent.Append(member.Id, registered, version, new EventMetadata())],
            };
            await log.AppendAsync(request, ct);
            agent = Agent.Evolve(agent, registered[0]);
        }
        var latest = await LatestAsync(member.Id, ct);
        var connected = new AgentConnected(
            member.Id,
            latest.Epoch + 1,
            Guid.Empty,
            agent.Location,
            program,
            Environment.MachineName,
            EveryKind
        );
        await AppendAsync(member.Id, connected, latest.Version, ct);
    }

    private async Task<bool> AppendAsync(Guid agentId, IEvent @event, long version, CancellationToken ct)
    {
        var data = EventCodec.Encode(@event, Guid.CreateVersion7());
        var stream = new StreamAppend(Log.Journal, StreamIds.SessionsOf(agentId), [data], "agent_sessions", version);
        return await log.AppendAsync(new AppendRequest { Streams = [stream] }, ct) is AppendOutcome.Appended;
    }
}
