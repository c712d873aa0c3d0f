using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Torch.Agent.Connection;
using Torch.Contracts;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>An agent as a process of its own, with a data directory of its own.</summary>
public sealed class AgentTests(SharedTorch torch) : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("torch-cli-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task An_agent_feeds_the_server_goes_on_after_a_kill_and_tells_the_service_manager()
    {
        var agent = await torch.PostAsync("/api/v1/agents", new { name = "rack 7", location = "lab" });
        var check = await torch.PostAsync(
            "/api/v1/checks",
            new
            {
                name = "itself",
                kind = "http",
                interval = "PT3S",
                locations = new[] { "lab" },
                http = new { url = torch.Address + "/health/live" },
            }
        );
        var observations = $"/api/v1/checks/{check.GetProperty("id").GetString()}/observations";
        var key = agent.GetProperty("key").GetString()!;

        // A list that nobody can read is worth a line, which the server then has.
        Directory.CreateDirectory(Path.Combine(_data, "agent"));
        await File.WriteAllTextAsync(Path.Combine(_data, "agent", "checks.json"), "no list");
        await using (StartAgent(key))
        {
            await Eventually.IsTrueAsync(async () => await CountAsync(observations) >= 1, TimeSpan.FromSeconds(60));
            await Eventually.IsTrueAsync(
                async () => await CountAsync("/api/v1/system/logs?agent=rack%207&text=checks.json&level=warning") == 1,
                TimeSpan.FromSeconds(60)
            );
        }
        // Disposed, the first was killed.
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(Path.Combine(_data, "notify")));
        manager.ReceiveTimeout = 60_000;
        await using var second = StartAgent(
            key,
            ("NOTIFY_SOCKET", Path.Combine(_data, "notify")),
            ("WATCHDOG_USEC", "1000000")
        );
        Told(manager).ShouldBe("READY=1");
        var before = await CountAsync(observations);
        await Eventually.IsTrueAsync(
            async () => Told(manager) == "WATCHDOG=1" && await CountAsync(observations) > before,
            TimeSpan.FromSeconds(60)
        );
        (await second.StopAsync()).ShouldBe(ExitCodes.Success, second.Errors);
        var last = Told(manager);
        while (last == "WATCHDOG=1")
            last = Told(manager);
        last.ShouldBe("STOPPING=1");
    }

    [Fact]
    public async Task An_agent_sends_its_own_traces_and_figures_where_it_was_said_whereto()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var agent = await torch.PostAsync("/api/v1/agents", new { name = "rack 8", location = "elsewhere" });
        await torch.PostAsync(
            "/api/v1/checks",
            new
            {
                name = "itself, told elsewhere",
                kind = "http",
                interval = "PT3S",
                locations = new[] { "elsewhere" },
                http = new { url = torch.Address + "/health/live" },
            }
        );

        await using var running = StartAgent(
            agent.GetProperty("key").GetString()!,
            ("TORCH_OTLP_ENDPOINT", collector.Address),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
            ("OTEL_BSP_SCHEDULE_DELAY", "500")
        );

        await collector.HearsAsync(
            "torch-agent",
            ["probe", "deliver results"],
            [
                "torch.agent.probe.duration",
                "torch.agent.probe.lateness",
                "torch.agent.results.waiting",
                "torch.agent.spool.size",
            ]
        );
        (await running.StopAsync()).ShouldBe(ExitCodes.Success, running.Errors);
    }

    [Fact]
    public async Task A_change_reaches_the_agent_that_runs_the_check_within_two_seconds()
    {
        var agent = await torch.PostAsync("/api/v1/agents", new { name = "rack 9", location = "timed" });
        using var connection = new HttpServerConnection(
            new(new(torch.Address), agent.GetProperty("key").GetString()!),
            "0.0.0",
            TimeProvider.System,
            NullLogger<HttpServerConnection>.Instance
        );
        var spool = Guid.CreateVersion7();
        connection.Condition = () => new(spool);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var lists = connection.ChecksAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        await lists.MoveNextAsync();
        lists.Current.ShouldBeEmpty();
        // Asked before the change, as an agent's connection waits all the time.
        var next = NotEmptyAsync(lists);
        using var created = await torch.Http.PostAsJsonAsync(
            "/api/v1/checks",
            new
            {
                name = "timed",
                kind = "http",
                interval = "PT1M",
                locations = new[] { "timed" },
                http = new { url = torch.Address + "/health/live" },
            },
            limit.Token
        );
        var accepted = Stopwatch.GetTimestamp();
        created.EnsureSuccessStatusCode();
        var checks = await next;
        var took = Stopwatch.GetElapsedTime(accepted);

        checks.ShouldHaveSingleItem().Name.ShouldBe("timed");
        took.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task As_JSON_it_says_whom_it_runs_for()
    {
        using var stop = new CancellationTokenSource();
        var screen = new Screen(variables: ("TORCH_AGENT_KEY", "torch_a_b"));
        string[] agent = ["agent", "--json", "--server", "http://127.0.0.1:1", "--data", _data, "--no-scheduler"];
        var running = Cli.RunAsync(screen, agent, stop.Token);
        await Eventually.IsTrueAsync(() => screen.Output.EndsWith('\n'));
        await stop.CancelAsync();
        (await running).ExitCode.ShouldBe(ExitCodes.Success, screen.Errors);
        var said = screen.Output.Lines().ShouldHaveSingleItem();
        said.Text("server").ShouldBe("http://127.0.0.1:1");
        said.Text("spool").ShouldBe(Path.Combine(_data, "spool.db"));
    }

    [Theory]
    [InlineData("TORCH_AGENT_KEY", "--server", "http://127.0.0.1:1")]
    [InlineData("--otlp-endpoint", "--server", "http://127.0.0.1:1", "--otlp-endpoint", "collector:4318")]
    [InlineData("--server", "--server", "nowhere")]
    [InlineData("--spool-size", "--server", "http://127.0.0.1:1", "--spool-size", "much")]
    [InlineData("--export-every", "--server", "http://127.0.0.1:1", "--export-every", "200")]
    [InlineData("--export-batch", "--server", "http://127.0.0.1:1", "--export-batch", "0")]
    [InlineData("--max-probes", "--server", "http://127.0.0.1:1", "--max-probes", "5000")]
    [InlineData("--max-probes-per-host", "--server", "http://127.0.0.1:1", "--max-probes-per-host", "300")]
    [InlineData("--ca", "--server", "https://127.0.0.1:1", "--ca", "/nowhere/ca.pem")]
    [InlineData("--no-collector", "--server", "http://127.0.0.1:1", "--no-collector", "perhaps")]
    public async Task With_settings_that_make_no_sense_it_does_not_start_and_says_which(
        string named,
        params string[] flags
    )
    {
        var screen = new Screen(variables: ("TORCH_AGENT_KEY", named == "TORCH_AGENT_KEY" ? "" : "torch_a_b"));
        var ended = await Cli.RunAsync(screen, ["agent", "--data", _data, .. flags]);
        ended.ExitCode.ShouldBe(ExitCodes.Settings, ended.Output + ended.Errors);
        ended.Errors.ShouldContain(named);
    }

    private TorchRun StartAgent(string key, params (string, string)[] environment) =>
        TorchRun.Start(
            ["agent", "--server", torch.Address, "--data", Path.Combine(_data, "agent"), "--export-every", "1"],
            [("TORCH_AGENT_KEY", key), .. environment]
        );

    private static async Task<IReadOnlyList<ScheduledCheck>> NotEmptyAsync(
        IAsyncEnumerator<IReadOnlyList<ScheduledCheck>> lists
    )
    {
        while (await lists.MoveNextAsync())
            if (lists.Current.Count > 0)
                return lists.Current;
        throw new InvalidOperationException("The lists of checks ended");
    }

    private static string Told(Socket manager)
    {
        var buffer = new byte[100];
        return Encoding.ASCII.GetString(buffer, 0, manager.Receive(buffer));
    }

    private async Task<int> CountAsync(string observations) =>
        (await torch.GetAsync(observations)).GetProperty("items").GetArrayLength();
}
