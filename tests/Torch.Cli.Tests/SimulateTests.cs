using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Torch.Cli.Simulating;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>Simulated devices: their times, their endpoints, what they push, and the demo.</summary>
public sealed class SimulateTests(SharedTorch torch)
{
    private static readonly DeviceFault[] Every =
    [
        DeviceFault.Error,
        DeviceFault.Slow,
        DeviceFault.Drop,
        DeviceFault.Body,
    ];

    [Fact]
    public void The_same_seed_gives_the_same_faults_at_the_same_times_and_another_seed_others()
    {
        var one = Faults(new(7, 3, 0.9, TimeSpan.FromSeconds(30), Every));
        Faults(new(7, 3, 0.9, TimeSpan.FromSeconds(30), Every)).ShouldBe(one);
        Faults(new(8, 3, 0.9, TimeSpan.FromSeconds(30), Every)).ShouldNotBe(one);
        Faults(new(7, 4, 0.9, TimeSpan.FromSeconds(30), Every)).ShouldNotBe(one);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void Availability_is_the_share_of_good_time(double availability)
    {
        var good = Enumerable
            .Range(1, 200)
            .SelectMany(d => Faults(new(1, d, availability, TimeSpan.FromSeconds(20), Every)))
            .ToList();
        ((double)good.Count(f => f is null) / good.Count).ShouldBe(availability, 0.03);
    }

    [Fact]
    public void A_device_that_is_always_available_never_fails_and_time_may_be_asked_backwards()
    {
        Faults(new(1, 1, 1, TimeSpan.FromSeconds(1), Every)).ShouldAllBe(f => f == null);
        var timeline = new DeviceTimeline(1, 1, 0.5, TimeSpan.FromSeconds(10), Every);
        var forth = Enumerable.Range(0, 500).Select(s => timeline.At(TimeSpan.FromSeconds(s))).ToList();
        Enumerable.Range(0, 500).Reverse().Select(s => timeline.At(TimeSpan.FromSeconds(s))).Reverse().ShouldBe(forth);
    }

    [Theory]
    [InlineData("error", HttpStatusCode.InternalServerError)]
    [InlineData("body", HttpStatusCode.OK)]
    [InlineData("drop", null)]
    public async Task Devices_answer_on_one_port_each_in_its_state(string fault, HttpStatusCode? code)
    {
        var screen = new Screen();
        using var stop = new CancellationTokenSource();
        string[] simulate =
        [
            "simulate",
            "--devices",
            "3",
            "--availability",
            "0.000001",
            "--mean-fault",
            "1h",
            "--faults",
            fault,
            "--port",
            "0",
        ];
        var running = Cli.RunAsync(screen, simulate, stop.Token);
        await Eventually.IsTrueAsync(() => screen.Output.Contains("/health; seed 1\n"));
        var address = screen.Output.Split(' ')[2].Replace("/devices,", "");
        using var http = new HttpClient();
        var list = await http.GetFromJsonAsync<JsonElement>(address + "/devices");
        list.GetArrayLength().ShouldBe(3);
        list[1].GetProperty("id").GetInt32().ShouldBe(2);
        list[1].GetProperty("name").GetString().ShouldBe("device-2");
        list[1].GetProperty("ip_address").GetString().ShouldBe("10.0.0.2");
        await Eventually.IsTrueAsync(async () =>
            (await http.GetFromJsonAsync<JsonElement>(address + "/devices/3")).GetProperty("status").GetString()
            == "offline"
        );
        if (code is null)
            await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(address + "/devices/3/health"));
        else
            (await http.GetAsync(address + "/devices/3/health")).StatusCode.ShouldBe(code.Value);
        (await http.GetAsync(address + "/devices/4/health")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await stop.CancelAsync();
        (await running).ExitCode.ShouldBe(ExitCodes.Success);
    }

    [Fact]
    public async Task What_devices_push_is_reported_until_it_is_stopped()
    {
        var screen = new Screen();
        using var stop = new CancellationTokenSource();
        string[] simulate = ["simulate", "--devices", "1200", "--availability", "1", "--push", "30s", "--port", "0"];
        var running = Cli.RunAsync(screen, [.. simulate, "--server", torch.Address], stop.Token);
        const string last = "/api/v1/reports?source=sim%2Fdevice-1200";
        await Eventually.IsTrueAsync(async () =>
            (await torch.GetAsync(last)).GetProperty("items").GetArrayLength() == 1
        );
        await stop.CancelAsync();
        (await running).ExitCode.ShouldBe(ExitCodes.Success);
        int.Parse(screen.Output.Trim().Split('\n')[^1].Split(' ')[1]).ShouldBeGreaterThanOrEqualTo(1_200);
        var report = (await torch.GetAsync(last)).GetProperty("items")[0];
        report.GetProperty("status").GetString().ShouldBe("up");
        report.GetProperty("value").GetDouble().ShouldBeInRange(20, 70);
    }

    [Fact]
    public async Task It_ends_by_itself_after_its_duration() =>
        (await Cli.RunAsync(ExitCodes.Success, "simulate", "--duration", "50ms", "--port", "0")).ShouldEndWith(
            "pushed 0 reports\n"
        );

    [Theory]
    [InlineData("--devices", "0", "--devices must be 1 to 100,000")]
    [InlineData("--availability", "1.5", "--availability must be")]
    [InlineData("--faults", "error,plague", "there is no \"plague\"")]
    public async Task A_plan_that_makes_no_sense_is_refused(string flag, string value, string says)
    {
        var ended = await Cli.RunAsync("simulate", flag, value, "--port", "0");
        ended.ExitCode.ShouldBe(ExitCodes.Settings);
        ended.Errors.ShouldContain(says);
    }

    [Fact]
    public async Task A_demo_brings_its_hierarchy_and_finds_it_again()
    {
        var data = Directory.CreateTempSubdirectory("torch-cli-").FullName;
        await using var database = await TestDatabase.CreateAsync([]);
        for (var start = 0; start < 2; start++)
        {
            await using var demo = await ServedTorch.StartAsync(
                data,
                "--postgres",
                database.ConnectionString,
                "--demo"
            );
            string[] tree = ["tree", "--json", "--server", demo.Address];
            await Eventually.IsTrueAsync(
                async () =>
                    JsonElement.Parse(await Cli.RunAsync(0, tree)) is var roots
                    && roots.GetArrayLength() == 1
                    && roots[0].GetProperty("children").GetArrayLength() == 4
                    && roots[0].GetProperty("status").GetString() is not "unknown",
                TimeSpan.FromSeconds(30)
            );
            await Eventually.IsTrueAsync(
                async () =>
                    (await Cli.RunAsync("checks", "run", "demo/device-1", "--server", demo.Address)).Output.StartsWith(
                        "up  200"
                    ),
                TimeSpan.FromSeconds(60)
            );
        }
        Directory.Delete(data, recursive: true);
    }

    private static List<DeviceFault?> Faults(
        (int Seed, int Device, double Availability, TimeSpan Mean, DeviceFault[] Faults) plan
    )
    {
        var timeline = new DeviceTimeline(plan.Seed, plan.Device, plan.Availability, plan.Mean, plan.Faults);
        return [.. Enumerable.Range(0, 2_000).Select(s => timeline.At(TimeSpan.FromSeconds(s)))];
    }
}
