using Npgsql;

namespace Torch.EventStore.Retention;

/// <summary>The partitions of the telemetry: lists, closes, measures and drops them. One process at a time should close and drop.</summary>
public sealed class TelemetryPartitions(NpgsqlDataSource dataSource)
{
    private const string List = """
        select p.name, p.from_position, p.to_position,
            case when i.inhrelid is null then 2 when i.inhdetachpending then 1 else 0 end,
            coalesce(pg_total_relation_size(c.oid), 0),
            p.closed_at, p.row_count, p.first_position, p.first_time, p.last_position, p.last_time
        from torch_log.telemetry_partitions p
        left join pg_class c on c.oid = to_regclass(format('telemetry.%I', p.name))
        left join pg_inherits i on i.inhrelid = c.oid and i.inhparent = 'telemetry.mt_events'::regclass
        order by p.from_position
        """;

    /// <summary>All of them, oldest first.</summary>
    public async Task<IReadOnlyList<TelemetryPartition>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(List);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var partitions = new List<TelemetryPartition>();
        while (await row.ReadAsync(cancellationToken))
            partitions.Add(
                new TelemetryPartition(
                    row.GetString(0),
                    row.GetInt64(1),
                    row.GetInt64(2),
                    (PartitionState)row.GetInt32(3),
                    row.GetInt64(4),
                    Contents(row)
                )
            );
        return partitions;
    }

    /// <summary>Closes the one in use when its oldest event has reached an age. Answers its name, or null.</summary>
    public async Task<string?> CloseAsync(TimeSpan age, CancellationToken cancellationToken) =>
        await LockedStatement.RunAsync(
            dataSource,
            "select torch_log.close_telemetry_partition($1)",
            age,
            cancellationToken
        ) as string;

    /// <summary>Writes down what each newly closed one holds.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        const string sql = "select torch_log.settled_position()";
        var settled = (long)(await LockedStatement.RunAsync(dataSource, sql, null, cancellationToken))!;
        foreach (var partition in await ListAsync(cancellationToken))
            if (partition is { Contents: null, State: PartitionState.Attached } && partition.ToPosition - 1 <= settled)
                await MeasureAsync(partition, cancellationToken);
    }

    /// <summary>
    /// Detaches and drops one, or goes on where that was interrupted. Readers and writers go on meanwhile; positions that are gone are
    /// never drawn again.
    /// </summary>
    /// <exception cref="PostgresException">With 55P03 when somebody would not let go; the next call goes on.</exception>
    public async Task DropAsync(TelemetryPartition partition, CancellationToken cancellationToken)
    {
        while (await StateAsync(partition.Name, cancellationToken) is { } state and not PartitionState.Detached)
            await DetachAsync(partition.Name, state, cancellationToken);
        await LockedStatement.RunAsync(
            dataSource,
            $"drop table if exists telemetry.{Quoted(partition.Name)}; delete from torch_log.telemetry_partitions where from_position = {partition.FromPosition}",
            null,
            cancellationToken
        );
    }

    // Waits for transactions that may still read it. Interrupted, it stays pending, and FINALIZE ends it.
    private async Task DetachAsync(string name, PartitionState state, CancellationToken cancellationToken)
    {
        var how = state == PartitionState.Detaching ? "finalize" : "concurrently";
        var sql = $"alter table telemetry.mt_events detach partition telemetry.{Quoted(name)} {how}";
        try
        {
            await LockedStatement.RunAsync(dataSource, sql, null, cancellationToken);
        }
        catch (PostgresException pending)
            when (pending.SqlState == PostgresErrorCodes.ObjectNotInPrerequisiteState
                && state == PartitionState.Attached
            )
        {
            // The first try began it and ran out of time: now it is to be finalised.
        }
    }

    private async Task<PartitionState?> StateAsync(string name, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken))
            .FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal))
            ?.State;

    private async Task MeasureAsync(TelemetryPartition partition, CancellationToken cancellationToken)
    {
        var rows = await CountAsync(partition, cancellationToken);
        var table = "telemetry." + Quoted(partition.Name);
        await using var command = dataSource.CreateCommand(
            $"""
            update torch_log.telemetry_partitions set closed_at = clock_timestamp(), row_count = $2,
                first_position = (select min(seq_id) from {table}), last_position = (select max(seq_id) from {table}),
                first_time = (select timestamp from {table} order by seq_id limit 1),
                last_time = (select timestamp from {table} order by seq_id desc limit 1)
            where name = $1 and closed_at is null
            """
        );
        command.Parameters.Add(new NpgsqlParameter { Value = partition.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = rows });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // In pages, each a statement: one count of ten million rows would hold its snapshot too long.
    private async Task<long> CountAsync(TelemetryPartition partition, CancellationToken cancellationToken)
    {
        var sql = $"""
            select count(*), max(seq_id) from (
                select seq_id from telemetry.{Quoted(
                partition.Name
            )} where seq_id > $1 order by seq_id limit 100000) page
            """;
        for (var (rows, after) = (0L, partition.FromPosition - 1); ; )
        {
            await using var command = dataSource.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter { Value = after });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            await row.ReadAsync(cancellationToken);
            if (row.GetInt64(0) == 0)
                return rows;
            (rows, after) = (rows + row.GetInt64(0), row.GetInt64(1));
        }
    }

    private static PartitionContents? Contents(NpgsqlDataReader row) =>
        row.IsDBNull(5)
            ? null
            : new PartitionContents(row.GetFieldValue<DateTimeOffset>(5), row.GetInt64(6), At(row, 7), At(row, 9));

    private static EventAt? At(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : new EventAt(row.GetInt64(column), row.GetFieldValue<DateTimeOffset>(column + 1));

    private static string Quoted(string name)
    {
        using var builder = new NpgsqlCommandBuilder();
        return builder.QuoteIdentifier(name);
    }
}
