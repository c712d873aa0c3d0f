using Npgsql;
using Torch.EventStore.Chaining;

namespace Torch.EventStore.Copying;

/// <summary>Sees to it that a copy is made in peace, and that nobody starts on half of one.</summary>
public static class ImportGuard
{
    /// <summary>Whether an import into this database was begun and not finished.</summary>
    public static async Task<bool> IsUnfinishedAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "select exists (select from torch_log.imports where finished_at is null)"
        );
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    // The leader's own lock: a Torch that runs has it, and one that starts meanwhile must not lead.
    internal static async Task TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = ChainTable.Command(connection, "select pg_try_advisory_lock($1)", LogLocks.Leader);
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
            throw new LogCopyException("a Torch runs on this database: stop it before importing");
    }

    internal static async Task ReleaseAsync(NpgsqlConnection connection)
    {
        await using var command = ChainTable.Command(connection, "select pg_advisory_unlock($1)", LogLocks.Leader);
        await command.ExecuteScalarAsync();
    }
}
