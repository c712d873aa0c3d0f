using System.Text.Json;
using Npgsql;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>The log once more, and two instants of it, against a real Torch.</summary>
public sealed class ReplayTests(SharedTorch torch)
{
    [Fact]
    public async Task A_replay_gives_the_live_tables_again_and_touches_nothing()
    {
        var check = await torch.ReportAsync("replay/one", 1);
        await torch.NodeAsync("Replayed", null, check);

        var ended = await ReplayAsync("--json");

        ended.ExitCode.ShouldBe(ExitCodes.Success, ended.Output + ended.Errors);
        var report = JsonElement.Parse(ended.Output);
        report.GetProperty("isSound").GetBoolean().ShouldBeTrue();
        var states = report.GetProperty("states").EnumerateArray().ToList();
        states.Select(s => s.GetProperty("projection").GetString()).ShouldContain("Changes");
        states.ShouldAllBe(s => s.GetProperty("hash").GetString() == s.GetProperty("liveHash").GetString());
        (await CountAsync("pg_namespace where nspname = 'torch_replay'")).ShouldBe(0);
        (await ReplayAsync()).Output.ShouldContain("as the live tables");
    }

    [Fact]
    public async Task A_replay_to_a_position_is_the_same_each_time_and_may_stay_to_be_looked_into()
    {
        var node = await torch.NodeAsync("Half");
        var to = (await torch.GetAsync("/api/v1/events?newest=true&limit=1")).GetProperty("position").GetRawText();
        await torch.ReportAsync("replay/later", 1);

        var first = Hashes(await ReplayAsync("--to", to, "--json", "--keep"));

        (await CountAsync($"torch_replay.nodes where id = '{node}'")).ShouldBe(1);
        (await CountAsync("torch_replay.checks where source = 'replay/later'")).ShouldBe(0);
        Hashes(await ReplayAsync("--to", to, "--from", to, "--speed", "1000", "--json")).ShouldBe(first);
        (await ReplayAsync("--to", "1", "--from", "5")).ExitCode.ShouldBe(ExitCodes.Settings);
        (await ReplayAsync("--speed", "0")).ExitCode.ShouldBe(ExitCodes.Settings);
        (await ReplayAsync("--to", "yesterday")).ExitCode.ShouldBe(ExitCodes.Settings);
    }

    [Fact]
    public async Task What_differs_between_two_instants_is_printed_and_ends_with_1()
    {
        var root = await torch.NodeAsync("Yard");
        var from = (await torch.GetAsync("/api/v1/events?newest=true&limit=1")).GetProperty("position").GetRawText();
        (await torch.RunAsync(ExitCodes.Success, "diff", "Yard", "--from", from)).ShouldBe("");
        var check = await torch.ReportAsync("yard/lamp", 1);
        await torch.NodeAsync("lamp", root, check);
        await Eventually.IsTrueAsync(async () =>
            (await torch.GetAsync($"/api/v1/nodes/{root}")).GetProperty("status").GetString() == "up"
        );

        var diff = await torch.RunAsync(ExitCodes.Failed, "diff", "Yard", "--from", from);

        diff.ShouldBe("~ Yard  unknown -> up\n+ Yard/lamp  up\n");
        var ranking = await torch.RunAsync(ExitCodes.Success, "availability", "Yard", "--devices", "--best");
        ranking.ShouldContain("1     Yard/lamp  100 %");
        await torch.RunAsync(ExitCodes.Server, "diff", "--from", "2999-01-01T00:00:00Z");
    }

    private Task<Ended> ReplayAsync(params string[] more) =>
        Cli.RunAsync(["replay", "--postgres", torch.Postgres, .. more]);

    private static string Hashes(Ended ended)
    {
        ended.ExitCode.ShouldBe(ExitCodes.Success, ended.Output + ended.Errors);
        var states = JsonElement.Parse(ended.Output).GetProperty("states").EnumerateArray().ToList();
        states.ShouldAllBe(s => s.GetProperty("liveHash").ValueKind == JsonValueKind.Null);
        return string.Join('\n', states.Select(s => $"{s.GetProperty("projection")} {s.GetProperty("hash")}"));
    }

    private async Task<long> CountAsync(string from)
    {
        await using var source = NpgsqlDataSource.Create(torch.Postgres);
        await using var command = source.CreateCommand($"select count(*) from {from}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
