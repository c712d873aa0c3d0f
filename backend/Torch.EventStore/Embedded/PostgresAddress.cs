using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Torch.EventStore.Embedded;

/// <summary>Where the embedded server listens.</summary>
internal sealed record PostgresAddress(string Host, int Port, string? Password)
{
    /// <summary>The user that Torch and the cluster's owner are.</summary>
    public const string User = "torch";

    public bool IsSocket => Password is null;

    public static PostgresAddress For(PostgresFolder folder) =>
        OperatingSystem.IsWindows()
            ? new PostgresAddress("127.0.0.1", FreePort(), File.ReadAllText(folder.PasswordFile).Trim())
            : new PostgresAddress(folder.SocketDirectory, 5432, null);

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Username = User,
            Password = Password,
            Database = database,
        }.ConnectionString;

    /// <summary>Whether it takes connections by now.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(
                ConnectionString("postgres") + ";Pooling=false;Timeout=2"
            );
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
