using System.Text.Json;

namespace Torch.Cli.Tests;

/// <summary>A draft tried on the past from the command line.</summary>
public sealed class BacktestTests(SharedTorch torch) : IDisposable
{
    private readonly string _rules = Path.GetTempFileName();

    public void Dispose() => File.Delete(_rules);

    [Fact]
    public async Task A_draft_in_a_file_is_tried_on_a_nodes_past()
    {
        await torch.NodeAsync("Bakery");
        await File.WriteAllTextAsync(_rules, """{"rules":[{"when":"any child is down","then":"down"}]}""");

        var text = await torch.RunAsync(ExitCodes.Success, "backtest", "Bakery", "--rules", _rules);
        text.ShouldContain("as it would be");
        text.ShouldContain("minutes unknown");
        var json = await torch.RunAsync(ExitCodes.Success, "backtest", "Bakery", "--rules", _rules, "--json");
        JsonDocument.Parse(json).RootElement.GetProperty("nodes")[0].GetProperty("addedCount").GetInt64().ShouldBe(0);
        await torch.RunAsync(ExitCodes.Server, "backtest", "Nobody", "--rules", _rules);
        await File.WriteAllTextAsync(_rules, "roll-up fixed up\nwhen any child is down then down\n");
        var sheet = await torch.RunAsync(ExitCodes.Success, "backtest", "Bakery", "--rules", _rules);
        sheet.ShouldContain("as it would be");
        await File.WriteAllTextAsync(_rules, """{"rules":[{"when":"wobbly","then":"down"}]}""");
        await torch.RunAsync(ExitCodes.Server, "backtest", "Bakery", "--rules", _rules);
    }
}
