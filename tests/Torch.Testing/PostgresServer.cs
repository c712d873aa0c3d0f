using System.Globalization;
using Npgsql;
using Torch.EventStore.Embedded;

namespace Torch.Testing;

/// <summary>
/// The PostgreSQL of a test process: the one that <c>TORCH_TEST_POSTGRES</c> names, otherwise an embedded one in memory, started on
/// first use and stopped when the process ends (or, if it is killed, by the closing of its pipe).
/// </summary>
public static class PostgresServer
{
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    /// <summary>A connection string for its maintenance database.</summary>
    public static Task<string> ConnectionStringAsync() => Started.Value;

    /// <summary>A folder in memory where the machine has one. Gone with the process.</summary>
    public static string ScratchFolder(string purpose)
    {
        var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var name = $"torch-test-{process}-{purpose}-{Guid.CreateVersion7():N}";
        return Path.Combine(MemoryFolder, name);
    }

    private static string MemoryFolder => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("TORCH_TEST_POSTGRES") is { Length: > 0 } given)
            return given;
        SweepStaleFolders();
        var folder = ScratchFolder("pg");
        var options = new EmbeddedPostgresOptions
        {
            DataDirectory = folder,
            Durable = false,
            MaxConnections = 300,
        };
        var server = await EmbeddedPostgres.StartAsync(options);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(server, folder);
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "postgres" }.ConnectionString;
    }

    private static void Stop(EmbeddedPostgres server, string folder)
    {
        NpgsqlConnection.ClearAllPools();
        server.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
        Directory.Delete(folder, recursive: true);
    }

    // A killed test process leaves its folder behind; its server has stopped by itself.
    private static void SweepStaleFolders()
    {
        foreach (var folder in Directory.GetDirectories(MemoryFolder, "torch-test-*"))
        {
            var owner = Path.GetFileName(folder).Split('-')[2];
            if (
                int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && !Directory.Exists($"/proc/{pid}")
            )
                TryDelete(folder);
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Another test process sweeps as well.
        }
    }
}
