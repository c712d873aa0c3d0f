using System.Net.Http.Json;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>Objectives from the command line, against a real Torch.</summary>
public sealed class SloTests(SharedTorch torch)
{
    [Fact]
    public async Task An_objective_is_reported_in_words_as_JSON_as_CSV_and_for_any_range()
    {
        var node = await NodeAsync("Mill");
        await ObjectiveAsync("Mill works", node);

        var words = await ReportAsync("Mill works");
        words.ShouldStartWith("Mill works: ");
        words.ShouldContain(" % of 99.9 % promised, MISSED\n");
        words.ShouldContain("  outages  1, ");
        words.ShouldContain("FIRING");
        (await ReportAsync("Mill")).ShouldStartWith("Mill works: ");
        var json = JsonElement.Parse(await ReportAsync("Mill", "--json", "--subtree"));
        json.GetProperty("nodes").GetArrayLength().ShouldBe(2);
        var csv = await ReportAsync("Mill", "--csv");
        csv.ShouldStartWith("kind,name,from,to,value,unit,detail\r\nobjective,Mill works,");

        var tomorrow = DateTimeOffset.UtcNow.AddDays(1);
        string[] range = ["--from", $"{tomorrow.AddDays(-3):O}", "--to", $"{tomorrow:O}"];
        var open = JsonElement.Parse(await ReportAsync("Mill", [.. range, "--json"]));
        (open.GetProperty("windowEnd").GetDateTimeOffset() - open.GetProperty("from").GetDateTimeOffset()).ShouldBe(
            TimeSpan.FromDays(3)
        );
        var whole = TimeSpan.FromDays(3).TotalMilliseconds * 0.001;
        open.GetProperty("budget").GetProperty("total").GetDouble().ShouldBeLessThan(whole);
        open.GetProperty("budget").GetProperty("total").GetDouble().ShouldBeGreaterThan(whole / 4);
        (await ReportAsync("Mill", range)).ShouldContain(" (the window ends ");
    }

    [Fact]
    public async Task A_report_is_proven_by_making_it_again_and_by_folding_the_log_anew()
    {
        var node = await NodeAsync("Smithy");
        await ObjectiveAsync("Smithy works", node);
        var first = await ReportAsync("Smithy works", "--json");
        var stamp = JsonElement.Parse(first);
        string[] again =
        [
            "--as-of",
            stamp.GetProperty("asOf").GetString()!,
            "--at-position",
            stamp.GetProperty("position").GetRawText(),
            "--json",
        ];
        await torch.ReportAsync("Smithy/leaf", 1);
        await torch.RunAsync(ExitCodes.Success, "projections", "rebuild", "Transitions");

        var proven = await torch.RunAsync(new Screen(), ["slo", "report", "Smithy works", .. again, "--verify"]);

        proven.ExitCode.ShouldBe(ExitCodes.Success, proven.Errors);
        proven.Output.ShouldBe(first);
        proven.Errors.ShouldContain("bytes, SHA-256");
        proven.Errors.ShouldContain("Transitions: equal at position");
        proven.Errors.ShouldContain("Absences: equal at position");
    }

    [Fact]
    public async Task Changes_are_printed_followed_and_exported()
    {
        var node = await NodeAsync("Quay");
        var rules = await torch.Http.PutAsJsonAsync(
            $"/api/v1/nodes/{node}/rules",
            new { rules = new[] { new { when = "any child is down", then = "critical" } }, reason = "one is enough" }
        );
        rules.IsSuccessStatusCode.ShouldBeTrue();
        await Eventually.IsTrueAsync(async () =>
            (await torch.GetAsync($"/api/v1/nodes/{node}")).GetProperty("status").GetString() == "critical"
        );

        var list = await torch.RunAsync(ExitCodes.Success, "audit", "Quay", "--last", "1");
        list.ShouldContain(" rules_published node Quay: nothing -> {\"rules\":");
        list.ShouldEndWith(" (one is enough)\n");
        var transition = (await torch.GetAsync($"/api/v1/nodes/{node}/transitions")).GetProperty("items")[0];
        var position = transition.GetProperty("position").GetRawText();
        var detail = await torch.RunAsync(ExitCodes.Success, "audit", "--position", position);
        detail.ShouldContain("  decided by ");
        detail.ShouldContain("rules_published node Quay by ");
        var down = await torch.RunAsync(ExitCodes.Success, "audit", "--position", list.Split(' ')[0]);
        down.ShouldContain("  brought    ");
        down.ShouldContain(": from down to critical: ");
        var export = await torch.RunAsync(ExitCodes.Success, "audit", "Quay", "--export");
        export.ShouldStartWith("{\"specversion\":\"1.0\"");
        export.Trim().Split('\n').Length.ShouldBe(3);
        await torch.RunAsync(ExitCodes.Server, "audit", "--types", "nonsense");
        await torch.RunAsync(ExitCodes.Settings, "audit", "--last", "0");
    }

    [Fact]
    public async Task Objectives_are_listed_and_what_is_none_is_refused()
    {
        var node = await NodeAsync("Forge");
        await ObjectiveAsync("Forge works", node);
        (await torch.RunAsync(ExitCodes.Success, "slo", "list")).ShouldMatch(@"\bForge works +Forge ");
        (await torch.RunAsync(ExitCodes.Success, "slo", "list", "--json")).ShouldStartWith("[{\"objective\"");
        await torch.RunAsync(ExitCodes.Server, "slo", "report", "Nobody");
        await torch.RunAsync(ExitCodes.Server, "slo", "report", "Forge/leaf");
        await torch.RunAsync(ExitCodes.Server, "slo", "report", "Forge", "--from", "2026-01-01T00:00:00Z");
        await torch.RunAsync(ExitCodes.Settings, "slo", "report", "Forge", "--csv", "--json");
    }

    private Task<string> ReportAsync(string name, params string[] more) =>
        torch.RunAsync(ExitCodes.Success, ["slo", "report", name, .. more]);

    // Down since it was placed.
    private async Task<Guid> NodeAsync(string name)
    {
        var check = await torch.ReportAsync($"{name}/leaf", 1);
        var node = await torch.NodeAsync(name);
        await torch.NodeAsync("leaf", node, check);
        await torch.PostAsync("/api/v1/reports", new { source = $"{name}/leaf", status = "down" });
        await Eventually.IsTrueAsync(async () =>
            (await torch.GetAsync($"/api/v1/nodes/{node}")).GetProperty("status").GetString() == "down"
        );
        return node;
    }

    private async Task ObjectiveAsync(string name, Guid node)
    {
        var window = new { kind = "rolling", duration = "P30D" };
        var made = await torch.PostAsync(
            "/api/v1/slos",
            new
            {
                name,
                nodeId = node,
                target = 99.9,
                window,
            }
        );
        await torch.GetAsync($"/api/v1/slos?minPosition={made.GetProperty("position")}");
    }
}
