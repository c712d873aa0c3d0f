using Npgsql;
using Torch.EventStore.Chaining;

namespace Torch.EventStore.Measuring;

/// <summary>The telemetry's partitions: positions and times by the ends of the primary key, bytes from the catalogue.</summary>
/// <param name="counted">A partition that spans no more positions is counted.</param>
internal sealed class PartitionSizes(NpgsqlConnection connection, long counted)
{
    private const string Catalogue = """
        select p.name, p.from_position, p.to_position, coalesce(c.reltuples, -1)::bigint,
            coalesce(pg_total_relation_size(c.oid), 0)
        from torch_log.telemetry_partitions p
        left join pg_class c on c.relname = p.name and c.relnamespace = 'telemetry'::regnamespace
        order by p.from_position
        """;

    private const string Ends = """
        select (select seq_id from telemetry.mt_events where seq_id >= $1 and seq_id < $2 order by seq_id limit 1),
            (select seq_id from telemetry.mt_events where seq_id >= $1 and seq_id < $2 order by seq_id desc limit 1),
            (select timestamp from telemetry.mt_events where seq_id >= $1 and seq_id < $2 order by seq_id limit 1),
            (select timestamp from telemetry.mt_events where seq_id >= $1 and seq_id < $2 order by seq_id desc limit 1)
        """;

    private sealed record Entry(string Name, long From, long To, long Estimate, long Bytes);

    public async Task<IReadOnlyList<PartitionSize>> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = new List<Entry>();
        await using (var command = new NpgsqlCommand(Catalogue, connection))
        await using (var row = await command.ExecuteReaderAsync(cancellationToken))
            while (await row.ReadAsync(cancellationToken))
                entries.Add(new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)));
        var sizes = new List<PartitionSize>();
        foreach (var entry in entries)
            sizes.Add(await SizeAsync(entry, cancellationToken));
        return sizes;
    }

    private async Task<PartitionSize> SizeAsync(Entry entry, CancellationToken cancellationToken)
    {
        var (first, last, firstAt, lastAt) = await EndsAsync(entry, cancellationToken);
        var span = last - first + 1 ?? 0;
        // Without statistics, the positions from end to end are the most that it can hold.
        var isCounted = span <= counted;
        var events =
            span == 0 ? 0
            : isCounted ? await CountAsync(entry, cancellationToken)
            : entry.Estimate >= 0 ? Math.Min(entry.Estimate, span)
            : span;
        return new(entry.Name, entry.From, entry.To, first, last, firstAt, lastAt, events, isCounted, entry.Bytes);
    }

    private async Task<(long? First, long? Last, DateTimeOffset? FirstAt, DateTimeOffset? LastAt)> EndsAsync(
        Entry entry,
        CancellationToken cancellationToken
    )
    {
        await using var command = ChainTable.Command(connection, Ends, entry.From, entry.To);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return row.IsDBNull(0)
            ? default
            : (row.GetInt64(0), row.GetInt64(1), new(row.GetDateTime(2)), new(row.GetDateTime(3)));
    }

    private async Task<long> CountAsync(Entry entry, CancellationToken cancellationToken)
    {
        const string sql = "select count(*) from telemetry.mt_events where seq_id >= $1 and seq_id < $2";
        await using var command = ChainTable.Command(connection, sql, entry.From, entry.To);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
