namespace Torch.EventStore;

/// <summary>The two logs of one database. Each is a PostgreSQL schema in Marten's table layout; both draw positions from one sequence.</summary>
public enum Log
{
    /// <summary>Who changed what, and the transitions that followed. Kept for ever.</summary>
    Journal,

    /// <summary>Observations. Kept for the retention period.</summary>
    Telemetry,
}
