using Npgsql;

namespace Torch.Server.Evaluating;

/// <summary>A row of <c>torch_log.snapshots</c>.</summary>
/// <param name="LogTime">The log's time at its position.</param>
internal sealed record SnapshotRow(long Position, DateTimeOffset LogTime, byte[] Data);

/// <summary>Snapshots of one name and format.</summary>
internal sealed class SnapshotTable(NpgsqlDataSource dataSource, string name, int format)
{
    private const int Newest = 3;

    /// <summary>The newest at or before a position; null where there is none.</summary>
    public async Task<SnapshotRow?> NearestAsync(long position, CancellationToken cancellationToken)
    {
        const string sql = """
            select position, log_time, data from torch_log.snapshots
            where name = $1 and format = $2 and position <= $3 and log_time is not null
            order by position desc limit 1
            """;
        await using var command = Command(sql, name, format, position);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new(
                row.GetInt64(0),
                row.GetFieldValue<DateTimeOffset>(1),
                await row.GetFieldValueAsync<byte[]>(2, cancellationToken)
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

    /// <summary>Writes one, and drops all but the newest three and those that are kept. What is kept stays so.</summary>
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

        const string thin = """
            delete from torch_log.snapshots where name = $1 and not kept and position not in (
                select position from torch_log.snapshots where name = $1 and not kept order by position desc limit $2
            )
            """;
        await using var drop = Command(thin, name, Newest);
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
