using System.Globalization;
using Npgsql;

namespace Torch.EventStore.Reading;

/// <summary>What the readers share: the columns of an event, and errors told in the log's own words.</summary>
internal static class Reads
{
    public static string Schema(this Log log) => log == Log.Journal ? "journal" : "telemetry";

    public static string Columns(Log log) =>
        log == Log.Journal
            ? "0::smallint as log, seq_id, id, stream_id, version, type, timestamp, data, correlation_id, causation_id, headers"
            : "1::smallint as log, seq_id, id, stream_id, version, type, timestamp, data, null::varchar, null::varchar, null::jsonb";

    public static RecordedEvent Event(NpgsqlDataReader row) =>
        new(
            (Log)row.GetInt16(0),
            row.GetInt64(1),
            row.GetGuid(2),
            row.GetGuid(3),
            row.GetInt64(4),
            row.GetString(5),
            new DateTimeOffset(row.GetDateTime(6)),
            row.GetFieldValue<byte[]>(7),
            Metadata(row)
        );

    public static async Task<long> ScalarAsync(
        NpgsqlDataSource dataSource,
        string sql,
        object? argument,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var command = dataSource.CreateCommand(sql);
            if (argument is not null)
                command.Parameters.Add(new NpgsqlParameter { Value = argument });
            var value = await command.ExecuteScalarAsync(cancellationToken);
            return Convert.ToInt64(value is DBNull ? null : value, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (DatabaseFaults.IsPassing(exception))
        {
            throw Unavailable(exception);
        }
    }

    public static LogUnavailableException Unavailable(Exception exception) =>
        new("the log's database is away: " + exception.Message, exception);

    private static EventMetadata? Metadata(NpgsqlDataReader row)
    {
        var correlation = row.IsDBNull(8) ? null : row.GetString(8);
        var causation = row.IsDBNull(9) ? null : row.GetString(9);
        var headers = row.IsDBNull(10) ? null : HeadersJson.Read(row.GetString(10));
        return correlation is null && causation is null && headers is null
            ? null
            : new EventMetadata(correlation, causation, headers);
    }
}
