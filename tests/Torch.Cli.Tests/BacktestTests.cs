using System.Text.Json;
using Torch.Cli.Nodes;

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

    [Fact]
    public async Task An_edge_as_it_would_be_is_tried_on_the_past_of_its_parents()
    {
        var mill = await torch.NodeAsync("Sawmill");
        await torch.NodeAsync("Blade", mill);
        await torch.NodeAsync("Depot");

        string[] move =
        [
            "--edge",
            "Sawmill/Blade not under Sawmill",
            "--edge",
            "Blade under Depot, weight 3, required",
        ];
        var text = await torch.RunAsync(ExitCodes.Success, ["backtest", .. move]);
        text.ShouldContain("Sawmill ");
        text.ShouldContain("Depot ");
        var both = await torch.RunAsync(
            ExitCodes.Success,
            ["backtest", "Sawmill", "--rules", await RulesAsync(), .. move]
        );
        both.ShouldContain("Depot ");
        await torch.RunAsync(ExitCodes.Server, "backtest", "--edge", "Sawmill under Sawmill/Blade");
        await torch.RunAsync(ExitCodes.Server, "backtest", "--edge", "Blade under Nowhere");
    }

    [Fact]
    public async Task Without_a_draft_and_with_an_edge_that_cannot_be_read_nothing_is_asked()
    {
        await torch.RunAsync(ExitCodes.Settings, "backtest");
        await torch.RunAsync(ExitCodes.Settings, "backtest", "Bakery");
        await torch.RunAsync(ExitCodes.Settings, "backtest", "--rules", _rules);
        await torch.RunAsync(ExitCodes.Settings, "backtest", "--edge", "Blade over Depot");
    }

    [Theory]
    [InlineData("db under shop/payments", """{}""")]
    [InlineData("db under shop, weight 2.5, required", """{"weight":2.5,"required":true}""")]
    [InlineData("the db under shop, not required, lower 1", """{"required":false,"contribution":"lower 1"}""")]
    [InlineData(
        "db under shop, weight 3, map degraded=up,critical=down",
        """{"weight":3,"contribution":"map degraded=up,critical=down"}"""
    )]
    [InlineData("db not under shop", """{"remove":true}""")]
    public void An_edge_reads_like_a_sentence(string text, string settings) =>
        EdgeText.Parse(text)!.Settings.ToJsonString().ShouldBe(settings);

    [Theory]
    [InlineData("db")]
    [InlineData("db under ")]
    [InlineData(" under shop")]
    [InlineData("db under shop, weight much")]
    public void What_is_no_edge_is_none(string text) => EdgeText.Parse(text).ShouldBeNull();

    private async Task<string> RulesAsync()
    {
        await File.WriteAllTextAsync(_rules, "when any child is down then down\n");
        return _rules;
    }
}
