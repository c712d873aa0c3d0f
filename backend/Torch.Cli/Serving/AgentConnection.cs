using Torch.Agent;
using Torch.Contracts;
using Torch.Server.Agents;

namespace Torch.Cli.Serving;

/// <summary>The agent's way to a server in the same process.</summary>
internal sealed class AgentConnection(IAgentLink link, string agent) : IServerConnection
{
    private Func<AgentCondition>? _condition;

    public Func<AgentCondition>? Condition
    {
        get => _condition;
        set => link.Report(agent, (_condition = value) is null ? null : () => Status(value!()));
    }

    public IAsyncEnumerable<IReadOnlyList<ScheduledCheck>> ChecksAsync(CancellationToken cancellationToken) =>
        link.ChecksAsync(agent, cancellationToken);

    public IAsyncEnumerable<RunProbe> CommandsAsync(CancellationToken cancellationToken) =>
        link.CommandsAsync(agent, cancellationToken);

    public Task AnswerAsync(ProbeCompleted result, CancellationToken cancellationToken)
    {
        link.Answer(agent, result);
        return Task.CompletedTask;
    }

    public Task<long> DeliverAsync(ResultDelivery delivery, CancellationToken cancellationToken) =>
        link.DeliverAsync(agent, delivery, cancellationToken);

    private static AgentHeartbeat Status(AgentCondition condition) =>
        new(0, condition.Spool, condition.Lateness, condition.Warnings);
}
