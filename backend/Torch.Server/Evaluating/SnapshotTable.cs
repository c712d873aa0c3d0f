using Npgsql;

namespace Torch.Server.Evaluating;

/// <summary>A row of <c>torch_log.snapshots</c>.</summary>
/// <param name="LogTime">The log's time at its position.</param>
internal sealed record SnapshotRow(
    long Position,
    DateTimeOffset LogTime,
    byte[] Data,
    int Format = SnapshotCodec.Format
);

/// <summary>Snapshots of one name and format.</summary>
/// <param name="oldest">Of formats from this one on, those count that were kept because the observations before them are gone.</param>
internal sealed class SnapshotTable(NpgsqlDataSource dataSource, string name, int format, int oldest)
{
    /// <summary>How many positions may lie between two snapshots of what is retained: any moment is that far from a state.</summary>
    public const long Stretch = 2_000_000;

    /// <summary>So many bytes of the newest snapshots stay, however dense they are: looks at the last days are the most frequent.</summary>
    public const long Newest = 64L << 20;

    // Small states are kept more densely, as long as they take a twentieth of what the log takes: 330 bytes an event.
    private const string Dense = "least($2, greatest(200000, octet_length(data) / 16))";

    // Observations before the first partition are gone: the first state that can be made is the newest that was kept before it.
    private const string Earliest = """
        select coalesce(
            (select max(s.position) from torch_log.snapshots s where s.name = $1 and s.kept and s.position < p.first),
            p.first - 1)
        from (select min(from_position) as first from torch_log.telemetry_partitions) p where p.first > 1
        """;

    private const string Thin = $"""
        delete from torch_log.snapshots where name = $1 and position not in (
            select position from (
                select position, taken_at, kept,
                    row_number() over (partition by kept order by position desc) as newest,
                    sum(octet_length(data)) over (partition by kept order by position desc) as bytes,
                    row_number() over (partition by kept, date_trunc('hour', taken_at) order by position desc) as of_hour,
                    row_number() over (partition by kept, date_trunc('day', taken_at) order by position desc) as of_day,
                    row_number() over (partition by kept, position / {Dense} order by position desc) as of_stretch
                from torch_log.snapshots where name = $1) s
            where newest <= 3 or (position >= coalesce(({Earliest}), 0) and (
                kept or bytes <= $3 or of_day = 1 or of_stretch = 1 or (of_hour = 1 and taken_at > now() - interval '1 day'))))
        """;

    /// <summary>
    /// The newest at or before a position; null where there is none. One of an older format only where none of this one stands after what
    /// has been dropped: it cannot be folded again, and what it says is still the best that is known.
    /// </summary>
    public async Task<SnapshotRow?> NearestAsync(long position, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select position, log_time, data, format from torch_log.snapshots, (select coalesce(({Earliest}), 0) as first) e
            where name = $1 and position <= $3 and log_time is not null
                and (format = $2 or (kept and format >= $4 and format < $2 and position >= first and first > 0))
            order by position >= first desc, format = $2 desc, position desc limit 1
            """;
        await using var command = Command(sql, name, format, position, oldest);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new(
                row.GetInt64(0),
                row.GetFieldValue<DateTimeOffset>(1),
                await row.GetFieldValueAsync<byte[]>(2, cancellationToken),
                row.GetInt32(3)
            )
            : null;
    }

    /// <summary>Of the newest whose log's time is at or before a moment; null where there is none.</summary>
    public async Task<long?> PositionBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        const string sql = """
            select max(position) from torch_log.snapshots where name = $1 and format = $2 and log_time <= $3
            """;
        await using var command = Command(sql, name, format, moment);
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    /// <summary>The first position whose state can still be made; 0 where all can.</summary>
    public async Task<long> EarliestAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(Earliest, name);
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    /// <summary>
    /// Writes one, and thins the others: the newest three stay; of what is retained also the newest of <see cref="Newest"/> in all, one
    /// per hour of the last day, one per day, one per <see cref="Stretch"/>, and those that are kept. What is kept stays so.
    /// </summary>
    public async Task SaveAsync(SnapshotRow snapshot, bool kept, CancellationToken cancellationToken)
    {
        const string write = """
            insert into torch_log.snapshots (name, position, format, log_time, data, kept) values ($1, $2, $3, $4, $5, $6)
            on conflict (name, position) do update
            set format = excluded.format, log_time = excluded.log_time, data = excluded.data, kept = snapshots.kept or excluded.kept, taken_at = now()
            """;
        await using (
            var command = Command(write, name, snapshot.Position, format, snapshot.LogTime, snapshot.Data, kept)
        )
            await command.ExecuteNonQueryAsync(cancellationToken);

        await using var drop = Command(Thin, name, Stretch, Newest);
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, params object[] parameters)
    {
        var command = dataSource.CreateCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
