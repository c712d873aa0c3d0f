using System.Net;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class MovePreviewTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task What_a_move_would_change_is_told_and_nothing_is_moved()
    {
        var (from, to, leaf) = await ShopAsync("moved/1");
        var preview = await PreviewAsync($$"""{"nodes":[{"nodeId":"{{leaf}}"}],"parentId":"{{to}}"}""");
        var changes = preview.Many("changes").ToDictionary(c => c.Text("nodeId"), c => c.Text("to"));
        changes[to.ToString()].ShouldBe("down");
        changes[from.ToString()].ShouldNotBe("down");
        (await _client.FetchAsync($"/api/v1/nodes/{leaf}")).Many("parentIds").Single().GetGuid().ShouldBe(from);
    }

    [Fact]
    public async Task A_further_parent_leaves_the_first_as_it_is()
    {
        var (from, to, leaf) = await ShopAsync("moved/2");
        var body = $$"""{"nodes":[{"nodeId":"{{leaf}}"}],"parentId":"{{to}}","keep":true}""";
        var changes = (await PreviewAsync(body)).Many("changes").Select(c => c.Text("nodeId")).ToList();
        changes.ShouldContain(to.ToString());
        changes.ShouldNotContain(from.ToString());
    }

    [Fact]
    public async Task What_could_not_be_moved_is_refused_as_the_move_would_be()
    {
        var (from, to, leaf) = await ShopAsync("moved/3");
        await RefusedAsync($$"""{"nodes":[{"nodeId":"{{to}}"}],"parentId":"{{leaf}}"}""", 409, "leaf_as_parent");
        await RefusedAsync($$"""{"nodes":[{"nodeId":"{{from}}"}],"parentId":"{{from}}"}""", 409, "cycle");
        await RefusedAsync("""{"nodes":[],"parentId":null}""", 400, "validation");
        await RefusedAsync($$"""{"nodes":[{"nodeId":"{{leaf}}"}],"keep":true}""", 400, "validation");
    }

    [Fact]
    public async Task Where_a_status_comes_from_is_a_graph_from_the_root_to_the_cause()
    {
        var (from, _, leaf) = await ShopAsync("moved/4");
        var graph = await _client.FetchAsync($"/api/v1/nodes/{from}/causes");
        graph.Many("nodes").Single(n => n.TryGetProperty("rootCause", out _)).Text("id").ShouldBe(leaf.ToString());
        graph
            .Many("edges")
            .Single(e => e.Text("childId") == leaf.ToString())
            .GetProperty("decides")
            .GetBoolean()
            .ShouldBeTrue();
        using var wrong = await _client.SendAsync("GET", $"/api/v1/nodes/{from}/causes?most=0", null);
        await wrong.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        using var unknown = await _client.SendAsync("GET", $"/api/v1/nodes/{Guid.NewGuid()}/causes", null);
        await unknown.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    private Task<JsonElement> PreviewAsync(string body) =>
        _client.ExpectAsync(HttpStatusCode.OK, "POST", "/api/v1/nodes/move/preview", body);

    private async Task RefusedAsync(string body, int status, string code)
    {
        using var response = await _client.SendAsync("POST", "/api/v1/nodes/move/preview", body);
        await response.ShouldBeProblemAsync((HttpStatusCode)status, code);
    }

    private async Task<(Guid From, Guid To, Guid Leaf)> ShopAsync(string source)
    {
        await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            $$"""{"source":"{{source}}","status":"down"}"""
        );
        var check = (await _client.FetchAsync($"/api/v1/reports?source={source}")).Items()[0].Text("checkId");
        var from = await NodeAsync($$"""{"name":"from {{source}}"}""");
        var to = await NodeAsync($$"""{"name":"to {{source}}"}""");
        var leaf = await NodeAsync($$"""{"name":"{{source}}","parentId":"{{from}}","checkId":"{{check}}"}""");
        await Eventually.IsTrueAsync(async () =>
            (await _client.FetchAsync($"/api/v1/nodes/{from}")).Text("status") == "down"
        );
        return (from, to, leaf);
    }

    private async Task<Guid> NodeAsync(string body) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", body)).GetProperty("id").GetGuid();
}
