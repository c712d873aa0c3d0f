using System.Net;
using Torch.Domain;

namespace Torch.Server.Tests.Features;

public sealed class NodeObservationTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private readonly HttpClient _client = fixture.Client;
    private readonly NodeWorld _world = new(fixture.Client);

    [Fact]
    public async Task What_the_checks_below_a_node_observed_last_is_told_newest_first_and_each_once()
    {
        var root = await _world.GroupAsync("Observed");
        var group = await _world.GroupAsync("Observed group", root);
        var (first, source) = await _world.LeafAsync("First", group);
        var (second, _) = await _world.LeafAsync("Second", root, "degraded");
        await _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            NodeWorld.Nodes,
            $$"""{"name":"First again","parentId":"{{root}}","checkId":"{{CheckIds.OfSource(source)}}"}"""
        );
        await _world.LeafAsync("Elsewhere");
        var position = (await _world.ReportAsync(source, "down")).Number("position");

        var newest = (await _client.FetchAsync($"{NodeWorld.Nodes}/{root}/observations", position)).Items();

        newest
            .Select(o => (o.Text("nodeId"), o.Text("nodeName"), o.GetProperty("observation").Text("outcome")))
            .ShouldBe([(first, "First", "down"), (second, "Second", "degraded")]);
        newest[0].Text("checkId").ShouldBe(CheckIds.OfSource(source).ToString());
        (await _client.FetchAsync($"{NodeWorld.Nodes}/{root}/observations?limit=1")).Items().Count.ShouldBe(1);
        (await _client.FetchAsync($"{NodeWorld.Nodes}/{second}/observations")).Items().Count.ShouldBe(1);
        await _client.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{NodeWorld.Nodes}/{Guid.NewGuid()}/observations");
    }
}
