namespace Torch.Agent.Spool;

/// <summary>How a spool stands.</summary>
/// <param name="Waiting">Results that the server does not have.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="OldestAt">When the oldest of them was made; null where none waits.</param>
/// <param name="Dropped">Results that were dropped at the cap, since the agent started.</param>
/// <param name="Fault">Why nothing can be written; null while it can.</param>
public sealed record SpoolCondition(long Waiting, long Bytes, DateTimeOffset? OldestAt, long Dropped, string? Fault);
