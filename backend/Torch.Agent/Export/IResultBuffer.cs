using Torch.Contracts;

namespace Torch.Agent.Export;

/// <summary>Results in order, oldest first.</summary>
/// <param name="UpTo">The offset of the last one; acknowledging it acknowledges all before it.</param>
public sealed record ResultBatch(long UpTo, IReadOnlyList<ProbeCompleted> Results);

/// <summary>Where results wait for the server. In memory here; a spool on disk has the same shape.</summary>
public interface IResultBuffer
{
    /// <summary>Takes a result; it stays until acknowledged or, at the cap, dropped as the oldest.</summary>
    void Add(ProbeCompleted result);

    /// <summary>How many wait.</summary>
    int Count { get; }

    /// <summary>How many were dropped at the cap, since the start.</summary>
    long Dropped { get; }

    /// <summary>Returns once there is at least one result.</summary>
    Task WaitAsync(CancellationToken cancellationToken);

    /// <summary>The oldest results, which stay; null where there is none.</summary>
    ResultBatch? Peek(int max);

    /// <summary>Forgets every result up to this offset.</summary>
    void Acknowledge(long upTo);
}
