using System.Net.Http.Json;
using System.Text.Json;

namespace Torch.Cli.Tests;

/// <summary>Rules as text from the command line, on the whole of Torch in one process.</summary>
public sealed class RulesTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("torch-cli-").FullName;
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Rules_are_written_in_a_file_tried_published_shown_and_explained()
    {
        await using var torch = TorchRun.Start(["serve", "--data", _data, "--urls", "http://127.0.0.1:0"]);
        var address = await torch.AddressAsync();
        await PlaceAsync(address);
        var file = Path.Combine(_data, "rules.txt");
        const string rules =
            "attempts 2\nwhen value > 80 for 2 checks then degraded as \"busy\"\nwhen age > 5m then down\n";
        await File.WriteAllTextAsync(file, "# what the database may do\n" + rules);

        (await RunAsync(ExitCodes.Success, address, "rules", "check", file)).ShouldBe("2 rules can be read\n");
        var tried = await RunAsync(ExitCodes.Success, address, "rules", "check", file, "--node", "shop/db");
        tried.ShouldStartWith("db is up because ");
        (
            await RunAsync(ExitCodes.Success, address, "rules", "set", "shop/db", file, "--reason", "agreed")
        ).ShouldStartWith("in force from position ");
        (await RunAsync(ExitCodes.Success, address, "rules", "show", "shop/db")).ShouldBe(rules);
        var why = await RunAsync(ExitCodes.Success, address, "explain", "shop/db");
        why.ShouldStartWith("db is up because ");
        why.ShouldContain("value > 80");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_refused_with_line_and_column()
    {
        var file = Path.Combine(_data, "rules.txt");
        await File.WriteAllTextAsync(file, "match worst\nwhen valu > 80 then down\n");
        var (code, _, errors) = await TorchRun.EndAsync(["rules", "check", file]);
        code.ShouldBe(ExitCodes.Settings);
        errors.ShouldContain("line 2, column 6: unknown field \"valu\"");
        (await TorchRun.EndAsync(["rules", "check", file + ".missing"])).ExitCode.ShouldBe(ExitCodes.Settings);
    }

    private async Task PlaceAsync(string address)
    {
        await RunAsync(ExitCodes.Success, address, "report", "db", "42");
        var shop = await PostAsync(address, """{"name":"shop"}""");
        var reports = await _http.GetFromJsonAsync<JsonElement>(address + "/api/v1/reports?source=db");
        var check = reports.GetProperty("items")[0].GetProperty("checkId").GetString();
        await PostAsync(address, $$"""{"name":"db","parentId":"{{shop}}","checkId":"{{check}}"}""");
    }

    private async Task<string> PostAsync(string address, string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(address + "/api/v1/nodes", body);
        answer.EnsureSuccessStatusCode();
        var accepted = await answer.Content.ReadFromJsonAsync<JsonElement>();
        await _http.GetAsync($"{address}/api/v1/trees?minPosition={accepted.GetProperty("position")}");
        return accepted.GetProperty("id").GetString()!;
    }

    private static async Task<string> RunAsync(int exitCode, string address, params string[] arguments)
    {
        // Reading a file alone asks no server.
        string[] server = arguments is ["rules", "check", _] ? [] : ["--server", address];
        var (code, output, errors) = await TorchRun.EndAsync([.. arguments, .. server]);
        code.ShouldBe(exitCode, errors);
        return output;
    }
}
