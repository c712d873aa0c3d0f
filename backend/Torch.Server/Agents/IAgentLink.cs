using Torch.Contracts;

namespace Torch.Server.Agents;

/// <summary>The server's side of its agents, wherever they are.</summary>
public interface IAgentLink
{
    /// <summary>Names of live agents.</summary>
    IReadOnlyList<string> Agents { get; }

    /// <summary>Has a probe run now and answers its result, which is durable by then; null where no agent is live that could run it.</summary>
    /// <param name="locations">Where the check runs.</param>
    Task<ProbeCompleted?> RunAsync(RunProbe run, IReadOnlyList<string> locations, CancellationToken cancellationToken);

    /// <summary>Has a probe run now of settings that nobody has saved; nothing is stored. Null where no agent is live that could run it.</summary>
    /// <param name="locations">Where it may run.</param>
    Task<Trial?> TryAsync(RunProbe run, IReadOnlyList<string> locations, CancellationToken cancellationToken);

    /// <summary>What a trial met.</summary>
    /// <param name="agent">The agent's name.</param>
    void Answer(string agent, ProbeCompleted result);

    /// <summary>The checks that the agent in this process schedules: the complete list at once, and again each time it changes. It counts as live while it listens.</summary>
    /// <param name="agent">The agent's name.</param>
    IAsyncEnumerable<IReadOnlyList<ScheduledCheck>> ChecksAsync(string agent, CancellationToken cancellationToken);

    /// <summary>Where to ask how the agent in this process does.</summary>
    /// <param name="agent">The agent's name.</param>
    void Report(string agent, Func<AgentHeartbeat>? status);

    /// <summary>Probes that an agent is to run now.</summary>
    /// <param name="agent">The agent's name.</param>
    IAsyncEnumerable<RunProbe> CommandsAsync(string agent, CancellationToken cancellationToken);

    /// <summary>Takes part of a spool to the log. Returns when it is durable; what comes again is in the log once all the same.</summary>
    /// <param name="agent">The agent's name.</param>
    /// <returns>The offset at which that spool stands.</returns>
    /// <exception cref="Torch.EventStore.LogUnavailableException">The database is away: deliver again.</exception>
    /// <exception cref="Torch.EventStore.LogBusyException">Too much waits: deliver again.</exception>
    Task<long> DeliverAsync(string agent, ResultDelivery delivery, CancellationToken cancellationToken);
}

/// <summary>What a probe met whose settings nobody has saved.</summary>
/// <param name="Location">Where it ran.</param>
public sealed record Trial(ProbeCompleted Result, string Location);
