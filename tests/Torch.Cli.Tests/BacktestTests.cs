using System.Net.Http.Json;
using System.Text.Json;

namespace Torch.Cli.Tests;

/// <summary>A draft tried on the past from the command line, on the whole of Torch in one process.</summary>
public sealed class BacktestTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("torch-cli-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_draft_in_a_file_is_tried_on_a_nodes_past()
    {
        await using var torch = TorchRun.Start(["serve", "--data", _data, "--urls", "http://127.0.0.1:0"]);
        var address = await torch.AddressAsync();
        using var http = new HttpClient { BaseAddress = new(address) };
        using var created = await http.PostAsJsonAsync("/api/v1/nodes", new { name = "Shop" });
        created.EnsureSuccessStatusCode();
        var rules = Path.Combine(_data, "draft.json");
        await File.WriteAllTextAsync(rules, """{"rules":[{"when":"any child is down","then":"down"}]}""");

        var text = await RunAsync(ExitCodes.Success, address, "backtest", "Shop", "--rules", rules);
        text.ShouldContain("as it would be");
        text.ShouldContain("minutes unknown");
        var json = await RunAsync(ExitCodes.Success, address, "backtest", "Shop", "--rules", rules, "--json");
        JsonDocument.Parse(json).RootElement.GetProperty("nodes")[0].GetProperty("addedCount").GetInt64().ShouldBe(0);
        await RunAsync(ExitCodes.Server, address, "backtest", "Nobody", "--rules", rules);
        await File.WriteAllTextAsync(rules, """{"rules":[{"when":"wobbly","then":"down"}]}""");
        await RunAsync(ExitCodes.Server, address, "backtest", "Shop", "--rules", rules);
    }

    private static async Task<string> RunAsync(int exitCode, string address, params string[] arguments)
    {
        var (code, output, errors) = await TorchRun.EndAsync([.. arguments, "--server", address]);
        code.ShouldBe(exitCode, errors);
        return output;
    }
}
