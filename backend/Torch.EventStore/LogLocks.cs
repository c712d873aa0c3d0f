namespace Torch.EventStore;

/// <summary>Keys of PostgreSQL's advisory locks. Any constants will do, as long as every process uses the same and nothing else does.</summary>
public static class LogLocks
{
    /// <summary>Held by a transaction that appends, as <c>torch_log.append</c> does.</summary>
    public const long Append = 8391177341250815;

    /// <summary>Held by the session of the server that leads; nobody else writes what follows from the log.</summary>
    public const long Leader = 8391177341250817;
}
