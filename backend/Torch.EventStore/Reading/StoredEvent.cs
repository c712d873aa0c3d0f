using Npgsql;

namespace Torch.EventStore.Reading;

/// <summary>An event with everything that its row holds, nothing interpreted: for hashes and copies.</summary>
/// <param name="Micros">Its timestamp in microseconds since 1970.</param>
/// <param name="Data">As PostgreSQL's jsonb prints it.</param>
/// <param name="Headers">Likewise; null in the telemetry.</param>
internal sealed record StoredEvent(
    Log Log,
    long Position,
    Guid Id,
    Guid StreamId,
    long Version,
    string Type,
    long Micros,
    byte[] Data,
    string? Correlation,
    string? Causation,
    byte[]? Headers
)
{
    /// <summary>The columns of <see cref="Reads.Columns"/>, in their order.</summary>
    public static StoredEvent From(NpgsqlDataReader row) =>
        new(
            (Log)row.GetInt16(0),
            row.GetInt64(1),
            row.GetGuid(2),
            row.GetGuid(3),
            row.GetInt64(4),
            row.GetString(5),
            MicrosOf(row.GetDateTime(6)),
            row.GetFieldValue<byte[]>(7),
            row.IsDBNull(8) ? null : row.GetString(8),
            row.IsDBNull(9) ? null : row.GetString(9),
            row.IsDBNull(10) ? null : row.GetFieldValue<byte[]>(10)
        );

    public static long MicrosOf(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTime UtcOf(long micros) => DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
