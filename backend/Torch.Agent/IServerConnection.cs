using Torch.Contracts;

namespace Torch.Agent;

/// <summary>The agent's way to its server: over channels where both are one process, over HTTPS where they are not.</summary>
/// <remarks>Any member may throw while the server is away; the agent waits and calls again.</remarks>
public interface IServerConnection
{
    /// <summary>Where the connection asks how the agent does, whenever it tells its server. Set once, before the first call.</summary>
    Func<AgentCondition>? Condition { get; set; }

    /// <summary>This agent's checks: the complete list at once, and again each time it changes.</summary>
    IAsyncEnumerable<IReadOnlyList<ScheduledCheck>> ChecksAsync(CancellationToken cancellationToken);

    /// <summary>Probes to run now, outside the schedule.</summary>
    IAsyncEnumerable<RunProbe> CommandsAsync(CancellationToken cancellationToken);

    /// <summary>Tells what a trial met. What cannot be told is lost: whoever asked tries again.</summary>
    Task AnswerAsync(ProbeCompleted result, CancellationToken cancellationToken);

    /// <summary>Hands part of a spool over, and returns when it is durable. Delivering the same again does no harm.</summary>
    /// <returns>The offset at which the server stands for that spool.</returns>
    Task<long> DeliverAsync(ResultDelivery delivery, CancellationToken cancellationToken);
}

/// <summary>How an agent does.</summary>
/// <param name="SpoolId">Of the spool that its results come from.</param>
/// <param name="Warnings">What somebody should look at, a sentence each.</param>
public sealed record AgentCondition(
    Guid SpoolId,
    SpoolState? Spool = null,
    Lateness? Lateness = null,
    IReadOnlyList<string>? Warnings = null
);
