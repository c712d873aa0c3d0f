using System.Text.Json;

namespace Torch.Cli.Tests;

/// <summary>Marks on timelines, against a real Torch.</summary>
public sealed class AnnotateTests(SharedTorch torch)
{
    [Fact]
    public async Task A_deploy_is_said_of_a_node_by_its_path_and_told_by_events_and_audit()
    {
        await torch.RunAsync(
            ExitCodes.Success,
            "checks",
            "add",
            "annotated",
            "--kind",
            "report",
            "--place-under",
            "Annotated"
        );
        string[] told = ["--kind", "note", "--link", "https://ci.example/241", "--at", "2026-01-31T08:00:00Z"];

        var added = JsonElement.Parse(
            await torch.RunAsync(ExitCodes.Success, ["annotate", "Annotated", "v2.4.1 deployed", .. told, "--json"])
        );

        var trees = await torch.GetAsync($"/api/v1/trees?minPosition={added.GetProperty("position")}");
        var node = trees.EnumerateArray().Single(t => t.GetProperty("name").ValueEquals("Annotated"));
        var leaf = node.GetProperty("children")[0].GetProperty("id").GetString();
        var seen = (await torch.GetAsync($"/api/v1/nodes/{leaf}/annotations")).GetProperty("items")[0];
        seen.GetProperty("id").GetString().ShouldBe(added.GetProperty("id").GetString());
        seen.GetProperty("kind").GetString().ShouldBe("note");
        seen.GetProperty("link").GetString().ShouldBe("https://ci.example/241");
        seen.GetProperty("at").GetString().ShouldBe("2026-01-31T08:00:00Z");
        (await torch.RunAsync(ExitCodes.Success, "events", "--types", "annotation_added")).ShouldContain(
            "v2.4.1 deployed"
        );
        (await torch.RunAsync(ExitCodes.Success, "audit", "Annotated")).ShouldContain(
            "annotation_added node Annotated: nothing -> {\"annotation\":{"
        );
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_by_its_name()
    {
        await torch.RunAsync(
            ExitCodes.Success,
            "checks",
            "add",
            "misled",
            "--kind",
            "report",
            "--place-under",
            "Misled"
        );
        var ended = await torch.RunAsync(new Screen(), "annotate", "Misled", "v3", "--link", "nowhere");
        ended.ExitCode.ShouldBe(ExitCodes.Server);
        ended.Errors.ShouldContain("link");
        (await torch.RunAsync(new Screen(), "annotate", "nobody", "v3")).ExitCode.ShouldBe(ExitCodes.Server);
        (await torch.RunAsync(new Screen(), "annotate", "Misled", "v3", "--kind", "party")).ExitCode.ShouldBe(
            ExitCodes.Settings
        );
    }
}
