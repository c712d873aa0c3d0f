using Npgsql;
using Torch.EventStore.Chaining;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Copying;

/// <summary>
/// Telemetry streams whose first events, or all of them, retention has dropped: only their rows know when they began and which version
/// comes next, and so these rows travel.
/// </summary>
internal sealed class ExpiredStreams
{
    private const int PageSize = 5_000;

    private readonly Dictionary<Guid, (long First, long Last, long Micros)> _seen = [];

    /// <summary>An event that is in the file.</summary>
    public void Meet(Log log, Guid stream, long version, long micros)
    {
        if (log == Log.Telemetry)
            _seen[stream] = (_seen.TryGetValue(stream, out var seen) ? seen.First : version, version, micros);
    }

    public async Task WriteAsync(NpgsqlConnection connection, CopyWriter writer, CancellationToken cancellationToken)
    {
        var after = Guid.Empty;
        while (true)
        {
            var page = await PageAsync(connection, after, cancellationToken);
            foreach (var row in page)
                if (AsOfTheFile(row) is { } expired)
                    writer.Stream(expired);
            if (page.Count < PageSize)
                return;
            after = page[^1].Row.Id;
        }
    }

    // What is not in the file began after it, unless its events were dropped; then its first one left says where it stood.
    private CopyStream? AsOfTheFile((CopyStream Row, long? OldestVersion) found)
    {
        var (row, oldest) = found;
        if (_seen.TryGetValue(row.Id, out var seen))
            return seen.First > 1 ? row with { Version = seen.Last, Timestamp = seen.Micros } : null;
        return oldest switch
        {
            null => row,
            1 => null,
            { } version => row with { Version = version - 1 },
        };
    }

    private static async Task<List<(CopyStream Row, long? OldestVersion)>> PageAsync(
        NpgsqlConnection connection,
        Guid after,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select s.id, s.type, coalesce(s.version, 0), s.created, s.timestamp, e.version
            from (select * from telemetry.mt_streams where id > $1 order by id limit {PageSize}) s
            left join lateral (
                select version from telemetry.mt_events where stream_id = s.id order by version limit 1
            ) e on true order by s.id
            """;
        await using var command = ChainTable.Command(connection, sql, after);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<(CopyStream, long?)>();
        while (await rows.ReadAsync(cancellationToken))
            page.Add(
                (
                    new CopyStream(
                        rows.GetGuid(0),
                        rows.IsDBNull(1) ? null : rows.GetString(1),
                        rows.GetInt64(2),
                        StoredEvent.MicrosOf(rows.GetDateTime(3)),
                        StoredEvent.MicrosOf(rows.GetDateTime(4))
                    ),
                    rows.IsDBNull(5) ? null : rows.GetInt64(5)
                )
            );
        return page;
    }
}
