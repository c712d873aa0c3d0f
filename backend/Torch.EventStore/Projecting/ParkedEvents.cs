using System.Runtime.InteropServices;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Torch.EventStore.Projecting;

/// <summary>A stream's name within one projection: the same id may be in both logs.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StreamKey(Log Log, Guid Id)
{
    public static StreamKey Of(RecordedEvent @event) => new(@event.Log, @event.StreamId);
}

/// <summary><c>torch_log.parked_events</c>: what waits because an event of its stream could not be folded.</summary>
internal static class ParkedEvents
{
    private const int LongestError = 2_000;

    /// <summary>Which of the events' streams are parked.</summary>
    public static async Task<HashSet<StreamKey>> StreamsAsync(
        NpgsqlConnection connection,
        string name,
        IEnumerable<RecordedEvent> events,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select l.log, s.id from unnest($2) as s (id) cross join (values (0::smallint), (1::smallint)) as l (log)
            where exists (
                select from torch_log.parked_events e where e.projection = $1 and e.stream_id = s.id and e.log = l.log)
            """;
        var ids = events.Select(e => e.StreamId).Distinct().ToArray();
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = name },
                new() { Value = ids },
            },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new HashSet<StreamKey>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(new StreamKey((Log)rows.GetInt16(0), rows.GetGuid(1)));
        return found;
    }

    /// <summary>Parks events.</summary>
    /// <param name="error">Of the first of a stream; null for those that wait behind it.</param>
    public static async Task AddAsync(
        NpgsqlConnection connection,
        string name,
        IReadOnlyList<RecordedEvent> events,
        Exception? error,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            insert into torch_log.parked_events (projection, position, log, stream_id, type, error)
            select $1, e.position, e.log, e.stream_id, e.type, $6 from unnest($2, $3, $4, $5) as e (position, log, stream_id, type)
            on conflict do nothing
            """;
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = name },
                new() { Value = events.Select(e => e.Position).ToArray() },
                new() { Value = events.Select(e => (short)e.Log).ToArray() },
                new() { Value = events.Select(e => e.StreamId).ToArray() },
                new() { Value = events.Select(e => e.Type).ToArray() },
                new() { Value = (object?)Text(error) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>An error in one storable line: neither NUL nor half a surrogate pair, which the event itself may have brought.</summary>
    public static string? Text(Exception? error)
    {
        if (error is null)
            return null;
        var text = $"{error.GetType().Name}: {error.Message}".Replace("\0", "", StringComparison.Ordinal);
        return Encoding.UTF8.GetString(
            Encoding.UTF8.GetBytes(text.Length > LongestError ? text[..LongestError] : text)
        );
    }
}
