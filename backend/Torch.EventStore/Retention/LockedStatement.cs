using Npgsql;

namespace Torch.EventStore.Retention;

/// <summary>
/// Statements that need a strong lock for an instant. They wait 200 ms for it at most, since whoever comes after them waits too, and then
/// try again some times.
/// </summary>
internal static class LockedStatement
{
    private const int Tries = 15;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="sql">A statement that may stand in no transaction, or several that belong into one.</param>
    /// <exception cref="PostgresException">With 55P03 when the lock was never free.</exception>
    public static async Task<object?> RunAsync(
        NpgsqlDataSource dataSource,
        string sql,
        object? argument,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(dataSource, sql, argument, cancellationToken);
            }
            catch (PostgresException busy)
                when (busy.SqlState == PostgresErrorCodes.LockNotAvailable && attempt < Tries)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    // The pool resets the setting when it takes the connection back.
    private static async Task<object?> OnceAsync(
        NpgsqlDataSource dataSource,
        string sql,
        object? argument,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using (var limit = new NpgsqlCommand("set lock_timeout = '200ms'", connection))
            await limit.ExecuteNonQueryAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        if (argument is not null)
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
