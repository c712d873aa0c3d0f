using System.Net;

namespace Torch.Server.Tests.Features;

public sealed class TimingTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private readonly NodeWorld _world = new(fixture.Client);

    [Fact]
    public async Task A_timing_is_published_with_the_rules_and_read_back()
    {
        var (leaf, _) = await _world.LeafAsync("Patient");
        await PublishAsync(leaf, """{"attempts":3,"for":"PT1M","holdDown":"PT5M","flapping":{"start":40}}""");
        var rules = await _world.UntilAsync(leaf, r => r.Number("version") == 1, "/rules");
        var timing = rules.GetProperty("timing");
        timing.Number("attempts").ShouldBe(3);
        timing.Text("for").ShouldBe("PT1M");
        timing.GetProperty("flapping").Number("start").ShouldBe(40);
        timing.GetProperty("flapping").Number("stop").ShouldBe(25);
    }

    [Theory]
    [InlineData("""{"attempts":0}""", "/timing/attempts")]
    [InlineData("""{"recoveryFor":"P8D"}""", "/timing/recoveryFor")]
    [InlineData("""{"flapping":{"start":20,"stop":30}}""", "/timing/flapping/stop")]
    public async Task A_bad_timing_is_refused_with_its_member(string timing, string pointer)
    {
        var (leaf, _) = await _world.LeafAsync("Patient");
        var json = $$"""{"rules":[],"timing":{{timing}}}""";
        using var response = await fixture.Client.SendAsync("PUT", $"{NodeWorld.Nodes}/{leaf}/rules", json);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        problem.GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_soft_status_is_visible_on_the_node_and_in_its_explanation()
    {
        var (leaf, source) = await _world.LeafAsync("Patient");
        await PublishAsync(leaf, """{"attempts":3}""");
        await _world.UntilAsync(leaf, n => n.Text("status") == "up");
        await _world.ReportAsync(source, "down");
        await _world.ReportAsync(source, "down");
        var node = await _world.UntilAsync(
            leaf,
            n => n.TryGetProperty("pending", out var p) && p.Number("attempts") == 2
        );
        node.Text("status").ShouldBe("up");
        node.GetProperty("pending").Text("status").ShouldBe("down");
        var why = await fixture.Client.FetchAsync($"{NodeWorld.Nodes}/{leaf}/explain");
        why.Text("sentence").ShouldBe("Patient is up because down does not count yet: down for 2 of 3 attempts.");
        why.GetProperty("underneath").Text("status").ShouldBe("down");
    }

    [Fact]
    public async Task A_flapping_node_is_marked_in_every_answer_and_in_the_log()
    {
        var group = await _world.GroupAsync("Restless");
        var (leaf, source) = await _world.LeafAsync("Flapping", group);
        await PublishAsync(leaf, """{"flapping":{}}""");
        for (var i = 0; i < 10; i++)
            await _world.ReportAsync(source, i % 2 == 0 ? "down" : "up");
        await _world.UntilAsync(leaf, n => n.TryGetProperty("flapping", out var f) && f.GetBoolean());
        var tree = await fixture.Client.FetchAsync($"{NodeWorld.Nodes}/{group}/tree");
        tree.TryGetProperty("flapping", out _).ShouldBeFalse();
        tree.GetProperty("children")[0].GetProperty("flapping").GetBoolean().ShouldBeTrue();
        var events = await fixture.Client.FetchAsync("/api/v1/events?types=node_marked");
        events.Items().ShouldHaveSingleItem().GetProperty("data").Text("nodeId").ShouldBe(leaf);
    }

    private Task PublishAsync(string node, string timing) =>
        _world.DoAsync("PUT", $"{NodeWorld.Nodes}/{node}/rules", $$"""{"rules":[],"timing":{{timing}}}""");
}
