using System.Runtime.CompilerServices;
using Npgsql;

namespace Torch.EventStore.Reading;

/// <summary>One stream in keyset pages, each a statement of its own, so that no reader holds a snapshot for long.</summary>
internal static class StreamReading
{
    private const int PageSize = 1_000;

    public static async IAsyncEnumerable<RecordedEvent> ReadAsync(
        NpgsqlDataSource dataSource,
        StreamRead read,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var from = read.FromVersion ?? (read.Backwards ? long.MaxValue : 0);
        while (true)
        {
            var page = await PageAsync(dataSource, read, from, cancellationToken);
            foreach (var @event in page)
                yield return @event;
            if (page.Count < PageSize)
                yield break;
            from = read.Backwards ? page[^1].Version - 1 : page[^1].Version + 1;
        }
    }

    private static async Task<List<RecordedEvent>> PageAsync(
        NpgsqlDataSource dataSource,
        StreamRead read,
        long from,
        CancellationToken cancellationToken
    )
    {
        var (comparison, direction) = read.Backwards ? ("<=", "desc") : (">=", "asc");
        var sql = $"""
            select {Reads.Columns(read.Log)} from {read.Log.Schema()}.mt_events
            where stream_id = $1 and version {comparison} $2 order by version {direction} limit {PageSize}
            """;
        try
        {
            await using var command = dataSource.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter { Value = read.StreamId });
            command.Parameters.Add(new NpgsqlParameter { Value = from });
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var page = new List<RecordedEvent>();
            while (await rows.ReadAsync(cancellationToken))
                page.Add(Reads.Event(rows));
            return page;
        }
        catch (Exception exception) when (DatabaseFaults.IsPassing(exception))
        {
            throw Reads.Unavailable(exception);
        }
    }
}
