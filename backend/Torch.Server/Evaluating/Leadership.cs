using Npgsql;
using Torch.EventStore;

namespace Torch.Server.Evaluating;

/// <summary>The lock of the one leader: PostgreSQL's, held by a session of its own and gone with it.</summary>
internal sealed class Leadership : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private Leadership(NpgsqlConnection connection) => _connection = connection;

    /// <summary>The lock, or null where another server holds it.</summary>
    public static async Task<Leadership?> TryTakeAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({LogLocks.Leader})", connection);
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
                return new Leadership(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Throws when the session, and the lock with it, is gone.</summary>
    public async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select 1", _connection) { CommandTimeout = 5 };
        await command.ExecuteScalarAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await using (_connection)
        {
            try
            {
                // The pool keeps the session open: the lock must be given back by hand.
                await using var command = new NpgsqlCommand(
                    $"select pg_advisory_unlock({LogLocks.Leader})",
                    _connection
                );
                await command.ExecuteScalarAsync();
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
            {
                // The session is gone, and the lock with it.
            }
        }
    }
}
