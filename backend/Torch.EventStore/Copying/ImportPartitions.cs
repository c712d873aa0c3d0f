using System.Text.Json;
using Npgsql;

namespace Torch.EventStore.Copying;

/// <summary>Gives the telemetry the partitions that it had where it comes from.</summary>
internal sealed class ImportPartitions(NpgsqlConnection connection)
{
    private sealed record Partition(string Name, long From, long To);

    /// <param name="rows">Of the exporting database's catalogue.</param>
    /// <exception cref="LogCopyException">A partition that holds events is in the way.</exception>
    public async Task PrepareAsync(IReadOnlyList<string> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync("lock table torch_log.telemetry_partitions in share row exclusive mode", cancellationToken);
        var wanted = rows.Select(Parse).ToList();
        var held = await HeldAsync(cancellationToken);
        foreach (var partition in held.Except(wanted))
            await DropIfEmptyAsync(partition, wanted, cancellationToken);
        foreach (var partition in wanted.Except(held))
            await AttachAsync(partition, cancellationToken);
        await SideRows.ReplaceAsync(
            connection,
            SideTable.OfTheLog.First(t => t.Name == SideTable.Partitions),
            [.. rows],
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
    }

    private static Partition Parse(string row)
    {
        using var document = JsonDocument.Parse(row);
        var json = document.RootElement;
        return new(
            json.GetProperty("name").GetString()!,
            json.GetProperty("from_position").GetInt64(),
            json.GetProperty("to_position").GetInt64()
        );
    }

    private async Task<List<Partition>> HeldAsync(CancellationToken cancellationToken)
    {
        const string sql =
            "select name, from_position, to_position from torch_log.telemetry_partitions order by from_position";
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var partitions = new List<Partition>();
        while (await row.ReadAsync(cancellationToken))
            partitions.Add(new(row.GetString(0), row.GetInt64(1), row.GetInt64(2)));
        return partitions;
    }

    // Those ahead of the last event are made anew when the import is done.
    private async Task DropIfEmptyAsync(
        Partition partition,
        List<Partition> wanted,
        CancellationToken cancellationToken
    )
    {
        var name = Quoted(partition.Name);
        await using var command = new NpgsqlCommand($"select exists (select from telemetry.{name})", connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
        {
            if (wanted.Find(w => w.From < partition.To && partition.From < w.To) is { } inTheWay)
                throw new LogCopyException(
                    $"the partition {partition.Name} of the database is in the way of {inTheWay.Name} of the export"
                );
            return;
        }
        await ExecuteAsync($"drop table telemetry.{name}", cancellationToken);
        await ExecuteAsync(
            $"delete from torch_log.telemetry_partitions where from_position = {partition.From}",
            cancellationToken
        );
    }

    private async Task AttachAsync(Partition partition, CancellationToken cancellationToken)
    {
        await using var attach = new NpgsqlCommand(
            "select torch_log.attach_telemetry_partition($1, $2, $3)",
            connection
        )
        {
            Parameters =
            {
                new() { Value = partition.Name },
                new() { Value = partition.From },
                new() { Value = partition.To },
            },
        };
        await attach.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Quoted(string name) => new NpgsqlCommandBuilder().QuoteIdentifier(name);
}
