using Torch.Contracts;

namespace Torch.Agent.Export;

/// <summary>Where results wait for the server, in order: in memory, or in a spool on disk.</summary>
public interface IResultBuffer
{
    /// <summary>Takes a result; it stays until the server has it or, at the cap, until it is dropped. Does not wait for the disk.</summary>
    void Add(ProbeCompleted result);

    /// <summary>How many wait for the server.</summary>
    long Count { get; }

    /// <summary>How many were dropped at the cap, since the start.</summary>
    long Dropped { get; }

    /// <summary>Returns once there is something to deliver.</summary>
    Task WaitAsync(CancellationToken cancellationToken);

    /// <summary>Returns once what was added before can be delivered.</summary>
    Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>The oldest of what waits, which stays; null where there is nothing.</summary>
    /// <param name="max">Results in it, from 1.</param>
    ResultDelivery? Peek(int max);

    /// <summary>Goes on from where the server stands now for the spool of that delivery, whichever way it has moved.</summary>
    void Settle(ResultDelivery delivery, long offset);
}
