using Npgsql;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Tailing;

/// <summary>Reads page after page on a connection of its own, with a plan made once: at the live end pages are small and many.</summary>
/// <param name="pages">What to read; each call says after which position.</param>
internal sealed class TailReader(NpgsqlDataSource dataSource, PageRead pages) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    public async Task<EventPage> ReadAsync(long after, CancellationToken cancellationToken)
    {
        try
        {
            _connection ??= await OpenAsync(cancellationToken);
            return await PageReading.ReadAsync(_connection, pages with { After = after }, cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null)
            await connection.DisposeAsync();
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "set plan_cache_mode = force_generic_plan; set jit = off",
            connection
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }
}
