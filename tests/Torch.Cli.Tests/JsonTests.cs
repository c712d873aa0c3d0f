using System.CommandLine;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary><c>--json</c>: every command knows it, and what it prints is JSON and nothing else.</summary>
public sealed class JsonTests(SharedTorch torch) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torch-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Commands() => [.. Under(Cli.Root, "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_takes_it(string command) => Cli.Root.Parse(command + " --json").IsJson().ShouldBeTrue();

    // A walk that finds nothing would hold nothing.
    [Fact]
    public void The_commands_of_all_depths_are_walked() =>
        new[] { "serve", "projections verify", "config services add" }.Except(Under(Cli.Root, "")).ShouldBeEmpty();

    [Fact]
    public async Task A_failure_stays_one_line_on_standard_error()
    {
        var ended = await Cli.RunAsync("ready", "--json", "--server", "http://127.0.0.1:9");
        ended.ExitCode.ShouldBe(ExitCodes.Server);
        ended.Output.ShouldBe("");
        ended.Errors.Trim().Split('\n').Length.ShouldBe(1, ended.Errors);
    }

    [Fact]
    public async Task Ready_and_completion_answer_an_object()
    {
        (await OfAsync("ready", "--server", torch.Address)).Text("status").ShouldBe("ready");
        var completion = await OfAsync("completion", "fish");
        completion.Text("shell").ShouldBe("fish");
        completion.Text("script").ShouldContain("complete -c torch");
    }

    [Fact]
    public async Task Rules_are_counted_tried_and_published()
    {
        var check = await torch.ReportAsync("json/rules", 42);
        await torch.NodeAsync("json rules", null, check);
        var file = Path.Combine(_folder, "rules");
        await File.WriteAllTextAsync(file, "when value > 80 then degraded\n");
        string[] server = ["--server", torch.Address];

        (await OfAsync(["rules", "check", file, .. server])).GetProperty("rules").GetInt32().ShouldBe(1);
        var tried = await OfAsync(["rules", "check", file, "--node", "json rules", .. server]);
        tried.Text("sentence").ShouldStartWith("json rules is up");
        tried.GetProperty("errors").GetArrayLength().ShouldBe(0);
        var set = await OfAsync(["rules", "set", "json rules", file, .. server]);
        set.GetProperty("position").GetInt64().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Projections_that_are_verified_and_rebuilt_answer_a_line_each()
    {
        string[] server = ["--server", torch.Address];
        var verified = await OfAsync(["projections", "verify", "Nodes", .. server]);
        verified.Text("name").ShouldBe("Nodes");
        verified.Text("outcome").ShouldBe("equal");
        verified.Text("liveHash").ShouldBe(verified.Text("rebuiltHash"));
        (await OfAsync(["projections", "rebuild", "Nodes", .. server])).Text("outcome").ShouldBe("swapped");
        (await OfAsync(["projections", "parked", "Nodes", .. server])).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_configuration_is_JSON_that_apply_reads()
    {
        await torch.NodeAsync("json exported");
        var config = await OfAsync("export", "--server", torch.Address);
        config.GetProperty("torch").GetInt32().ShouldBe(1);
        var node = config.GetProperty("nodes").EnumerateArray().Single(n => n.Text("name") == "json exported");
        var file = Path.Combine(_folder, "torch.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { torch = 1, nodes = new[] { node } }));
        var plan = await OfAsync("apply", "-f", file, "--dry-run", "--server", torch.Address);
        plan.GetProperty("changes").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task An_export_and_an_import_of_the_log_say_what_they_did()
    {
        await torch.ReportAsync("json/log", 42);
        var file = Path.Combine(_folder, "log.ndjson");
        string[] from = ["--postgres", torch.Postgres, "--data", _folder, "--to", "5"];
        var exported = await OfAsync(["log", "export", file, .. from]);
        exported.Text("file").ShouldBe(file);
        (exported.GetProperty("from").GetInt64(), exported.GetProperty("to").GetInt64()).ShouldBe((1, 5));
        exported.GetProperty("events").GetInt64().ShouldBe(5);

        // Standard output is the export's own.
        var piped = await TorchRun.EndAsync(["log", "export", "-", "--json", .. from]);
        piped.ExitCode.ShouldBe(ExitCodes.Success, piped.Errors);
        piped.Output.Lines()[^1].GetProperty("end").GetBoolean().ShouldBeTrue();
        JsonElement.Parse(piped.Errors).GetProperty("events").GetInt64().ShouldBe(5);

        await using var database = await TestDatabase.CreateAsync([]);
        string[] into = ["log", "import", file, "--postgres", database.ConnectionString, "--data", _folder];
        (await OfAsync(into)).GetProperty("skipped").GetInt64().ShouldBe(0);
        var again = await OfAsync(into);
        (again.GetProperty("events").GetInt64(), again.GetProperty("skipped").GetInt64()).ShouldBe((5, 5));
    }

    [Fact]
    public async Task Devices_are_told_at_the_start_and_what_was_pushed_at_the_end()
    {
        string[] simulate =
        [
            "simulate",
            "--json",
            "--devices",
            "3",
            "--seed",
            "7",
            "--duration",
            "50ms",
            "--port",
            "0",
        ];
        var lines = (await Cli.RunAsync(ExitCodes.Success, simulate)).Lines();
        lines.Count.ShouldBe(2);
        lines[0].GetProperty("devices").GetInt32().ShouldBe(3);
        lines[0].GetProperty("seed").GetInt32().ShouldBe(7);
        lines[0].Text("list").ShouldBe(lines[0].Text("address") + "/devices");
        lines[1].GetProperty("pushed").GetInt64().ShouldBe(0);
    }

    private static async Task<JsonElement> OfAsync(params string[] arguments) =>
        (await Cli.RunAsync(ExitCodes.Success, [.. arguments, "--json"])).Lines().ShouldHaveSingleItem();

    private static IEnumerable<string> Under(Command command, string path) =>
        command.Subcommands.SelectMany(c =>
            c.Subcommands.Count > 0 ? Under(c, $"{path}{c.Name} ") : [$"{path}{c.Name}"]
        );
}
