using Torch.Agent;
using Torch.Contracts;
using Torch.Server.Agents;

namespace Torch.Cli.Serving;

/// <summary>The agent's way to a server in the same process.</summary>
internal sealed class AgentConnection(IAgentLink link, string agent) : IServerConnection
{
    public IAsyncEnumerable<IReadOnlyList<ScheduledCheck>> ChecksAsync(CancellationToken cancellationToken) =>
        link.ChecksAsync(cancellationToken);

    public IAsyncEnumerable<RunProbe> CommandsAsync(CancellationToken cancellationToken) =>
        link.CommandsAsync(agent, cancellationToken);

    public Task<long> DeliverAsync(ResultDelivery delivery, CancellationToken cancellationToken) =>
        link.DeliverAsync(delivery, cancellationToken);
}
