using System.Net;
using System.Net.Sockets;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>A start that cannot be says why in one line, without a stack, and ends with a code of its own.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("torch-cli-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_data_directory_in_use_is_named()
    {
        using var other = new FileStream(
            Path.Combine(_data, "torch.lock"),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None
        );
        var ended = await Cli.RunAsync("serve", "--data", _data, "--urls", "http://127.0.0.1:0");
        ShouldRefuse(ended, ExitCodes.DataDirectory, $"{_data} is in use by another Torch");
    }

    [Fact]
    public async Task A_busy_port_is_named()
    {
        await using var database = await TestDatabase.CreateAsync([]);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        var ended = await TorchRun.EndAsync(
            ["serve", "--data", _data, "--urls", url],
            ("TORCH_POSTGRES", database.ConnectionString)
        );
        ShouldRefuse(ended, ExitCodes.Address, $"{url} is in use by another program");
    }

    [Fact]
    public async Task A_journal_key_that_is_none_is_named()
    {
        await using var database = await TestDatabase.CreateAsync([]);
        var key = Path.Combine(_data, "journal.pem");
        await File.WriteAllTextAsync(key, "hello");
        string[] serve = ["serve", "--data", _data, "--urls", "http://127.0.0.1:0", "--journal-key", key];
        var ended = await Cli.RunAsync([.. serve, "--postgres", database.ConnectionString]);
        ShouldRefuse(ended, ExitCodes.Settings, $"{key} holds no private ECDSA key");
    }

    [Fact]
    public async Task Half_a_copy_is_not_started_on()
    {
        await using var database = await TestDatabase.CreateAsync([]);
        await database.ExecuteAsync(
            "insert into torch_log.imports (id, from_position, to_position) values ('\\x01', 1, 100)"
        );
        string[] serve = ["serve", "--data", _data, "--urls", "http://127.0.0.1:0"];
        var ended = await Cli.RunAsync([.. serve, "--postgres", database.ConnectionString]);
        ShouldRefuse(ended, ExitCodes.Database, "an import was not finished");
    }

    [Fact]
    public async Task A_database_out_of_reach_is_named()
    {
        var postgres = $"Host=127.0.0.1;Port={FreePort()};Username=nobody;Password=secret;Database=nothing";
        string[] serve = ["serve", "--data", _data, "--urls", "http://127.0.0.1:0"];
        var ended = await Cli.RunAsync([.. serve, "--postgres", postgres]);
        ShouldRefuse(ended, ExitCodes.Database, "PostgreSQL cannot be reached: 127.0.0.1");
        (ended.Output + ended.Errors).ShouldNotContain("secret");
    }

    [Fact]
    public async Task Listening_for_others_without_a_key_is_refused()
    {
        var ended = await Cli.RunAsync("serve", "--data", _data, "--urls", "http://0.0.0.0:0");
        ShouldRefuse(ended, ExitCodes.Settings, "TORCH_ADMIN_KEY");
    }

    [Fact]
    public async Task A_missing_PostgreSQL_is_named()
    {
        string[] serve = ["serve", "--data", _data, "--urls", "http://127.0.0.1:0"];
        var ended = await Cli.RunAsync([.. serve, "--postgres-bin", _data]);
        ShouldRefuse(ended, ExitCodes.Database, "PostgreSQL was not found");
    }

    [Fact]
    public async Task An_unknown_flag_is_named()
    {
        var ended = await TorchRun.EndAsync(["serve", "--colour", "red"]);
        ShouldRefuse(ended, ExitCodes.Settings, "--colour");
    }

    [Fact]
    public async Task A_client_without_a_server_says_so()
    {
        var ended = await Cli.RunAsync(["tree", "--server", $"http://127.0.0.1:{FreePort()}"]);
        ShouldRefuse(ended, ExitCodes.Server, "does not answer");
    }

    private static void ShouldRefuse(Ended ended, int code, string says)
    {
        ended.Errors.ShouldContain(says);
        ended.Errors.Trim().Split('\n').Length.ShouldBe(1, ended.Errors);
        ended.ExitCode.ShouldBe(code);
        (ended.Output + ended.Errors).ShouldNotContain("   at ");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
