namespace Torch.EventStore.Embedded;

/// <summary>How the embedded PostgreSQL is run.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>A folder for this server alone; made when missing. Holds <c>cluster</c>, the socket and the server's log.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where <c>postgres</c> and <c>initdb</c> are; null to look for them (<see cref="PostgresBinaries"/>).</summary>
    public string? BinDirectory { get; init; }

    /// <summary>False gives up fsync. For tests only: user data is always durable.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Clients at one time.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>How long a start may take, the recovery after a crash included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>The embedded PostgreSQL cannot run, for a reason that one sentence tells.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What the embedded PostgreSQL is doing.</summary>
public enum EmbeddedPostgresState
{
    /// <summary>It answers.</summary>
    Running,

    /// <summary>It died by itself and is being started again.</summary>
    Restarting,

    /// <summary>It was stopped.</summary>
    Stopped,
}
