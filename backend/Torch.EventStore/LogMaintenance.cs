using Npgsql;

namespace Torch.EventStore;

/// <summary>Keeps partitions ahead of the writer and drops expired keys. Any server may do it, several at once too.</summary>
internal sealed class LogMaintenance(NpgsqlDataSource dataSource, EventLogOptions options)
{
    /// <param name="atLeast">Events that one partition must take, where a single commit brings more than the usual width.</param>
    /// <param name="cancellationToken">Ends it; the partitions are as they were.</param>
    public Task KeepPartitionsAheadAsync(CancellationToken cancellationToken, int atLeast = 0) =>
        RunAsync(
            "select torch_log.keep_telemetry_partitions_ahead($1)",
            Math.Max(options.PartitionWidth, atLeast),
            cancellationToken
        );

    public Task ExpireKeysAsync(CancellationToken cancellationToken) =>
        RunAsync("select torch_log.expire_idempotency_keys()", null, cancellationToken);

    // These wait for locks that would hold up the writer: rather give up at once and come again.
    private async Task RunAsync(string sql, long? argument, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("set local lock_timeout = '200ms'"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        if (argument is { } value)
            batch.BatchCommands[1].Parameters.Add(new() { Value = value });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
