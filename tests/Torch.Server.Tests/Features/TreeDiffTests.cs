using System.Net;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class TreeDiffTests : TorchTest
{
    private const string Path = "/api/v1/trees/diff";

    [Fact]
    public async Task Two_instants_differ_in_nodes_places_names_rules_and_statuses()
    {
        var check = await CreateAsync("checks", """{"name":"db","kind":"report","source":"db"}""");
        var (shop, store) = (
            await CreateAsync("nodes", """{"name":"shop"}"""),
            await CreateAsync("nodes", """{"name":"store"}""")
        );
        var leaf = await CreateAsync("nodes", $$"""{"name":"db","parentId":"{{shop}}","checkId":"{{check}}"}""");
        var gone = await CreateAsync("nodes", $$"""{"name":"old","parentId":"{{shop}}"}""");
        await ReportAsync("up");
        await UntilAsync(leaf, "up");
        var from = await PositionAsync();
        await Task.Delay(20);
        var at = DateTimeOffset.UtcNow;
        await Task.Delay(20);
        await ChangeAsync("PATCH", $"nodes/{store}", """{"name":"market","tags":["new"]}""");
        await ChangeAsync("DELETE", $"nodes/{gone}", null);
        await ChangeAsync("POST", $"nodes/{leaf}/move", $$"""{"parentId":"{{store}}"}""");
        await ChangeAsync(
            "PUT",
            $"nodes/{store}/rules",
            """{"rules":[{"when":"any child is down","then":"critical"}]}"""
        );
        var added = await CreateAsync("nodes", $$"""{"name":"cache","parentId":"{{store}}"}""");
        await ReportAsync("down");
        await UntilAsync(store, "critical");

        var diff = await _client.FetchAsync($"{Path}?fromPosition={from}");

        Changes(diff, store).ShouldBe(["renamed", "tags", "rules", "status"]);
        Changes(diff, leaf).ShouldBe(["moved", "status"]);
        Changes(diff, gone).ShouldBe(["removed"]);
        Changes(diff, added).ShouldBe(["added"]);
        var moved = Node(diff, leaf);
        Names(moved.GetProperty("before")).ShouldBe(["shop", "db"]);
        Names(moved.GetProperty("after")).ShouldBe(["market", "db"]);
        (moved.GetProperty("before").Text("status"), moved.GetProperty("after").Text("status")).ShouldBe(
            ("up", "down")
        );
        Node(diff, gone).GetProperty("after").ValueKind.ShouldBe(JsonValueKind.Null);
        Node(diff, store).GetProperty("after").Number("rulesVersion").ShouldBe(1);
        (diff.GetProperty("counts").Number("status") >= 2).ShouldBeTrue();
        diff.GetProperty("from").Number("position").ShouldBe(from);
        var byTime = await _client.FetchAsync($"{Path}?from={at:yyyy-MM-ddTHH:mm:ss.fffffffZ}");
        byTime.Many("nodes").Count.ShouldBe(diff.Many("nodes").Count);
        var below = await _client.FetchAsync($"{Path}?fromPosition={from}&root={store}");
        below.Many("nodes").Select(n => n.Text("name")).ShouldBe(["cache", "db", "market"]);
        (await _client.FetchAsync($"{Path}?fromPosition={from}&limit=1")).Many("nodes").ShouldHaveSingleItem();
        (await _client.FetchAsync($"{Path}?fromPosition={from}&toPosition={from}")).Number("total").ShouldBe(0);
    }

    [Fact]
    public async Task Before_the_beginning_there_is_nothing_and_the_future_is_refused()
    {
        await CreateAsync("nodes", """{"name":"shop"}""");

        var all = await _client.FetchAsync($"{Path}?from=2020-01-01T00:00:00Z");
        all.Many("nodes").ShouldHaveSingleItem().Many("changes").Select(c => c.GetString()).ShouldBe(["added"]);
        all.GetProperty("from").Number("position").ShouldBe(0);
        all.GetProperty("from").GetProperty("at").ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (
            var wrong in (string[])
                [
                    "",
                    "?from=2999-01-01T00:00:00Z",
                    "?from=2020-01-01T00:00:00Z&to=2999-01-01T00:00:00Z",
                    "?fromPosition=99999999",
                    "?fromPosition=2&toPosition=1",
                    "?from=yesterday",
                ]
        )
        {
            using var refused = await _client.SendAsync("GET", Path + wrong);
            await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        }
    }

    private static JsonElement Node(JsonElement diff, string id) =>
        diff.Many("nodes").Single(n => n.Text("nodeId") == id);

    private static IEnumerable<string?> Changes(JsonElement diff, string id) =>
        Node(diff, id).Many("changes").Select(c => c.GetString());

    private static IEnumerable<string?> Names(JsonElement node) => node.Many("path").Select(n => n.GetString());

    private async Task<long> PositionAsync() =>
        (await _client.FetchAsync("/api/v1/events?newest=true&limit=1")).Number("position");

    private Task ChangeAsync(string method, string path, string? body) =>
        _client.ExpectAsync(HttpStatusCode.OK, method, "/api/v1/" + path, body);

    private Task ReportAsync(string status) =>
        _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            $$"""{"source":"db","status":"{{status}}"}"""
        );

    private Task UntilAsync(string node, string status) =>
        Eventually.IsTrueAsync(async () =>
            (await _client.FetchAsync($"/api/v1/nodes/{node}")).Text("status") == status
        );

    private async Task<string> CreateAsync(string what, string body) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", $"/api/v1/{what}", body)).Text("id");
}
