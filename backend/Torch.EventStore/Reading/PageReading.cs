using Npgsql;

namespace Torch.EventStore.Reading;

/// <summary>Pages of both logs, merged in position order. Sound without gap heuristics, because commit order is position order.</summary>
internal static class PageReading
{
    // A filter by type or person has no index. A statement looks at so many positions at most and the next one goes on,
    // so that a rare type never makes a long snapshot.
    private const long Window = 100_000;

    public static async Task<EventPage> ReadAsync(
        NpgsqlDataSource dataSource,
        PageRead read,
        CancellationToken cancellationToken
    )
    {
        if (read.Limit is < 1 or > 10_000)
            throw new ArgumentException($"A page has 1 to 10,000 events, not {read.Limit}", nameof(read));
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            return await ReadAsync(connection, read, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFaults.IsPassing(exception))
        {
            throw Reads.Unavailable(exception);
        }
    }

    /// <summary>As above, on a connection of the caller's, and with the database's own exceptions.</summary>
    public static async Task<EventPage> ReadAsync(
        NpgsqlConnection connection,
        PageRead read,
        CancellationToken cancellationToken
    )
    {
        var events = new List<RecordedEvent>();
        var cursor = read.After;
        while (true)
        {
            var head = await StatementAsync(connection, read, cursor, events, cancellationToken);
            if (events.Count >= read.Limit)
                return new EventPage(events, events[^1].Position, IsAtEnd(read, events[^1].Position, head));
            cursor = Edge(read, cursor ?? (read.Backwards ? head + 1 : 0), head);
            if (IsAtEnd(read, cursor.Value, head))
                return new EventPage(events, cursor.Value, IsLive: true);
        }
    }

    private static bool IsWindowed(PageRead read) =>
        (read.Types ?? (object?)read.Actor) is not null && read.StreamId is null;

    private static bool IsAtEnd(PageRead read, long through, long head) =>
        read.Backwards ? through <= 1 : through >= head;

    // How far a statement that found less than a page has looked.
    private static long Edge(PageRead read, long cursor, long head) =>
        (read.Backwards, IsWindowed(read)) switch
        {
            (false, false) => Math.Max(cursor, head),
            (false, true) => Math.Max(cursor, Math.Min(cursor + Window, head)),
            (true, false) => 0,
            (true, true) => Math.Max(0, Math.Min(cursor, head + 1) - Window),
        };

    private static async Task<long> StatementAsync(
        NpgsqlConnection connection,
        PageRead read,
        long? cursor,
        List<RecordedEvent> events,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(PageSql.For(read, IsWindowed(read)), connection);
        PageSql.AddParameters(command, read, cursor, Window, read.Limit - events.Count);
        await command.PrepareAsync(cancellationToken);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        long head = 0;
        while (await rows.ReadAsync(cancellationToken))
        {
            head = rows.GetInt64(11);
            if (!rows.IsDBNull(1))
                events.Add(Reads.Event(rows));
        }
        return head;
    }
}
