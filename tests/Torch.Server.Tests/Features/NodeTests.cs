using System.Net;
using System.Text.Json;

namespace Torch.Server.Tests.Features;

public sealed class NodeTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private const string Path = "/api/v1/nodes";
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_created_node_is_answered_with_its_address_and_version()
    {
        using var response = await _client.SendAsync("POST", Path, """{"name":"Shop","tags":["team=web"]}""");

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var accepted = await response.ReadAsync();
        response.Headers.Location!.ToString().ShouldBe($"{Path}/{accepted.Text("id")}");
        response.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var node = await _client.FetchAsync(response.Headers.Location.ToString(), accepted.Number("position"));
        node.Text("name").ShouldBe("Shop");
        node.Text("status").ShouldBe("unknown");
        node.GetProperty("tags")[0].GetString().ShouldBe("team=web");
    }

    [Fact]
    public async Task A_report_colours_its_leaf_and_the_hierarchy_above_it()
    {
        var (checkId, source) = await SourceAsync();
        var root = await CreateAsync("""{"name":"Root"}""");
        var leaf = await CreateAsync($$"""{"name":"Leaf","parentId":"{{root}}","checkId":"{{checkId}}","weight":2}""");
        await ReportAsync(source, "\"status\":\"down\",\"message\":\"disk full\"");

        var tree = await UntilAsync($"{Path}/{root}/tree", t => t.Text("status") == "down");

        tree.GetProperty("children")[0].Text("id").ShouldBe(leaf);
        tree.GetProperty("children")[0].Text("status").ShouldBe("down");
        var why = await _client.FetchAsync($"{Path}/{root}/explain");
        why.Text("status").ShouldBe("down");
        why.GetProperty("rootCauses")[0].Text("nodeId").ShouldBe(leaf);
        why.GetProperty("rootCauses")[0].GetProperty("observation").Text("message").ShouldBe("disk full");
        (await _client.FetchAsync($"{Path}/{leaf}")).GetProperty("weight").GetDecimal().ShouldBe(2);
        (await _client.FetchAsync($"{Path}/{root}/transitions")).Items()[0].Text("to").ShouldBe("down");
    }

    [Fact]
    public async Task A_placed_report_is_unplaced_no_more()
    {
        var (checkId, source) = await SourceAsync();
        await CreateAsync($$"""{"name":"Leaf","checkId":"{{checkId}}"}""");

        (await _client.FetchAsync($"/api/v1/reports?unplaced=true&source={source}")).Items().ShouldBeEmpty();
        (await _client.FetchAsync($"/api/v1/reports?unplaced=false&source={source}")).Items().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Moving_a_node_under_its_own_child_is_refused_and_the_cycle_named()
    {
        var parent = await CreateAsync("""{"name":"Payments"}""");
        var child = await CreateAsync($$"""{"name":"Queue","parentId":"{{parent}}"}""");
        using var response = await _client.SendAsync("POST", $"{Path}/{parent}/move", $$"""{"parentId":"{{child}}"}""");

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.Conflict, "cycle");
        problem.Text("detail").ShouldContain("Payments");
        problem.Text("detail").ShouldContain("Queue");
    }

    [Fact]
    public async Task A_second_parent_that_would_close_a_loop_is_refused()
    {
        var top = await CreateAsync("""{"name":"Top"}""");
        var middle = await CreateAsync($$"""{"name":"Middle","parentId":"{{top}}"}""");
        var bottom = await CreateAsync($$"""{"name":"Bottom","parentId":"{{middle}}"}""");
        using var response = await _client.SendAsync("PUT", $"{Path}/{top}/parents/{bottom}", "{}");

        await response.ShouldBeProblemAsync(HttpStatusCode.Conflict, "cycle");
    }

    [Fact]
    public async Task Two_moves_at_once_cannot_close_a_cycle_together()
    {
        var a = await CreateAsync("""{"name":"A"}""");
        var b = await CreateAsync("""{"name":"B"}""");

        var answers = await Task.WhenAll(
            _client.SendAsync("POST", $"{Path}/{a}/move", $$"""{"parentId":"{{b}}"}"""),
            _client.SendAsync("POST", $"{Path}/{b}/move", $$"""{"parentId":"{{a}}"}""")
        );

        answers.Count(r => r.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(r => r.StatusCode == HttpStatusCode.Conflict).ShouldBe(1);
    }

    [Fact]
    public async Task A_node_may_stand_under_two_parents_and_leave_one()
    {
        var first = await CreateAsync("""{"name":"First"}""");
        var second = await CreateAsync("""{"name":"Second"}""");
        var shared = await CreateAsync($$"""{"name":"Shared","parentId":"{{first}}"}""");
        await SendOkAsync("PUT", $"{Path}/{shared}/parents/{second}", """{"weight":3,"required":true}""");
        (await _client.FetchAsync($"{Path}/{shared}")).GetProperty("parentIds").GetArrayLength().ShouldBe(2);

        await SendOkAsync("DELETE", $"{Path}/{shared}/parents/{first}");

        var node = await _client.FetchAsync($"{Path}/{shared}");
        node.GetProperty("parentIds")[0].GetString().ShouldBe(second);
        node.GetProperty("path")[0].Text("name").ShouldBe("Second");
    }

    [Fact]
    public async Task A_change_based_on_an_old_version_is_412()
    {
        var id = await CreateAsync("""{"name":"Old"}""");
        await SendOkAsync("PATCH", $"{Path}/{id}", """{"name":"New"}""", ("If-Match", "\"1\""));
        using var stale = await _client.SendAsync(
            "PATCH",
            $"{Path}/{id}",
            """{"name":"Lost"}""",
            ("If-Match", "\"1\"")
        );

        await stale.ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "stale");
        (await _client.FetchAsync($"{Path}/{id}")).Text("name").ShouldBe("New");
    }

    [Fact]
    public async Task A_change_that_changes_nothing_leaves_no_trace()
    {
        var id = await CreateAsync("""{"name":"Same"}""");

        var answer = await SendOkAsync("PATCH", $"{Path}/{id}", """{"name":"Same","paused":false}""");

        answer.Number("version").ShouldBe(1);
    }

    [Fact]
    public async Task A_paused_node_says_so_and_resumes()
    {
        var id = await CreateAsync("""{"name":"Night job"}""");
        await SendOkAsync("PATCH", $"{Path}/{id}", """{"paused":true,"reason":"holidays"}""");
        await UntilAsync($"{Path}/{id}", n => n.Text("status") == "paused");

        await SendOkAsync("PATCH", $"{Path}/{id}", """{"paused":false}""");

        await UntilAsync($"{Path}/{id}", n => n.Text("status") != "paused");
    }

    [Fact]
    public async Task A_repeated_creation_makes_one_node_and_a_repeated_deletion_answers_as_the_first()
    {
        var key = ("Idempotency-Key", Guid.CreateVersion7().ToString());
        var first = await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, """{"name":"Once"}""", key);
        var again = await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, """{"name":"Once"}""", key);
        again.ToString().ShouldBe(first.ToString());

        var id = first.Text("id");
        var deletion = await SendOkAsync("DELETE", $"{Path}/{id}", null, key);
        var repeated = await SendOkAsync("DELETE", $"{Path}/{id}", null, key);

        repeated.ToString().ShouldBe(deletion.ToString());
        await _client.ExpectAsync(HttpStatusCode.NotFound, "DELETE", $"{Path}/{id}");
        await _client.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{Path}/{id}");
    }

    [Theory]
    [InlineData("""{"name":""}""", HttpStatusCode.BadRequest, "/name")]
    [InlineData("""{"name":"a\u0000"}""", HttpStatusCode.BadRequest, "/name")]
    [InlineData("""{"name":"a","weight":2}""", HttpStatusCode.BadRequest, "/weight")]
    [InlineData("""{"name":"a","tags":[""]}""", HttpStatusCode.BadRequest, "/tags")]
    [InlineData("""{"name":"a","tags":[null]}""", HttpStatusCode.BadRequest, "/tags/0")]
    [InlineData("""{"name":"a","parentId":"x"}""", HttpStatusCode.BadRequest, "/parentId")]
    [InlineData("""{"name":"a","parent":"x"}""", HttpStatusCode.BadRequest, "/parent")]
    [InlineData(
        """{"name":"a","parentId":"01990000-0000-7000-8000-000000000000"}""",
        HttpStatusCode.UnprocessableEntity,
        "/parentId"
    )]
    [InlineData(
        """{"name":"a","checkId":"01990000-0000-7000-8000-000000000000"}""",
        HttpStatusCode.UnprocessableEntity,
        "/checkId"
    )]
    public async Task A_bad_node_is_refused_by_name(string json, HttpStatusCode status, string pointer)
    {
        using var response = await _client.SendAsync("POST", Path, json);

        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync());
        (await response.ReadAsync()).GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Rules_are_published_shown_in_both_forms_and_in_force()
    {
        var (checkId, source) = await SourceAsync();
        var leaf = await CreateAsync($$"""{"name":"Disk","checkId":"{{checkId}}"}""");
        var rules = """{"rules":[{"when":"value > 80","then":"critical"}],"reason":"agreed with the team"}""";
        await SendOkAsync("PUT", $"{Path}/{leaf}/rules", rules);
        var shown = await _client.FetchAsync($"{Path}/{leaf}/rules");
        shown.GetProperty("rules")[0].Text("when").ShouldBe("value > 80");
        shown.Text("reason").ShouldBe("agreed with the team");
        shown.Number("version").ShouldBe(1);
        var tree = shown.GetProperty("rules")[0].GetProperty("tree").ToString();

        await ReportAsync(source, "\"value\":81");

        await UntilAsync($"{Path}/{leaf}", n => n.Text("status") == "critical");
        var same = await SendOkAsync(
            "PUT",
            $"{Path}/{leaf}/rules",
            $$"""{"rules":[{"when":{{tree}},"then":"critical"}]}"""
        );
        same.Number("version").ShouldBe(shown.Number("eTag"));
    }

    [Theory]
    [InlineData("""{"rules":[{"when":"value >","then":"down"}]}""", "/rules/0/when")]
    [InlineData("""{"rules":[{"when":17,"then":"down"}]}""", "/rules/0/when")]
    [InlineData("""{"rules":[{"when":"all children are up","then":"down"}]}""", "/rules/0/when")]
    [InlineData("""{"rules":[{"when":"value > 1","then":"purple"}]}""", "/rules/0/then")]
    [InlineData("""{"rules":[{"when":"value > 1","then":"down","attempts":0}]}""", "/rules/0/attempts")]
    [InlineData("""{"rules":[],"match":"luck"}""", "/match")]
    [InlineData("""{"rules":[],"rollUp":"average"}""", "/rollUp")]
    [InlineData("""{"rules":[null]}""", "/rules/0")]
    [InlineData("""{"rules":null}""", "/rules")]
    public async Task A_bad_rule_is_refused_with_its_place(string json, string pointer)
    {
        var (checkId, _) = await SourceAsync();
        var leaf = await CreateAsync($$"""{"name":"Disk","checkId":"{{checkId}}"}""");
        using var response = await _client.SendAsync("PUT", $"{Path}/{leaf}/rules", json);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync());
        (await response.ReadAsync()).GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue();
        (await _client.FetchAsync($"{Path}/{leaf}/rules")).Number("version").ShouldBe(0);
    }

    [Fact]
    public async Task A_draft_is_tried_on_current_data_and_changes_nothing()
    {
        var (checkId, _) = await SourceAsync();
        var leaf = await CreateAsync($$"""{"name":"Disk","checkId":"{{checkId}}"}""");
        var draft = """{"rules":[{"when":"value >= 1","then":"degraded"}]}""";

        var answer = await _client.ExpectAsync(HttpStatusCode.OK, "POST", $"{Path}/{leaf}/rules/evaluate", draft);

        answer.Text("status").ShouldBe("degraded");
        answer.GetProperty("rules")[0].GetProperty("clauses")[0].Text("result").ShouldBe("true");
        answer.GetProperty("errors").GetArrayLength().ShouldBe(0);
        (await _client.FetchAsync($"{Path}/{leaf}/rules")).Number("version").ShouldBe(0);
    }

    [Fact]
    public async Task A_draft_with_a_mistake_is_answered_with_its_column()
    {
        var id = await CreateAsync("""{"name":"Group"}""");
        var draft = """{"rules":[{"when":"any child is dwn","then":"down"}]}""";

        var answer = await _client.ExpectAsync(HttpStatusCode.OK, "POST", $"{Path}/{id}/rules/evaluate", draft);

        var error = answer.GetProperty("errors")[0];
        error.Number("ruleIndex").ShouldBe(0);
        error.Number("column").ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task The_overview_tells_the_history_of_every_node()
    {
        var (checkId, source) = await SourceAsync();
        var leaf = await CreateAsync($$"""{"name":"Seen","checkId":"{{checkId}}"}""");
        await ReportAsync(source, "\"status\":\"down\"");
        await UntilAsync($"{Path}/{leaf}", n => n.Text("status") == "down");

        var overview = await _client.FetchAsync("/api/v1/overview?hours=24&buckets=48");

        var history = overview.GetProperty("nodes").EnumerateArray().Single(n => n.Text("nodeId") == leaf);
        var heartbeat = history.GetProperty("heartbeat").EnumerateArray().Select(s => s.GetString()).ToList();
        heartbeat.Count.ShouldBe(48);
        heartbeat[^1].ShouldBe("down");
        heartbeat[0].ShouldBeNull();
        (await _client.FetchAsync("/api/v1/trees")).EnumerateArray().ShouldContain(t => t.Text("id") == leaf);
    }

    [Fact]
    public async Task The_audit_trail_says_who_and_why()
    {
        var id = await CreateAsync("""{"name":"Audited"}""");
        await SendOkAsync("PATCH", $"{Path}/{id}", """{"name":"Renamed","reason":"typo"}""");

        var page = await _client.FetchAsync($"/api/v1/events?stream={id}&types=node_renamed");

        var change = page.Items().ShouldHaveSingleItem();
        change.Text("actor").ShouldBe("local");
        change.Text("reason").ShouldBe("typo");
        change.GetProperty("data").Text("name").ShouldBe("Renamed");
    }

    private async Task<(string CheckId, string Source)> SourceAsync()
    {
        var source = "test/" + Guid.CreateVersion7();
        await ReportAsync(source, "\"value\":1");
        var page = await _client.FetchAsync($"/api/v1/reports?source={source}");
        return (page.Items()[0].Text("checkId"), source);
    }

    private async Task ReportAsync(string source, string members)
    {
        var json = $$"""{"source":"{{source}}",{{members}}}""";
        var answer = await _client.ExpectAsync(HttpStatusCode.Accepted, "POST", "/api/v1/reports", json);
        await _client.FetchAsync($"/api/v1/reports?source={source}", answer.Number("position"));
    }

    private async Task<string> CreateAsync(string json)
    {
        var answer = await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, json);
        await _client.FetchAsync($"{Path}?limit=1", answer.Number("position"));
        return answer.Text("id");
    }

    private async Task<JsonElement> SendOkAsync(
        string method,
        string path,
        string? json = null,
        params (string Name, string Value)[] headers
    )
    {
        var answer = await _client.ExpectAsync(HttpStatusCode.OK, method, path, json, headers);
        await _client.FetchAsync($"{Path}?limit=1", answer.Number("position"));
        return answer;
    }

    private async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> holds)
    {
        for (var patience = 100; ; patience--)
        {
            var seen = await _client.FetchAsync(path);
            if (holds(seen))
                return seen;
            patience.ShouldBeGreaterThan(0, $"{path} stays {seen}");
            await Task.Delay(100);
        }
    }

    [Fact]
    public async Task A_nodes_own_staleness_is_taken_back_by_null()
    {
        var path =
            $"/api/v1/nodes/{(await _client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", """{"name":"Patient"}""")).Text("id")}";
        await _client.ExpectAsync(HttpStatusCode.OK, "PATCH", path, """{"staleness":"PT1H"}""");
        (await _client.FetchAsync(path)).Text("staleness").ShouldBe("PT1H");
        await _client.ExpectAsync(HttpStatusCode.OK, "PATCH", path, """{"name":"Still patient"}""");
        (await _client.FetchAsync(path)).Text("staleness").ShouldBe("PT1H");
        await _client.ExpectAsync(HttpStatusCode.OK, "PATCH", path, """{"staleness":null}""");
        (await _client.FetchAsync(path))
            .GetProperty("staleness")
            .ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }
}
