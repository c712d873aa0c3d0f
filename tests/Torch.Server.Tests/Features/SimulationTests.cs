using System.Net;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class SimulationTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_simulation_is_visibly_not_real_and_writes_nothing()
    {
        var (shop, db) = await ShopAsync("s1");
        var answer = await SimulateAsync(shop, db, "down");
        answer.GetProperty("simulated").GetBoolean().ShouldBeTrue();
        answer.Many("changes").Select(c => c.Text("to")).ShouldBe(["down", "down"]);
        answer.Many("changes")[0].GetProperty("assumed").GetBoolean().ShouldBeTrue();
        answer.Many("changes")[1].Text("sentence").ShouldContain("is down");
        (await _client.FetchAsync($"/api/v1/nodes/{shop}")).Text("status").ShouldBe("up");
        (await _client.FetchAsync($"/api/v1/nodes/{shop}/transitions")).Items().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_assumed_is_refused_with_its_place()
    {
        var (shop, db) = await ShopAsync("s2");
        await RefusedAsync(shop, $$"""{"assume":[]}""", HttpStatusCode.BadRequest, "validation");
        var twice = $$"""{"nodeId":"{{db}}","status":"down"}""";
        await RefusedAsync(shop, $$"""{"assume":[{{twice}},{{twice}}]}""", HttpStatusCode.BadRequest, "validation");
        await RefusedAsync(shop, Assume(db, "wobbly"), HttpStatusCode.UnprocessableEntity, "unknown_status");
        await RefusedAsync(shop, Assume(Guid.NewGuid(), "down"), HttpStatusCode.UnprocessableEntity, "not_below");
        await RefusedAsync(Guid.NewGuid(), Assume(db, "down"), HttpStatusCode.NotFound, "not_found");
    }

    private Task<JsonElement> SimulateAsync(Guid shop, Guid db, string status) =>
        _client.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v1/nodes/{shop}/simulate", Assume(db, status));

    private async Task RefusedAsync(Guid node, string body, HttpStatusCode status, string code)
    {
        using var response = await _client.SendAsync("POST", $"/api/v1/nodes/{node}/simulate", body);
        await response.ShouldBeProblemAsync(status, code);
    }

    private static string Assume(Guid node, string status) =>
        $$"""{"assume":[{"nodeId":"{{node}}","status":"{{status}}"}]}""";

    private async Task<(Guid Shop, Guid Db)> ShopAsync(string source)
    {
        await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            $$"""{"source":"{{source}}","status":"up"}"""
        );
        var check = (await _client.FetchAsync($"/api/v1/reports?source={source}")).Items()[0].Text("checkId");
        var shop = await NodeAsync("""{"name":"shop"}""");
        var db = await NodeAsync($$"""{"name":"db","parentId":"{{shop}}","checkId":"{{check}}"}""");
        await Eventually.IsTrueAsync(async () =>
            (await _client.FetchAsync($"/api/v1/nodes/{shop}")).Text("status") == "up"
        );
        return (shop, db);
    }

    private async Task<Guid> NodeAsync(string body) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", body)).GetProperty("id").GetGuid();
}
