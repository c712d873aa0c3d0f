using System.Text.Json;

namespace Torch.Cli.Tests;

/// <summary>Reports and commands that are run for their report, against a real Torch.</summary>
public sealed class ReportTests(SharedTorch torch)
{
    [Fact]
    public async Task A_report_carries_value_status_message_title_metrics_and_time()
    {
        var at = DateTimeOffset.UtcNow.AddMinutes(-2);
        string[] told =
        [
            "--status",
            "degraded",
            "--message",
            "slow",
            "--title",
            "Tape",
            "--metric",
            "disk.used=0.8",
            "--metric",
            "files=-3",
        ];
        var stored = await torch.RunAsync(
            ExitCodes.Success,
            ["report", "cli/tape", "-4.5", .. told, "--at", at.ToString("O"), "--json"]
        );
        var position = JsonElement.Parse(stored).GetProperty("position").GetInt64();
        var report = await LatestAsync("cli/tape", position);
        report.GetProperty("value").GetDouble().ShouldBe(-4.5);
        report.GetProperty("status").GetString().ShouldBe("degraded");
        report.GetProperty("message").GetString().ShouldBe("slow");
        report.GetProperty("title").GetString().ShouldBe("Tape");
        (report.GetProperty("at").GetDateTimeOffset() - at).Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
        var path = $"/api/v1/checks/{report.GetProperty("checkId")}/observations";
        var seen = (await torch.GetAsync(path)).GetProperty("items")[0];
        seen.GetProperty("metrics").GetProperty("files").GetDouble().ShouldBe(-3);
    }

    [Fact]
    public async Task Lines_of_standard_input_are_stored_in_batches()
    {
        var lines = string.Concat(
            Enumerable.Range(0, 2_500).Select(i => $$"""{"source":"cli/many","value":{{i}}}""" + "\n")
        );
        var ended = await torch.RunAsync(new Screen(lines + "\n"), "report", "-");
        ended.Output.ShouldStartWith("stored 2500 reports, the last at position ");
        var position = long.Parse(ended.Output.Split(' ')[^1]);
        (await LatestAsync("cli/many", position)).GetProperty("value").GetDouble().ShouldBe(2_499);
    }

    [Fact]
    public async Task A_bad_line_is_refused_and_says_which_lines_are_not_stored()
    {
        var ended = await torch.RunAsync(new Screen("{\"source\":\"cli/bad\",\"value\":1}\nnonsense\n"), "report", "-");
        ended.ExitCode.ShouldBe(ExitCodes.Server);
        ended.Errors.ShouldContain("lines 1 to 2 are not stored: ");
        ended.Errors.ShouldContain("refuses (400)");
    }

    [Fact]
    public async Task A_command_is_run_as_if_Torch_were_not_there_and_reported()
    {
        string[] script = ["sh", "-c", "echo out; echo err >&2; exit 3"];
        var ran = await Cli.RunAsync(["run", "--source", "cli/run", "--server", torch.Address, "--", .. script]);
        ran.ExitCode.ShouldBe(3);
        ran.Output.ShouldBe("out\n");
        ran.Errors.ShouldBe("err\n");
        var report = await LatestAsync("cli/run");
        report.GetProperty("value").GetDouble().ShouldBe(3);
        var seen = await torch.GetAsync(
            $"/api/v1/checks/{report.GetProperty("checkId").GetString()}/observations?limit=1"
        );
        seen.GetProperty("items")[0].GetProperty("metrics").GetProperty("exitCode").GetDouble().ShouldBe(3);
        report.GetProperty("status").GetString().ShouldBe("down");
        var said = report.GetProperty("message").GetString()!.Split('\n');
        said[0].ShouldStartWith("exit code 3 after 0.");
        said[1..].ShouldBe(["out", "err"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("echo out; exit 3", 3, true, 3, "down")]
    [InlineData("echo out", ExitCodes.Success, true, 0, "up")]
    [InlineData("echo out", ExitCodes.Server, false, 0, "up")]
    public async Task As_JSON_standard_output_says_how_it_went_and_nothing_else(
        string script,
        int ends,
        bool isSent,
        int code,
        string status
    )
    {
        string[] server = isSent ? ["--server", torch.Address] : ["--server", "http://127.0.0.1:1", "--retry", "0s"];
        string[] words = ["sh", "-c", script];
        var ran = await Cli.RunAsync(["run", "--json", "--source", "cli/json", .. server, "--", .. words]);
        ran.ExitCode.ShouldBe(ends, ran.Errors);
        ran.Errors.ShouldStartWith("out\n");
        var said = ran.Output.Lines().ShouldHaveSingleItem();
        said.Text("source").ShouldBe("cli/json");
        said.GetProperty("exitCode").GetInt32().ShouldBe(code);
        said.Text("status").ShouldBe(status);
        said.GetProperty("sent").GetBoolean().ShouldBe(isSent);
        said.GetProperty("seconds").GetDouble().ShouldBeInRange(0, 60);
        said.Text("message").ShouldEndWith("\nout");
    }

    [Fact]
    public async Task Of_a_long_output_the_end_is_reported_from_a_whole_line_on()
    {
        string[] script = ["sh", "-c", "i=0; while [ $i -lt 5000 ]; do echo line-$i-äöü; i=$((i+1)); done"];
        var ran = await Cli.RunAsync(["run", "--source", "cli/long", "--server", torch.Address, "--", .. script]);
        ran.ExitCode.ShouldBe(0);
        ran.Output.Split('\n').Length.ShouldBe(5_001);
        var message = (await LatestAsync("cli/long")).GetProperty("message").GetString()!;
        System.Text.Encoding.UTF8.GetByteCount(message).ShouldBeInRange(7_000, 8 * 1024);
        message.Split('\n')[1].ShouldStartWith("line-4");
        message.ShouldEndWith("line-4999-äöü");
    }

    [Fact]
    public async Task A_command_that_cannot_be_started_is_a_report_too()
    {
        string[] run = ["run", "--server", torch.Address, "--", "/nowhere/backup.sh"];
        var ran = await Cli.RunAsync(run);
        ran.ExitCode.ShouldBe(ExitCodes.NotFound);
        var report = await LatestAsync("backup.sh");
        report.GetProperty("status").GetString().ShouldBe("down");
        report.GetProperty("message").GetString()!.ShouldStartWith("cannot be started: ");
    }

    [Theory]
    [InlineData("exit 0", ExitCodes.Server)]
    [InlineData("exit 9", 9)]
    public async Task Without_a_server_it_says_so_and_only_a_success_is_none(string script, int code)
    {
        string[] run =
        [
            "run",
            "--source",
            "x",
            "--retry",
            "300ms",
            "--server",
            "http://127.0.0.1:1",
            "--",
            "sh",
            "-c",
            script,
        ];
        var ran = await Cli.RunAsync(run);
        ran.ExitCode.ShouldBe(code);
        ran.Errors.ShouldContain("nobody was told of x: ");
    }

    [Fact]
    public async Task Signals_reach_the_command()
    {
        await using var run = TorchRun.Start([
            "run",
            "--source",
            "cli/signal",
            "--server",
            torch.Address,
            "--",
            "sh",
            "-c",
            "trap 'echo stopping; exit 5' TERM; echo ready; while :; do sleep 0.05; done",
        ]);
        await Testing.Eventually.IsTrueAsync(() => run.Output.Contains("ready"), TimeSpan.FromSeconds(60));
        (await run.StopAsync()).ShouldBe(5, run.Errors);
        run.Output.ShouldBe("ready\nstopping\n");
        (await LatestAsync("cli/signal")).GetProperty("message").GetString()!.ShouldStartWith("exit code 5 after ");
    }

    private async Task<JsonElement> LatestAsync(string source, long? position = null)
    {
        var head =
            position ?? (await torch.GetAsync("/api/v1/events?newest=true&limit=1")).GetProperty("position").GetInt64();
        var page = await torch.GetAsync($"/api/v1/reports?source={Uri.EscapeDataString(source)}&minPosition={head}");
        return page.GetProperty("items")[0];
    }
}
