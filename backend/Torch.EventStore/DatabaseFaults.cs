using System.Net.Sockets;
using Npgsql;

namespace Torch.EventStore;

/// <summary>Sorts the database's errors by SQLSTATE: whose fault it is, and whether trying again can help.</summary>
internal static class DatabaseFaults
{
    /// <summary>The data itself was refused (22 data, 23 constraints, 54 limits): trying again cannot help.</summary>
    public static bool IsRefusedData(PostgresException exception) => exception.SqlState[..2] is "22" or "23" or "54";

    /// <summary>No partition takes the position (<c>check_violation</c> raised by a partitioned table, which names no constraint).</summary>
    public static bool IsMissingPartition(PostgresException exception) =>
        exception is { SqlState: PostgresErrorCodes.CheckViolation, SchemaName: "telemetry", ConstraintName: null };

    /// <summary>Whether the server said that it rolled back. A backend that is being ended may have committed before it said so.</summary>
    public static bool IsRolledBack(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.QueryCanceled || exception.SqlState[..2] is not ("57" or "08");

    /// <summary>The database is away, starting, overloaded or slow: the same statement may work later.</summary>
    public static bool IsPassing(Exception exception) =>
        exception switch
        {
            PostgresException e => e.SqlState[..2] is "08" or "40" or "53" or "55" or "57" or "58"
                || e.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or "25P03",
            NpgsqlException or SocketException or IOException or TimeoutException or LogUnavailableException => true,
            _ => false,
        };
}
