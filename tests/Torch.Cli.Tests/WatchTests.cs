using System.Text.Json;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>What is seen of trees and events, against a real Torch.</summary>
public sealed class WatchTests(SharedTorch torch)
{
    [Fact]
    public async Task A_tree_is_printed_whole_in_part_in_colour_and_as_JSON()
    {
        await PlaceAsync("Harbour", "crane", "harbour/crane", "down");
        var all = await torch.RunAsync(ExitCodes.Success, "tree");
        all.ShouldContain("⬣ Harbour  down\n  ⬣ crane  down\n");
        (await torch.RunAsync(ExitCodes.Success, "tree", "Harbour/crane")).ShouldBe("⬣ crane  down\n");
        var json = JsonElement.Parse(await torch.RunAsync(ExitCodes.Success, "tree", "Harbour", "--json"));
        json.GetProperty("children")[0].GetProperty("name").GetString().ShouldBe("crane");
        var seen = await torch.RunAsync(new Screen(isScreen: true), "tree", "Harbour/crane");
        seen.Output.ShouldBe("\e[31m⬣\e[0m crane  \e[31mdown\e[0m\n");
        var plain = await torch.RunAsync(
            new Screen(isScreen: true, variables: ("NO_COLOR", "1")),
            "tree",
            "Harbour/crane"
        );
        plain.Output.ShouldBe("⬣ crane  down\n");

        (await torch.RunAsync(ExitCodes.Failed, "status", "Harbour")).ShouldStartWith("⬣ down  Harbour, for ");
        await ReportAsync("harbour/crane", "up");
        await Eventually.IsTrueAsync(async () => (await StatusAsync("Harbour/crane")).ExitCode == 0);
        (await StatusAsync("Harbour/crane")).Output.ShouldStartWith("● up  Harbour/crane, for ");
        (await torch.RunAsync(ExitCodes.Success, "tree", "Harbour", "--problems")).ShouldBe("");
        await torch.RunAsync(ExitCodes.Server, "status", "Harbour/nobody");
    }

    [Fact]
    public async Task Every_change_is_a_line_where_output_is_piped()
    {
        await PlaceAsync("Lighthouse", "lamp", "lighthouse/lamp", "up");
        var screen = new Screen();
        using var stop = new CancellationTokenSource();
        var watching = Cli.RunAsync(screen, ["watch", "--server", torch.Address], stop.Token);
        await ChangedAsync("lighthouse/lamp", () => screen.Output.Contains(" lamp up -> down"));
        screen.Output.ShouldContain("Lighthouse up -> down  ");
        await stop.CancelAsync();
        (await watching).ExitCode.ShouldBe(ExitCodes.Success);
    }

    [Fact]
    public async Task At_a_screen_only_the_lines_that_changed_are_written_again()
    {
        await PlaceAsync("Pier", "gate", "pier/gate", "up");
        var screen = new Screen(isScreen: true, variables: ("NO_COLOR", "1"));
        using var stop = new CancellationTokenSource();
        var watching = Cli.RunAsync(screen, ["watch", "--server", torch.Address], stop.Token);
        await Eventually.IsTrueAsync(() => screen.Output.Contains("● Pier  up"));
        await ChangedAsync("pier/gate", () => screen.Output.Contains("\r⬣ Pier  down\e[K\n\r  ⬣ gate  down\e[K\n"));
        await stop.CancelAsync();
        await watching;
    }

    [Fact]
    public async Task A_stream_that_is_cut_is_taken_up_again()
    {
        var data = Directory.CreateTempSubdirectory("torch-cli-").FullName;
        await using var database = await TestDatabase.CreateAsync([]);
        var first = await ServedTorch.StartAsync(data, "--postgres", database.ConnectionString);
        var screen = new Screen();
        using var stop = new CancellationTokenSource();
        var watching = Cli.RunAsync(screen, ["watch", "--server", first.Address], stop.Token);
        await Eventually.IsTrueAsync(async () =>
            (await Cli.RunAsync("ready", "--server", first.Address)).ExitCode == 0
        );
        var address = first.Address;
        await first.DisposeAsync();
        await Eventually.IsTrueAsync(() => screen.Errors.Contains("trying again"));
        await using var second = await ServedTorch.StartAsync(
            data,
            "--postgres",
            database.ConnectionString,
            "--urls",
            address
        );
        await Cli.RunAsync(
            ExitCodes.Success,
            "checks",
            "add",
            "buoy",
            "--kind",
            "report",
            "--place-under",
            "Sea",
            "--server",
            address
        );
        await Cli.RunAsync(ExitCodes.Success, "report", "buoy", "--status", "down", "--server", address);
        await Eventually.IsTrueAsync(() => screen.Output.Contains(" Sea "), TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await watching;
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Events_are_read_from_the_end_by_range_by_time_by_stream_and_as_they_come()
    {
        var before = DateTimeOffset.UtcNow;
        var check = await torch.ReportAsync("events/one", 1);
        for (var i = 2; i <= 4; i++)
            await torch.ReportAsync("events/one", i);
        var newest = await torch.RunAsync(ExitCodes.Success, "events", "--stream", check.ToString(), "--last", "2");
        newest.Trim().Split('\n').Length.ShouldBe(2);
        newest.ShouldContain("report_received");
        var all = await torch.RunAsync(
            ExitCodes.Success,
            "events",
            "--stream",
            check.ToString(),
            "--from",
            "1",
            "--json"
        );
        var positions = all.Trim()
            .Split('\n')
            .Select(l => JsonElement.Parse(l).GetProperty("position").GetInt64())
            .ToList();
        positions.Count.ShouldBe(4);
        positions.ShouldBeInOrder();
        string[] range =
        [
            "events",
            "--stream",
            check.ToString(),
            "--from",
            $"{positions[1]}",
            "--to",
            $"{positions[2]}",
            "--types",
            "report_received",
        ];
        (await torch.RunAsync(ExitCodes.Success, range)).Trim().Split('\n').Length.ShouldBe(2);
        string[] since =
        [
            "events",
            "--stream",
            check.ToString(),
            "--from",
            before.AddSeconds(-1).ToString("O"),
            "--to",
            DateTimeOffset.UtcNow.AddSeconds(1).ToString("O"),
        ];
        (await torch.RunAsync(ExitCodes.Success, since)).Trim().Split('\n').Length.ShouldBe(4);
        (
            await torch.RunAsync(
                ExitCodes.Success,
                "events",
                "--stream",
                check.ToString(),
                "--to",
                before.AddSeconds(-1).ToString("O")
            )
        ).ShouldBe("");

        var screen = new Screen();
        using var stop = new CancellationTokenSource();
        var following = Cli.RunAsync(
            screen,
            ["events", "--follow", "--stream", check.ToString(), "--server", torch.Address],
            stop.Token
        );
        await torch.ReportAsync("events/one", 77);
        await Eventually.IsTrueAsync(() => screen.Output.Contains("\"value\":77"));
        await stop.CancelAsync();
        (await following).ExitCode.ShouldBe(ExitCodes.Success);
    }

    private async Task PlaceAsync(string root, string leaf, string source, string status)
    {
        await torch.RunAsync(
            ExitCodes.Success,
            "checks",
            "add",
            source,
            "--kind",
            "report",
            "--name",
            leaf,
            "--place-under",
            root
        );
        await ReportAsync(source, status);
        await Eventually.IsTrueAsync(async () => (await StatusAsync($"{root}/{leaf}")).Output.Contains($" {status}  "));
    }

    // It may not be watching yet: the status goes to and fro until the change is seen.
    private Task ChangedAsync(string source, Func<bool> isSeen) =>
        Eventually.IsTrueAsync(
            async () =>
            {
                await ReportAsync(source, "down");
                await Task.Delay(300);
                if (isSeen())
                    return true;
                await ReportAsync(source, "up");
                await Task.Delay(300);
                return isSeen();
            },
            TimeSpan.FromSeconds(20)
        );

    private Task<string> ReportAsync(string source, string status) =>
        torch.RunAsync(ExitCodes.Success, "report", source, "--status", status);

    private Task<Ended> StatusAsync(string node) => torch.RunAsync(new Screen(), "status", node);
}
