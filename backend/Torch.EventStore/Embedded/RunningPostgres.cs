using System.Globalization;
using Npgsql;

namespace Torch.EventStore.Embedded;

/// <summary>The embedded server that another process runs, for commands beside it.</summary>
public static class RunningPostgres
{
    // postmaster.pid: process id, data directory, start time, port, socket directory, listen address, ...
    private const int PortLine = 3;
    private const int SocketLine = 4;
    private const int AddressLine = 5;

    /// <summary>How to reach the database <c>torch</c> of a data folder, as its <c>postmaster.pid</c> says; null where no server runs.</summary>
    /// <param name="dataDirectory">As in <see cref="EmbeddedPostgresOptions.DataDirectory"/>.</param>
    public static string? ConnectionString(string dataDirectory)
    {
        var file = Path.Combine(dataDirectory, "cluster", "postmaster.pid");
        if (!File.Exists(file))
            return null;
        var lines = File.ReadAllLines(file);
        if (lines.Length <= AddressLine || !int.TryParse(lines[PortLine], CultureInfo.InvariantCulture, out var port))
            return null;
        var socket = lines[SocketLine].Trim();
        var password = Path.Combine(dataDirectory, "password");
        return new NpgsqlConnectionStringBuilder
        {
            Host = socket.Length > 0 ? socket : lines[AddressLine].Trim(),
            Port = port,
            Username = PostgresAddress.User,
            Password = File.Exists(password) ? File.ReadAllText(password).Trim() : null,
            Database = "torch",
        }.ConnectionString;
    }

    /// <summary>Whether the folder holds a cluster.</summary>
    public static bool HasCluster(string dataDirectory) =>
        File.Exists(Path.Combine(dataDirectory, "cluster", "PG_VERSION"));
}
