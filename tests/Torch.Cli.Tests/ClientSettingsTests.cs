using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>Where client verbs find their server, and how a shell completes their words.</summary>
public sealed class ClientSettingsTests(SharedTorch torch) : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("torch-cli-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task A_flag_beats_the_environment_which_beats_the_client_file()
    {
        Directory.CreateDirectory(Path.Combine(_home, "torch"));
        await File.WriteAllTextAsync(
            Path.Combine(_home, "torch", "client.json"),
            $$"""{"server": "{{torch.Address}}", "key": "x"}"""
        );
        (string, string) home = ("XDG_CONFIG_HOME", _home);
        (await Cli.RunAsync(new Screen(variables: home), ["ready"])).ExitCode.ShouldBe(ExitCodes.Success);
        (string, string) nowhere = ("TORCH_SERVER", "http://127.0.0.1:1");
        var away = await Cli.RunAsync(new Screen(variables: [home, nowhere]), ["ready"]);
        away.ExitCode.ShouldBe(ExitCodes.Server);
        away.Errors.ShouldStartWith("torch: http://127.0.0.1:1 does not answer");
        string[] flag = ["ready", "--server", torch.Address];
        (await Cli.RunAsync(new Screen(variables: [home, nowhere]), flag)).ExitCode.ShouldBe(ExitCodes.Success);
    }

    [Theory]
    [InlineData("{\"sever\": 1}", "line 1 is not so")]
    [InlineData("{", "line 1 is not so")]
    public async Task A_client_file_that_makes_no_sense_is_named(string json, string says)
    {
        Directory.CreateDirectory(Path.Combine(_home, "torch"));
        await File.WriteAllTextAsync(Path.Combine(_home, "torch", "client.json"), json);
        var ended = await Cli.RunAsync(new Screen(variables: ("XDG_CONFIG_HOME", _home)), ["ready"]);
        ended.ExitCode.ShouldBe(ExitCodes.Settings);
        ended.Errors.ShouldContain(says);
    }

    [Fact]
    public async Task What_is_no_address_is_named()
    {
        var ended = await Cli.RunAsync("ready", "--server", "localhost:8080");
        ended.ExitCode.ShouldBe(ExitCodes.Settings);
        ended.Errors.ShouldContain("\"localhost:8080\" is no address");
    }

    [Fact]
    public async Task Four_times_v_says_each_request_and_five_times_what_was_sent_but_never_the_key()
    {
        string[] report = ["report", "loud/one", "1", "--key", "torch_secret"];
        var quiet = await torch.RunAsync(new Screen(), [.. report, "-vvv"]);
        quiet.Errors.ShouldBe("");
        var loud = await torch.RunAsync(new Screen(), [.. report, "-vvvv"]);
        loud.Errors.ShouldStartWith($"torch: POST {torch.Address}/api/v1/reports/batch -> 202 after ");
        loud.Errors.ShouldNotContain("loud/one");
        var louder = await torch.RunAsync(new Screen(), [.. report, "-vvvvv"]);
        louder.Errors.ShouldContain("\"source\":\"loud/one\"");
        louder.Errors.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Bash_completes_commands_kinds_and_the_names_of_checks()
    {
        await torch.RunAsync(ExitCodes.Success, "checks", "add", "sourdough", "--kind", "report");
        var script = await Cli.RunAsync(ExitCodes.Success, "completion", "bash");
        (await CompletedAsync(script, "torch che")).ShouldBe("checks");
        (await CompletedAsync(script, "torch checks add x --kind post")).ShouldBe("postgres");
        // Whoever presses Tab does not wait for a server that takes long.
        await Eventually.IsTrueAsync(async () => await CompletedAsync(script, "torch checks show sour") == "sourdough");
    }

    [Theory]
    [InlineData("zsh", "compdef _torch torch")]
    [InlineData("fish", "complete -c torch")]
    [InlineData("powershell", "Register-ArgumentCompleter")]
    public async Task Other_shells_get_a_script_of_theirs(string shell, string says) =>
        (await Cli.RunAsync(ExitCodes.Success, "completion", shell)).ShouldContain(says);

    // A real bash sources the script and calls what it registered, with the real executable under its name.
    private async Task<string> CompletedAsync(string script, string line)
    {
        var bash = $$"""
            torch() { dotnet "{{Path.Combine(AppContext.BaseDirectory, "torch.dll")}}" "$@"; }
            {{script}}
            COMP_LINE="{{line}}"; COMP_POINT=${#COMP_LINE}
            COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            "$(complete -p torch | sed 's/.*-F \([^ ]*\).*/\1/')"
            echo "${COMPREPLY[*]}"
            """;
        var file = Path.Combine(_home, "complete.sh");
        await File.WriteAllTextAsync(file, bash);
        var start = new System.Diagnostics.ProcessStartInfo("bash", [file])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["TORCH_SERVER"] = torch.Address;
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Trim();
    }
}
