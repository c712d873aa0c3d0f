using Torch.Domain.Agents;
using Torch.Server.Agents;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Agents;

/// <summary>Finds the agent that asks, and refuses the sessions that are not its newest.</summary>
internal sealed class SelfAgents(LiveAgents live, AgentSessions sessions, JournalStreams streams)
{
    private static readonly Fault Fenced = new(
        409,
        "fenced",
        "A newer session of this agent is at work: another process has its key, or a copy of its data folder."
    );

    private static readonly Fault Over = new(409, "session_over", "This session is over. Open another one.");

    private static readonly Fault NotLeading = new(
        503,
        "not_leading",
        "This server hands out no work: it is starting, or another server of the same database leads.",
        RetryAfterSeconds: 2
    );

    /// <summary>The agent as it is registered.</summary>
    public async Task<Agent> RegisteredAsync(HttpContext http) =>
        (await streams.ReadAsync(Journaled.Agent, http.Holder(), http.RequestAborted)).State;

    /// <summary>The agent with the session that it names, which must be its newest; it counts as heard.</summary>
    public async Task<Member> LiveAsync(HttpContext http, long epoch)
    {
        RequireOpen();
        var id = http.Holder();
        if (live.Find(id) is { } member)
            return member.Epoch == epoch ? member : throw new FaultException(epoch < member.Epoch ? Fenced : Over);
        await RequireNewestAsync(id, epoch, http.RequestAborted);
        throw new FaultException(Over);
    }

    /// <summary>Who delivers. Also a server that hands out no work takes results.</summary>
    public async Task<Deliverer> DelivererAsync(HttpContext http, long epoch)
    {
        if (live.IsOpen)
        {
            var member = await LiveAsync(http, epoch);
            live.Renew(member);
            return new(member.Id, member.Name, member.Location);
        }
        var agent = await RegisteredAsync(http);
        await RequireNewestAsync(agent.Id, epoch, http.RequestAborted);
        return new(agent.Id, agent.Name, agent.Location);
    }

    /// <exception cref="FaultException">This server hands out no work.</exception>
    public void RequireOpen()
    {
        if (!live.IsOpen)
            throw new FaultException(NotLeading);
    }

    private async Task RequireNewestAsync(Guid id, long epoch, CancellationToken ct)
    {
        if ((await sessions.LatestAsync(id, ct)).Epoch > epoch)
            throw new FaultException(Fenced);
    }
}
