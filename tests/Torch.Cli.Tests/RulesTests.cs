namespace Torch.Cli.Tests;

/// <summary>Rules as text from the command line.</summary>
public sealed class RulesTests(SharedTorch torch) : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Rules_are_written_in_a_file_tried_published_shown_and_explained()
    {
        var check = await torch.ReportAsync("rules/db", 42);
        await torch.NodeAsync("db", await torch.NodeAsync("ruled"), check);
        const string rules =
            "attempts 2\nwhen value > 80 for 2 checks then degraded as \"busy\"\nwhen age > 5m then down\n";
        await File.WriteAllTextAsync(_file, "# what the database may do\n" + rules);

        (await Cli.RunAsync(ExitCodes.Success, "rules", "check", _file)).ShouldBe("2 rules can be read\n");
        var tried = await torch.RunAsync(ExitCodes.Success, "rules", "check", _file, "--node", "ruled/db");
        tried.ShouldStartWith("db is up because ");
        (
            await torch.RunAsync(ExitCodes.Success, "rules", "set", "ruled/db", _file, "--reason", "agreed")
        ).ShouldStartWith("in force from position ");
        (await torch.RunAsync(ExitCodes.Success, "rules", "show", "ruled/db")).ShouldBe(rules);
        var why = await torch.RunAsync(ExitCodes.Success, "explain", "ruled/db");
        why.ShouldStartWith("db is up because ");
        why.ShouldContain("value > 80");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_with_line_and_column()
    {
        await File.WriteAllTextAsync(_file, "match worst\nwhen valu > 80 then down\n");
        var ended = await Cli.RunAsync("rules", "check", _file);
        ended.ExitCode.ShouldBe(ExitCodes.Settings);
        ended.Errors.ShouldContain("line 2, column 6: unknown field \"valu\"");
        await Cli.RunAsync(ExitCodes.Settings, "rules", "check", _file + ".missing");
        (await Cli.RunAsync(new Screen("when value > 1 then down\n"), ["rules", "check", "-"])).Output.ShouldBe(
            "1 rules can be read\n"
        );
    }

    [Fact]
    public async Task A_file_is_read_with_the_statuses_of_the_server_and_without_one_with_those_that_are_built_in()
    {
        await torch.PostAsync(
            "/api/v1/statuses",
            new
            {
                name = "sluggish",
                label = "Sluggish",
                severity = 15,
                available = true,
                shape = "triangle",
                colour = "#b08800",
            }
        );
        await File.WriteAllTextAsync(_file, "when value > 80 then sluggish\n");
        (await torch.RunAsync(ExitCodes.Success, "rules", "check", _file)).ShouldBe("1 rules can be read\n");

        // Nobody listens at the discard port.
        var away = await Cli.RunAsync("rules", "check", _file, "--server", "http://127.0.0.1:9");
        away.ExitCode.ShouldBe(ExitCodes.Settings);
        away.Errors.ShouldContain("only the built-in statuses are known: http://127.0.0.1:9 does not answer");
        away.Errors.ShouldContain("unknown status \"sluggish\"");
        await File.WriteAllTextAsync(_file, "when value > 80 then degraded\n");
        await Cli.RunAsync(ExitCodes.Success, "rules", "check", _file, "--server", "http://127.0.0.1:9");
    }
}
