using System.Net;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class PastTests : TorchTest
{
    [Fact]
    public async Task The_same_answer_is_available_for_any_past_instant()
    {
        var (shop, _) = await ShopAsync();
        var told = new List<(DateTimeOffset At, JsonElement Explanation)>();
        foreach (var status in (string[])["up", "down", "degraded", "up"])
        {
            await ReportAsync(status);
            await UntilAsync(shop, status);
            told.Add((DateTimeOffset.UtcNow, await _client.FetchAsync($"/api/v1/nodes/{shop}/explain")));
        }
        foreach (var (at, explanation) in told)
        {
            var position = explanation.Number("position");
            (await _client.FetchAsync($"/api/v1/nodes/{shop}/explain?atPosition={position}"))
                .ToString()
                .ShouldBe(explanation.ToString());
            var then = await _client.FetchAsync($"/api/v1/nodes/{shop}/explain?asOf={at:yyyy-MM-ddTHH:mm:ss.ffffffZ}");
            then.Text("sentence").ShouldBe(explanation.Text("sentence"));
        }
    }

    [Fact]
    public async Task A_node_and_its_tree_are_shown_as_they_were()
    {
        var (shop, leaf) = await ShopAsync();
        await ReportAsync("up");
        await UntilAsync(shop, "up");
        await _client.ExpectAsync(HttpStatusCode.OK, "PATCH", $"/api/v1/nodes/{shop}", """{"tags":["team=web"]}""");
        var before = await _client.FetchAsync($"/api/v1/nodes/{shop}");
        before.Number("version").ShouldBe(2);
        var tree = await _client.FetchAsync($"/api/v1/nodes/{shop}/tree");
        await _client.ExpectAsync(HttpStatusCode.OK, "PATCH", $"/api/v1/nodes/{shop}", """{"name":"store"}""");
        await _client.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/nodes/{leaf}");

        var at = $"?atPosition={before.Number("position")}";
        var then = await _client.FetchAsync($"/api/v1/nodes/{shop}{at}");
        foreach (
            var member in (string[])["name", "status", "since", "children", "path", "version", "weight", "position"]
        )
            then.GetProperty(member).ToString().ShouldBe(before.GetProperty(member).ToString(), member);
        var thenTree = await _client.FetchAsync($"/api/v1/nodes/{shop}/tree{at}");
        thenTree.Text("name").ShouldBe("shop");
        thenTree.Many("children")[0].Text("id").ShouldBe(tree.Many("children")[0].Text("id"));
        thenTree.Many("children")[0].Text("status").ShouldBe("up");
        (await _client.FetchAsync($"/api/v1/nodes/{leaf}{at}")).Text("name").ShouldBe("db");
        var listed = await _client.FetchAsync($"/api/v1/nodes{at}&root=true");
        listed.Items().ShouldHaveSingleItem().ToString().ShouldBe(then.ToString());
        var first = await _client.FetchAsync($"/api/v1/nodes{at}&limit=1");
        var second = await _client.FetchAsync($"/api/v1/nodes{at}&limit=1&after={first.Text("next")}");
        (first.Items()[0].Text("name"), second.Items()[0].Text("name")).ShouldBe(("db", "shop"));
        second.Items()[0].ToString().ShouldBe(then.ToString());
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task All_hierarchies_are_shown_as_they_were()
    {
        var (shop, _) = await ShopAsync();
        await ReportAsync("down");
        await UntilAsync(shop, "down");
        var now = (await _client.FetchAsync("/api/v1/trees")).EnumerateArray().Single();
        await ReportAsync("up");
        await UntilAsync(shop, "up");
        await _client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", """{"name":"annex"}""");

        var then = await _client.FetchAsync($"/api/v1/trees?atPosition={now.Number("position")}");

        then.EnumerateArray().ShouldHaveSingleItem().Text("status").ShouldBe("down");
        then[0].Many("children")[0].Text("id").ShouldBe(now.Many("children")[0].Text("id"));
        (await _client.FetchAsync("/api/v1/trees?asOf=2020-01-01T00:00:00Z")).GetArrayLength().ShouldBe(0);
        await RefusedAsync("/api/v1/trees?asOf=2999-01-01T00:00:00Z", HttpStatusCode.BadRequest, "validation");
    }

    [Fact]
    public async Task What_marked_a_node_is_shown_as_it_was_and_so_is_the_timing_of_its_rules()
    {
        var (shop, leaf) = await ShopAsync();
        await ReportAsync("down");
        await UntilAsync(shop, "down");
        var rules = """{"rules":[],"timing":{"holdDown":"PT5M"},"timeZone":"Europe/Berlin"}""";
        await _client.ExpectAsync(HttpStatusCode.OK, "PUT", $"/api/v1/nodes/{leaf}/rules", rules);
        await _client.ExpectAsync(
            HttpStatusCode.OK,
            "PUT",
            $"/api/v1/nodes/{shop}/acknowledgement",
            """{"reason":"on it"}"""
        );
        await _client.ExpectAsync(
            HttpStatusCode.OK,
            "PUT",
            $"/api/v1/nodes/{leaf}/manual-status",
            """{"status":"critical","reason":"seen"}"""
        );
        await UntilAsync(leaf, "critical");
        var at = $"?atPosition={(await _client.FetchAsync($"/api/v1/nodes/{leaf}")).Number("position")}";
        await _client.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/nodes/{leaf}/manual-status");
        await UntilAsync(leaf, "down");

        var then = await _client.FetchAsync($"/api/v1/nodes/{leaf}{at}");
        then.GetProperty("manual").Text("reason").ShouldBe("seen");
        var tree = await _client.FetchAsync($"/api/v1/nodes/{shop}/tree{at}");
        tree.Many("children")[0].GetProperty("manual").Text("status").ShouldBe("critical");
        var ruled = await _client.FetchAsync($"/api/v1/nodes/{leaf}/rules{at}");
        var versions = await _client.FetchAsync($"/api/v1/nodes/{leaf}/rules/versions");
        foreach (var of in (JsonElement[])[ruled, versions[0]])
        {
            of.GetProperty("timing").Text("holdDown").ShouldBe("PT5M");
            of.Text("timeZone").ShouldBe("Europe/Berlin");
        }
    }

    [Fact]
    public async Task Rules_keep_every_version_with_who_when_and_why()
    {
        var (shop, _) = await ShopAsync();
        await PublishAsync(shop, "any child is down", "first try");
        await UntilAsync(shop, "unknown");
        var between = (await _client.FetchAsync($"/api/v1/nodes/{shop}")).Number("position");
        await PublishAsync(shop, "all children are down", "too noisy");

        var rules = $"/api/v1/nodes/{shop}/rules";
        var versions = (await _client.FetchAsync($"{rules}/versions")).EnumerateArray().ToList();
        versions.Select(v => (v.Number("version"), v.Text("reason"))).ShouldBe([(2, "too noisy"), (1, "first try")]);
        versions[0].Many("rules")[0].Text("when").ShouldBe("all children are down");
        versions[0].GetProperty("at").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-5));
        (await _client.FetchAsync($"{rules}?version=1")).Text("reason").ShouldBe("first try");
        (await _client.FetchAsync($"{rules}?atPosition={between}")).Number("version").ShouldBe(1);
        await RefusedAsync($"{rules}?version=3", HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Neither_the_future_nor_what_was_before_the_first_event_nor_two_instants_at_once_are_told()
    {
        var (shop, _) = await ShopAsync();
        var explain = $"/api/v1/nodes/{shop}/explain";
        await RefusedAsync($"{explain}?asOf=2999-01-01T00:00:00Z", HttpStatusCode.BadRequest, "validation");
        await RefusedAsync($"{explain}?atPosition=999999999", HttpStatusCode.BadRequest, "validation");
        await RefusedAsync($"{explain}?atPosition=-1", HttpStatusCode.BadRequest, "validation");
        await RefusedAsync(
            $"{explain}?asOf=2020-01-01T00:00:00Z&atPosition=1",
            HttpStatusCode.BadRequest,
            "validation"
        );
        await RefusedAsync($"{explain}?asOf=2020-01-01T00:00:00Z", HttpStatusCode.NotFound, "not_found");
        await RefusedAsync($"{explain}?atPosition=0", HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task What_a_deleted_node_was_stays_readable()
    {
        var (_, leaf) = await ShopAsync();
        await ReportAsync("down");
        await UntilAsync(leaf, "down");
        var now = await _client.FetchAsync($"/api/v1/nodes/{leaf}");
        await _client.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/nodes/{leaf}");

        var transitions = (await _client.FetchAsync($"/api/v1/nodes/{leaf}/transitions")).Items();
        transitions.ShouldHaveSingleItem().Text("to").ShouldBe("down");
        transitions[0].Text("nodeName").ShouldBe("db");
        var overview = await _client.FetchAsync($"/api/v1/overview?buckets=4&atPosition={now.Number("position")}");
        var history = overview.Many("nodes").Single(n => n.Text("nodeId") == leaf);
        history.Many("heartbeat")[3].GetString().ShouldBe("down");
        (await _client.FetchAsync("/api/v1/overview?asOf=1970-01-01T00:00:00Z")).Many("nodes").ShouldBeEmpty();
        await RefusedAsync("/api/v1/overview?asOf=2999-01-01T00:00:00Z", HttpStatusCode.BadRequest, "validation");
        var nobody = $"/api/v1/nodes/{Guid.NewGuid()}/transitions";
        await RefusedAsync(nobody, HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task What_retention_has_dropped_is_said_to_be_gone_where_observations_are_needed_and_told_where_not()
    {
        var (shop, _) = await ShopAsync();
        var position = (await _client.FetchAsync($"/api/v1/nodes/{shop}")).Number("position");
        await _torch.Database.ExecuteAsync("delete from torch_log.telemetry_partitions where from_position = 0");
        await RefusedAsync(
            $"/api/v1/nodes/{shop}/explain?atPosition={position}",
            HttpStatusCode.Gone,
            "before_retention"
        );
        (await _client.FetchAsync($"/api/v1/nodes/{shop}?atPosition={position}")).Text("name").ShouldBe("shop");
        (await _client.FetchAsync($"/api/v1/nodes/{shop}/tree?atPosition={position}")).Text("name").ShouldBe("shop");
        (await _client.FetchAsync($"/api/v1/trees/diff?fromPosition={position}")).Number("total").ShouldBe(0);
    }

    private async Task RefusedAsync(string path, HttpStatusCode status, string code)
    {
        using var response = await _client.SendAsync("GET", path);
        await response.ShouldBeProblemAsync(status, code);
    }

    private Task PublishAsync(string node, string when, string reason) =>
        _client.ExpectAsync(
            HttpStatusCode.OK,
            "PUT",
            $"/api/v1/nodes/{node}/rules",
            $$"""{"rules":[{"when":"{{when}}","then":"down"}],"reason":"{{reason}}"}"""
        );

    private Task UntilAsync(string node, string status) =>
        Eventually.IsTrueAsync(async () =>
            (await _client.FetchAsync($"/api/v1/nodes/{node}")).Text("status") == status
        );

    private Task ReportAsync(string status) =>
        _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            $$"""{"source":"db","status":"{{status}}"}"""
        );

    private async Task<(string Shop, string Leaf)> ShopAsync()
    {
        var check = await CreateAsync("checks", """{"name":"db","kind":"report","source":"db"}""");
        var shop = await CreateAsync("nodes", """{"name":"shop"}""");
        return (
            shop,
            await CreateAsync("nodes", $$"""{"name":"db","parentId":"{{shop}}","checkId":"{{check}}","weight":2}""")
        );
    }

    private async Task<string> CreateAsync(string what, string body) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", $"/api/v1/{what}", body)).Text("id");
}
