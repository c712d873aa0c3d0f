using Npgsql;
using Torch.EventStore.Chaining;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Copying;

/// <summary>Keyset pages of events with all that their rows hold, both logs merged.</summary>
internal static class StoredPages
{
    public static async Task<List<StoredEvent>> AfterAsync(
        NpgsqlConnection connection,
        Log? log,
        long after,
        long through,
        int limit,
        CancellationToken cancellationToken
    )
    {
        Log[] logs = log is { } only ? [only] : [Log.Journal, Log.Telemetry];
        var parts = logs.Select(l =>
            $"(select {Reads.Columns(l)} from {l.Schema()}.mt_events where seq_id > $1 and seq_id <= $2 order by seq_id limit $3)"
        );
        var sql = $"select * from ({string.Join(" union all ", parts)}) merged order by seq_id limit $3";
        await using var command = ChainTable.Command(connection, sql, after, through, limit);
        await command.PrepareAsync(cancellationToken);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<StoredEvent>(limit);
        while (await rows.ReadAsync(cancellationToken))
            page.Add(StoredEvent.From(rows));
        return page;
    }
}

/// <summary>The types of streams, looked up once each.</summary>
internal sealed class StreamTypes
{
    private readonly Dictionary<(Log, Guid), string?> _types = [];

    public string? Of(StoredEvent stored) => _types.GetValueOrDefault((stored.Log, stored.StreamId));

    public async Task LearnAsync(
        NpgsqlConnection connection,
        IReadOnlyList<StoredEvent> page,
        CancellationToken cancellationToken
    )
    {
        foreach (var log in (Log[])[Log.Journal, Log.Telemetry])
        {
            var unknown = page.Where(e => e.Log == log && !_types.ContainsKey((log, e.StreamId)))
                .Select(e => e.StreamId)
                .Distinct()
                .ToArray();
            if (unknown.Length > 0)
                await LearnAsync(connection, log, unknown, cancellationToken);
        }
    }

    private async Task LearnAsync(NpgsqlConnection connection, Log log, Guid[] ids, CancellationToken cancellationToken)
    {
        var sql = $"select id, type from {log.Schema()}.mt_streams where id = any ($1)";
        await using var command = ChainTable.Command(connection, sql, ids);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            _types[(log, rows.GetGuid(0))] = rows.IsDBNull(1) ? null : rows.GetString(1);
    }
}
