using System.Security.Cryptography;
using Npgsql;

namespace Torch.EventStore.Embedded;

/// <summary>Makes the cluster on first use. It gets its name only when it is whole: a start that is killed meanwhile begins anew.</summary>
internal static class ClusterMaker
{
    public static async Task MakeAsync(
        PostgresFolder folder,
        PostgresBinaries binaries,
        IReadOnlyList<string> prefix,
        bool durable,
        CancellationToken cancellationToken
    )
    {
        var unfinished = folder.Cluster + ".new";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        var command = new List<string>(prefix)
        {
            binaries.Program("initdb"),
            "-D",
            unfinished,
            "-U",
            PostgresAddress.User,
        };
        command.AddRange(["-E", "UTF8", "--locale=C", "--no-instructions"]);
        command.AddRange(OperatingSystem.IsWindows() ? Password(folder) : ["--auth=trust"]);
        if (!durable)
            command.Add("--no-sync");
        var answer = await Shell.RunAsync(command, cancellationToken);
        if (answer.ExitCode != 0)
            throw new EmbeddedPostgresException("PostgreSQL's initdb failed: " + LastLine(answer.Output));
        Directory.Move(unfinished, folder.Cluster);
    }

    public static async Task MakeDatabaseAsync(
        PostgresAddress address,
        string name,
        CancellationToken cancellationToken
    )
    {
        await using var connection = new NpgsqlConnection(address.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var find = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection)
        {
            Parameters = { new() { Value = name } },
        };
        if (await find.ExecuteScalarAsync(cancellationToken) is not null)
            return;
        await using var create = new NpgsqlCommand($"create database \"{name}\"", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string[] Password(PostgresFolder folder)
    {
        File.WriteAllText(folder.PasswordFile, Convert.ToHexString(RandomNumberGenerator.GetBytes(24)));
        return ["--auth=scram-sha-256", "--pwfile=" + folder.PasswordFile];
    }

    private static string LastLine(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "it said nothing";
}
