using Npgsql;
using Torch.Cli.Serving;
using Torch.Cli.Settings;
using Torch.EventStore.Embedded;

namespace Torch.Cli.Log;

/// <summary>
/// The log's database for as long as a command takes: the one of <c>--postgres</c>, the embedded one of a running Torch, or the
/// embedded one started quietly, with the data directory held meanwhile.
/// </summary>
internal sealed class LogDatabase : IAsyncDisposable
{
    private readonly DataDirectory? _data;
    private readonly EmbeddedPostgres? _postgres;

    private LogDatabase(string connectionString, DataDirectory? data, EmbeddedPostgres? postgres)
    {
        (_data, _postgres) = (data, postgres);
        DataSource = NpgsqlDataSource.Create(ForPages(connectionString));
    }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>Opens it for reading, beside a running Torch or without one.</summary>
    public static async Task<LogDatabase> OpenAsync(ServeSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Postgres is { } given)
            return new LogDatabase(given, null, null);
        var folder = Path.Combine(settings.Data, "postgres");
        if (!RunningPostgres.HasCluster(folder))
            throw new DataDirectoryException($"the data directory {settings.Data} holds no database of Torch");
        try
        {
            return await StartAsync(settings, cancellationToken);
        }
        catch (DataDirectoryException) when (RunningPostgres.ConnectionString(folder) is { } running)
        {
            return new LogDatabase(running, null, null);
        }
    }

    /// <summary>Opens it for writing; makes it where it is missing. A Torch that runs on the data directory must be stopped first.</summary>
    public static Task<LogDatabase> OpenAloneAsync(ServeSettings settings, CancellationToken cancellationToken) =>
        settings.Postgres is { } given
            ? Task.FromResult(new LogDatabase(given, null, null))
            : StartAsync(settings, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _data?.Dispose();
    }

    private static async Task<LogDatabase> StartAsync(ServeSettings settings, CancellationToken cancellationToken)
    {
        var data = DataDirectory.Open(settings.Data);
        try
        {
            var options = new EmbeddedPostgresOptions
            {
                DataDirectory = data.Postgres,
                BinDirectory = settings.PostgresBin,
            };
            var postgres = await EmbeddedPostgres.StartAsync(options, cancellationToken: cancellationToken);
            return new LogDatabase(postgres.ConnectionString, data, postgres);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    // Times as text must not depend on the server's zone.
    private static string ForPages(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Timezone = "UTC" }.ConnectionString;
}
