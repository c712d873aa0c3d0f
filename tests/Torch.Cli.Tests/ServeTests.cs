using System.Text.Json;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>The whole of Torch in one process, its own PostgreSQL included.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("torch-cli-").FullName;
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_report_outlives_a_clean_stop_and_a_kill()
    {
        await using (var first = Start())
        {
            var address = await first.AddressAsync();
            await Cli.RunAsync(ExitCodes.Success, "ready", "--server", address);
            string[] report = ["report", "backup/db1", "42", "--message", "hello", "--server", address];
            (await Cli.RunAsync(ExitCodes.Success, report)).ShouldStartWith("stored at position ");

            var second = await Cli.RunAsync("serve", "--data", _data, "--urls", "http://127.0.0.1:0");
            second.ExitCode.ShouldBe(ExitCodes.DataDirectory);
            second.Errors.ShouldContain("is in use by another Torch");
            await Cli.RunAsync(ExitCodes.Success, "ready", "--server", address);

            (await first.StopAsync()).ShouldBe(ExitCodes.Success, first.Errors);
            File.Exists(Path.Combine(_data, "postgres", "cluster", "postmaster.pid"))
                .ShouldBeFalse("PostgreSQL stops last, but it stops");
        }
        await using (var killed = Start())
        {
            (await ValueAsync(await killed.AddressAsync())).ShouldBe(42);
        }
        await using var third = await ServedTorch.StartAsync(_data);
        (await ValueAsync(third.Address)).ShouldBe(42);
    }

    [Fact]
    public async Task As_JSON_it_says_in_one_line_where_it_is_ready()
    {
        await using var database = await TestDatabase.CreateAsync([]);
        using var stop = new CancellationTokenSource();
        var screen = new Screen();
        string[] serve = ["serve", "--json", "--data", _data, "--urls", "http://127.0.0.1:0"];
        var running = Cli.RunAsync(screen, [.. serve, "--postgres", database.ConnectionString], stop.Token);
        await Eventually.IsTrueAsync(
            () => running.IsCompleted || screen.Output.EndsWith('\n'),
            TimeSpan.FromSeconds(90)
        );
        var said = screen.Output.Lines().ShouldHaveSingleItem();
        (await Cli.RunAsync(ExitCodes.Success, "ready", "--server", said.Text("address"))).ShouldBe("ready\n");
        said.Text("data").ShouldBe(_data);
        said.Text("database").ShouldBe("PostgreSQL, as --postgres says");
        said.Text("account").ShouldStartWith(said.Text("address") + "/setup#");
        await stop.CancelAsync();
        (await running).ExitCode.ShouldBe(ExitCodes.Success, screen.Errors);
    }

    [Fact]
    public async Task Without_its_scheduler_its_agent_probes_on_demand_only()
    {
        await using var target = await Target.StartAsync();
        await using var database = await TestDatabase.CreateAsync([]);
        await using var torch = await ServedTorch.StartAsync(
            _data,
            "--postgres",
            database.ConnectionString,
            "--no-scheduler"
        );
        var observations = await AddAsync(torch, target);
        await Eventually.IsTrueAsync(async () =>
            (await ItemsAsync(torch.Address + "/api/v1/agents")).EnumerateArray().Any(a => a.Text("state") == "live")
        );
        await Cli.RunAsync(ExitCodes.Success, "checks", "run", "site", "--server", torch.Address);
        await Task.Delay(TimeSpan.FromSeconds(3));
        (await ItemsAsync(observations)).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Without_its_exporter_what_its_agent_finds_stays_in_the_spool()
    {
        await using var target = await Target.StartAsync();
        await using var database = await TestDatabase.CreateAsync([]);
        await using var torch = await ServedTorch.StartAsync(
            _data,
            "--postgres",
            database.ConnectionString,
            "--no-exporter"
        );
        var observations = await AddAsync(torch, target);
        await Eventually.IsTrueAsync(async () =>
            (await ItemsAsync(torch.Address + "/api/v1/agents"))
                .EnumerateArray()
                .Any(a => a.GetProperty("spool").GetProperty("waiting").GetInt64() >= 2)
        );
        (await ItemsAsync(observations)).GetArrayLength().ShouldBe(0);
    }

    // The address of its observations.
    private static async Task<string> AddAsync(ServedTorch torch, Target target)
    {
        string[] add = ["checks", "add", target.Url("/"), "--name", "site", "--interval", "1s", "--json"];
        var check = JsonElement.Parse(await Cli.RunAsync(ExitCodes.Success, [.. add, "--server", torch.Address]));
        return $"{torch.Address}/api/v1/checks/{check.Text("id")}/observations";
    }

    private async Task<JsonElement> ItemsAsync(string url) =>
        JsonElement.Parse(await _http.GetStringAsync(url)).GetProperty("items");

    private TorchRun Start() => TorchRun.Start(["serve", "--data", _data, "--urls", "http://127.0.0.1:0"]);

    private async Task<double> ValueAsync(string address)
    {
        var page = JsonElement.Parse(await _http.GetStringAsync(address + "/api/v1/reports?source=backup%2Fdb1"));
        return page.GetProperty("items")[0].GetProperty("value").GetDouble();
    }
}
