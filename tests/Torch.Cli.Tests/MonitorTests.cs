using System.Net.Sockets;
using System.Text;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>A monitor in the foreground, on a file of services, with and without a server.</summary>
public sealed class MonitorTests(SharedTorch torch) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torch-cli-").FullName;
    private Target _target = null!;

    private string Config => Path.Combine(_folder, "config.json");

    public async ValueTask InitializeAsync()
    {
        _target = await Target.StartAsync();
        await Cli.RunAsync(0, "config", "create", "--config-path", Config);
    }

    public async ValueTask DisposeAsync()
    {
        await _target.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Without_a_server_it_says_the_rate_probes_prints_and_stops_when_asked()
    {
        await AddAsync(_target.Url("/good"), "--check-regex", "--regex", "hello");
        await AddAsync(_target.Url("/bad"), "--check-regex", "--regex", "goodbye", "--interval", "10");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var notify = Path.Combine(_folder, "n.sock");
        manager.Bind(new UnixDomainSocketEndPoint(notify));
        // A server that the environment names is not asked: -ns.
        var screen = new Screen(variables: [("NOTIFY_SOCKET", notify), ("TORCH_SERVER", "http://127.0.0.1:1")]);
        using var stop = new CancellationTokenSource();
        string[] start = ["monitor", "start", "-vvvv", "--yes", "-ns", "--config-path", Config];
        var running = Cli.RunAsync(screen, start, stop.Token);

        await Eventually.IsTrueAsync(
            () =>
                screen.Output.Contains(" up " + _target.Url("/good"))
                && screen.Output.Contains(" down " + _target.Url("/bad")),
            TimeSpan.FromSeconds(30)
        );
        screen.Output.ShouldStartWith("2 services, about 18 requests per minute\n");
        screen.Errors.ShouldContain("torch: information: Scheduled 2 checks");
        var told = new byte[100];
        Encoding.UTF8.GetString(told, 0, manager.Receive(told)).ShouldBe("READY=1");
        await stop.CancelAsync();
        (await running).ExitCode.ShouldBe(ExitCodes.Success);
        Encoding.UTF8.GetString(told, 0, manager.Receive(told)).ShouldBe("STOPPING=1");
    }

    [Fact]
    public async Task With_a_server_every_result_becomes_a_report()
    {
        await AddAsync(_target.Url("/reported"));
        using var stop = new CancellationTokenSource();
        var screen = new Screen();
        string[] start = ["monitor", "start", "--yes", "--config-path", Config, "--server", torch.Address];
        var running = Cli.RunAsync(screen, start, stop.Token);
        var query = "/api/v1/reports?source=" + Uri.EscapeDataString(_target.Url("/reported"));
        await Eventually.IsTrueAsync(
            async () => (await torch.GetAsync(query)).GetProperty("items").GetArrayLength() == 1,
            TimeSpan.FromSeconds(30)
        );
        var report = (await torch.GetAsync(query)).GetProperty("items")[0];
        report.GetProperty("status").GetString().ShouldBe("up");
        report.GetProperty("value").GetDouble().ShouldBeGreaterThan(0);
        await stop.CancelAsync();
        (await running).ExitCode.ShouldBe(ExitCodes.Success, screen.Errors);
    }

    [Fact]
    public async Task As_JSON_it_is_a_line_of_the_rate_and_then_one_per_result()
    {
        await AddAsync(_target.Url("/json"), "--interval", "10");
        using var stop = new CancellationTokenSource();
        var screen = new Screen();
        var running = Cli.RunAsync(
            screen,
            ["monitor", "start", "--json", "--yes", "-ns", "--config-path", Config],
            stop.Token
        );
        await Eventually.IsTrueAsync(() => screen.Output.Split('\n').Length > 2, TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        (await running).ExitCode.ShouldBe(ExitCodes.Success, screen.Errors);
        var lines = screen.Output.Lines();
        lines[0].GetProperty("services").GetInt32().ShouldBe(1);
        lines[0].GetProperty("requestsPerMinute").GetDouble().ShouldBe(6);
        lines[1].Text("url").ShouldBe(_target.Url("/json"));
        lines[1].Text("outcome").ShouldBe("up");
        lines[1].GetProperty("statusCode").GetInt32().ShouldBe(200);
        lines[1].GetProperty("milliseconds").GetDouble().ShouldBeGreaterThan(0);
        lines[1].GetProperty("at").GetDateTimeOffset().ShouldBeLessThan(DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task It_asks_first_and_has_to_have_something_to_do()
    {
        (await Cli.RunAsync("monitor", "start", "--config-path", Config)).Errors.ShouldContain(
            "there is no service yet"
        );
        await AddAsync(_target.Url("/"));
        (await Cli.RunAsync("monitor", "start", "--config-path", Config)).ExitCode.ShouldBe(ExitCodes.Settings);
        var no = await Cli.RunAsync(new Screen("\n", hasPerson: true), ["monitor", "start", "--config-path", Config]);
        no.ExitCode.ShouldBe(ExitCodes.Declined);
        no.Output.ShouldBe("1 services, about 12 requests per minute\n");
    }

    [Fact]
    public async Task SIGTERM_ends_it_well()
    {
        await AddAsync(_target.Url("/term"));
        await using var run = TorchRun.Start(["monitor", "start", "--yes", "--config-path", Config]);
        await Eventually.IsTrueAsync(() => run.Output.Contains(" up "), TimeSpan.FromSeconds(60));
        (await run.StopAsync()).ShouldBe(ExitCodes.Success, run.Errors);
    }

    private Task<string> AddAsync(string url, params string[] more) =>
        Cli.RunAsync(0, ["config", "services", "add", url, .. more, "--config-path", Config]);
}
