using System.Text.Json;
using Npgsql;
using Torch.EventStore.Embedded;

namespace Torch.Cli.Tests;

/// <summary><c>torch log verify</c> on a data directory, beside a running Torch and without one.</summary>
public sealed class LogVerifyTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("torch-cli-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task The_log_is_sound_beside_a_running_Torch_and_after_it_and_tampering_ends_with_1()
    {
        await using (var torch = await ServedTorch.StartAsync(_data))
        {
            var address = torch.Address;
            for (var i = 0; i < 5; i++)
                await Cli.RunAsync(ExitCodes.Success, "report", "backup/db1", $"{i}", "--server", address);
            using var http = new HttpClient();
            using var node = new StringContent("""{"name":"Shop"}""", null, "application/json");
            (await http.PostAsync(address + "/api/v1/nodes", node)).EnsureSuccessStatusCode();

            var beside = await VerifyAsync();
            beside.ExitCode.ShouldBe(ExitCodes.Success, beside.Output + beside.Errors);
            beside.Output.ShouldContain("The log is sound.");

            var stats = await Cli.RunAsync("log", "stats", "--data", _data, "--json");
            stats.ExitCode.ShouldBe(ExitCodes.Success, stats.Errors);
            JsonElement.Parse(stats.Output).GetProperty("head").GetInt64().ShouldBeGreaterThan(5);
            var text = await Cli.RunAsync("log", "stats", "--data", _data);
            text.Output.ShouldContain("report_received");
            text.Output.ShouldContain("Evaluator:All");

            (await torch.StopAsync()).ShouldBe(ExitCodes.Success);
        }
        var alone = await VerifyAsync("--json");
        alone.ExitCode.ShouldBe(ExitCodes.Success, alone.Output + alone.Errors);
        var report = JsonElement.Parse(alone.Output);
        report.GetProperty("isSound").GetBoolean().ShouldBeTrue();
        report.GetProperty("unchained").GetInt64().ShouldBe(0, "a clean stop chains and signs all of the journal");
        var signed = report.GetProperty("signedThrough").GetInt64();
        signed.ShouldBeGreaterThan(0);

        await TamperAsync($$"""update journal.mt_events set data = data || '{"x":1}' where seq_id = {{signed}}""");
        var broken = await VerifyAsync();
        broken.ExitCode.ShouldBe(ExitCodes.Failed);
        broken.Output.ShouldStartWith($"chain: an event is not what was chained at position {signed} of the journal");
    }

    [Fact]
    public async Task A_folder_without_a_log_is_refused()
    {
        var ended = await VerifyAsync();

        ended.ExitCode.ShouldBe(ExitCodes.DataDirectory);
        ended.Errors.ShouldContain($"{_data} holds no database of Torch");
    }

    [Fact]
    public async Task A_database_without_a_log_is_refused()
    {
        var postgres = new NpgsqlConnectionStringBuilder(await Testing.PostgresServer.ConnectionStringAsync());
        var ended = await VerifyAsync("--postgres", postgres.ConnectionString);

        ended.ExitCode.ShouldBe(ExitCodes.Database);
        ended.Errors.ShouldContain("holds no log of this version of Torch");
    }

    private Task<Ended> VerifyAsync(params string[] more) => Cli.RunAsync(["log", "verify", "--data", _data, .. more]);

    private async Task TamperAsync(string sql)
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(
            new() { DataDirectory = Path.Combine(_data, "postgres") }
        );
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand("set session_replication_role = replica; " + sql);
        await command.ExecuteNonQueryAsync();
    }
}
