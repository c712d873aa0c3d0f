using System.Net;
using System.Text.Json;

namespace Torch.Server.Tests.Features;

public sealed class RulesOfNowTests : TorchTest
{
    [Fact]
    public async Task A_past_is_seen_under_the_rules_of_now()
    {
        var world = new NodeWorld(_client);
        var shop = await world.GroupAsync("shop");
        var (web, source) = await world.LeafAsync("web", shop);
        await world.LeafAsync("db", shop);
        await world.ReportAsync(source, "down");
        await world.UntilAsync(shop, n => n.Text("status") == "down");
        var then = (await _client.FetchAsync($"{NodeWorld.Nodes}/{shop}")).Number("position");
        await world.ReportAsync(source, "up");
        await world.UntilAsync(shop, n => n.Text("status") == "up");
        await world.DoAsync(
            "PUT",
            $"{NodeWorld.Nodes}/{shop}/rules",
            """{"rules":[{"when":"any child is down","then":"degraded"}],"reason":"one of two is enough"}"""
        );
        await world.UntilAsync(shop, n => n.Number("version") == 2);

        var at = $"?atPosition={then}";
        (await _client.FetchAsync($"{NodeWorld.Nodes}/{shop}/tree{at}")).Text("status").ShouldBe("down");
        var tree = await _client.FetchAsync($"{NodeWorld.Nodes}/{shop}/tree{at}&rules=now");
        tree.Text("status").ShouldBe("degraded");
        tree.Many("children").Single(c => c.Text("id") == web).Text("status").ShouldBe("down");
        var all = (await _client.FetchAsync($"/api/v1/trees{at}&rules=now")).EnumerateArray().Single();
        all.Text("status").ShouldBe("degraded");
        var why = await _client.FetchAsync($"{NodeWorld.Nodes}/{shop}/explain{at}&rules=now");
        (why.Text("status"), why.Number("rulesVersion"), why.Number("position")).ShouldBe(("degraded", 1, then));
        var diff = await _client.FetchAsync($"/api/v1/trees/diff?fromPosition={then}&rules=now");
        Changes(diff, shop).ShouldBe(["rules", "status"]);
        diff.Many("nodes")
            .Single(n => n.Text("nodeId") == shop)
            .GetProperty("before")
            .Text("status")
            .ShouldBe("degraded");
    }

    [Fact]
    public async Task The_rules_of_now_are_asked_for_of_a_past_only()
    {
        var shop = await new NodeWorld(_client).GroupAsync("shop");
        foreach (var wrong in (string[])["?rules=now", "?atPosition=1&rules=mine"])
        foreach (
            var path in (string[])
                ["/api/v1/trees", $"{NodeWorld.Nodes}/{shop}/tree", $"{NodeWorld.Nodes}/{shop}/explain"]
        )
        {
            using var refused = await _client.SendAsync("GET", path + wrong);
            await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        }
    }

    private static IEnumerable<string?> Changes(JsonElement diff, string node) =>
        diff.Many("nodes").Single(n => n.Text("nodeId") == node).Many("changes").Select(c => c.GetString());
}
