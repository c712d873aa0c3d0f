using System.Collections.Concurrent;
using Npgsql;
using Torch.EventStore;

namespace Torch.Testing;

/// <summary>A database of a test class's own: a clone of a template that holds the schema. Dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Templates = new(StringComparer.Ordinal);

    private readonly string _name;

    private TestDatabase(string name, string connectionString)
    {
        _name = name;
        ConnectionString = connectionString;
        DataSource = NpgsqlDataSource.Create(connectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>The log's schema and the given scripts, applied once per process and cloned.</summary>
    public static async Task<TestDatabase> CreateAsync(params IReadOnlyList<SchemaScript> scripts)
    {
        var template = await Templates.GetOrAdd(KeyOf(scripts), _ => new(() => MakeTemplateAsync(scripts))).Value;
        var name = "torch_test_" + Guid.CreateVersion7().ToString("N");
        await AdministerAsync($"create database {name} template {template}");
        return new TestDatabase(name, await ConnectionStringForAsync(name));
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await AdministerAsync($"drop database if exists {_name} with (force)");
    }

    /// <summary>Rows of a table, or of a table with a condition: <c>CountAsync("journal.mt_events where version = 1")</c>.</summary>
    public async Task<long> CountAsync(string from)
    {
        await using var command = DataSource.CreateCommand("select count(*) from " + from);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends every other session of this database, as a restart of the server would.</summary>
    public Task EndOtherSessionsAsync() =>
        AdministerAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{_name}'");

    /// <summary>Nobody gets a session of this database until it was done, and those that are there end: as if the server were away.</summary>
    public async Task WithoutServingAsync(Func<Task> act)
    {
        await AdministerAsync($"alter database {_name} with allow_connections false");
        try
        {
            await EndOtherSessionsAsync();
            await act();
        }
        finally
        {
            await AdministerAsync($"alter database {_name} with allow_connections true");
        }
    }

    private static async Task<string> MakeTemplateAsync(IReadOnlyList<SchemaScript> scripts)
    {
        var name = "torch_template_" + Guid.CreateVersion7().ToString("N");
        await AdministerAsync($"create database {name}");
        // Not pooled: a template must have no session when it is cloned.
        var connectionString = await ConnectionStringForAsync(name) + ";Pooling=false";
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await SchemaInstaller.ApplyAsync(dataSource, scripts, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Drop(name);
        return name;
    }

    // Matters only on a server of one's own, which outlives the tests.
    private static void Drop(string template)
    {
        if (Environment.GetEnvironmentVariable("TORCH_TEST_POSTGRES") is { Length: > 0 })
            AdministerAsync($"drop database if exists {template} with (force)").Wait(TimeSpan.FromSeconds(5));
    }

    private static string KeyOf(IReadOnlyList<SchemaScript> scripts) =>
        string.Join(",", scripts.Select(s => s.Set + s.Name + Convert.ToHexString(s.Hash())));

    private static async Task<string> ConnectionStringForAsync(string database) =>
        new NpgsqlConnectionStringBuilder(await PostgresServer.ConnectionStringAsync())
        {
            Database = database,
            MaxPoolSize = 50,
            PersistSecurityInfo = true,
        }.ConnectionString;

    private static async Task AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            await PostgresServer.ConnectionStringAsync() + ";Pooling=false"
        );
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
