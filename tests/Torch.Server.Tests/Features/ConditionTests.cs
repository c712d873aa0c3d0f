using System.Net;

namespace Torch.Server.Tests.Features;

/// <summary>Conditions over windows and over time, through the API.</summary>
public sealed class ConditionTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private readonly NodeWorld _world = new(fixture.Client);

    [Fact]
    public async Task Rules_over_windows_and_hours_are_published_with_their_time_zone_and_explained_with_their_values()
    {
        var (leaf, source) = await _world.LeafAsync("Windowed");
        var when = "count(outcome is down, last 3) >= 2 and hour in 0..23";
        var json = $$"""{"rules":[{"when":"{{when}}","then":"degraded"}],"timeZone":"Australia/Lord_Howe"}""";
        await _world.DoAsync("PUT", $"{NodeWorld.Nodes}/{leaf}/rules", json);
        var rules = await _world.UntilAsync(leaf, r => r.Number("version") == 1, "/rules");
        rules.Text("timeZone").ShouldBe("Australia/Lord_Howe");
        await _world.ReportAsync(source, "down");
        await _world.ReportAsync(source, "down");
        await _world.UntilAsync(leaf, n => n.Text("status") == "degraded");
        var why = await fixture.Client.FetchAsync($"{NodeWorld.Nodes}/{leaf}/explain");
        why.Text("sentence").ShouldContain("2 of the last 3 observations had outcome is down");
        why.GetRawText().ShouldContain("Australia/Lord_Howe");
    }

    [Theory]
    [InlineData("""{"and":[{"clause":"value > 5"},{"clause":"value < 3"}]}""", "/and/1/clause", "can never be so")]
    [InlineData(
        """{"and":[{"clause":"value > 5"},{"not":{"clause":"vlaue < 3"}}]}""",
        "/and/1/not/clause",
        "unknown field"
    )]
    [InlineData(
        """{"or":[{"clause":"value > 5"},{"held":{"clause":"value > 6"},"checks":0}]}""",
        "/or/1/checks",
        "number of checks"
    )]
    [InlineData("""{"or":[{"clause":"value > 5"},7]}""", "/or/1", "no condition")]
    [InlineData("""{"and":[{"clause":"value > 5"},{"clause":"any child is down"}]}""", "/and/1/clause", "no children")]
    public async Task What_is_wrong_in_a_tree_is_pointed_at_by_its_JSON_pointer(
        string when,
        string pointer,
        string says
    )
    {
        var (leaf, _) = await _world.LeafAsync("Mistaken tree");
        var json = $$"""{"rules":[{"when":{{when}},"then":"down"}]}""";
        using var response = await fixture.Client.SendAsync("PUT", $"{NodeWorld.Nodes}/{leaf}/rules", json);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        problem.GetProperty("errors").GetProperty("/rules/0/when" + pointer)[0].GetString()!.ShouldContain(says);
        var tried = await fixture.Client.ExpectAsync(
            HttpStatusCode.OK,
            "POST",
            $"{NodeWorld.Nodes}/{leaf}/rules/evaluate",
            json
        );
        tried.Many("errors")[0].Text("pointer").ShouldBe("/rules/0/when" + pointer);
    }

    [Fact]
    public async Task A_draft_that_looks_back_is_tried_on_what_was_recorded()
    {
        var (leaf, source) = await _world.LeafAsync("Looking back");
        foreach (var status in (string[])["down", "down", "up"])
            await _world.ReportAsync(source, status);
        await _world.UntilAsync(leaf, n => n.Text("status") == "up");
        var draft = """{"rules":[{"when":"count(failed, last 3) >= 2","then":"degraded"}]}""";
        var tried = await fixture.Client.ExpectAsync(
            HttpStatusCode.OK,
            "POST",
            $"{NodeWorld.Nodes}/{leaf}/rules/evaluate",
            draft
        );
        tried.Text("status").ShouldBe("degraded");
        tried.Text("sentence").ShouldContain("2 of the last 3 observations failed");
    }

    [Fact]
    public async Task A_node_says_why_it_has_its_status_now_and_its_history_why_it_took_it()
    {
        var group = await _world.GroupAsync("Cluster");
        var sources = new List<string>();
        foreach (var name in (string[])["one", "two", "three"])
            sources.Add((await _world.LeafAsync(name, group)).Source);
        var json = """{"rules":[{"when":"count(children where status >= critical) >= 2","then":"degraded"}]}""";
        await _world.DoAsync("PUT", $"{NodeWorld.Nodes}/{group}/rules", json);
        await _world.ReportAsync(sources[0], "down");
        await _world.ReportAsync(sources[1], "down");
        var taken = await _world.UntilAsync(group, n => n.Text("status") == "degraded");
        taken.Text("statusReason").ShouldContain("2 of 3 children");

        // A third child changes nothing of the status, and so writes nothing; the reason is another all the same.
        await _world.ReportAsync(sources[2], "down");
        var now = await _world.UntilAsync(group, n => n.Text("statusReason").Contains("3 of 3 children"));
        (now.Text("status"), now.Text("since")).ShouldBe(("degraded", taken.Text("since")));
        var why = await fixture.Client.FetchAsync($"{NodeWorld.Nodes}/{group}/explain");
        now.Text("statusReason").ShouldBe(why.Text("sentence"));
        var history = await fixture.Client.FetchAsync($"{NodeWorld.Nodes}/{group}/transitions?limit=1");
        history.Many("items")[0].Text("reason").ShouldContain("2 of 3 children");
    }

    [Theory]
    [InlineData("""{"rules":[],"timeZone":"Mars/Olympus"}""", "/timeZone", "Europe/Berlin")]
    [InlineData("""{"rules":[{"when":"value > 5  and value < 3","then":"down"}]}""", "/rules/0/when", "column 16: ")]
    [InlineData("""{"rules":[{"when":"day in (someday)","then":"down"}]}""", "/rules/0/when", "column 9: ")]
    [InlineData("""{"rules":[{"when":"vlaue > 5","then":"down"}]}""", "/rules/0/when", "latency.total")]
    public async Task Bad_conditions_are_refused_with_pointer_column_and_what_would_be_accepted(
        string json,
        string pointer,
        string says
    )
    {
        var (leaf, _) = await _world.LeafAsync("Mistaken");
        using var response = await fixture.Client.SendAsync("PUT", $"{NodeWorld.Nodes}/{leaf}/rules", json);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        problem.GetProperty("errors").GetProperty(pointer)[0].GetString()!.ShouldContain(says);
    }
}
