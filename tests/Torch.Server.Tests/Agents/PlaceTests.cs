using Torch.Server.Tests.Features;
using Torch.Testing;

namespace Torch.Server.Tests.Agents;

/// <summary>A check that runs from several locations, each with an agent of its own.</summary>
public sealed class PlaceTests() : FastTorch(factor: 1)
{
    [Fact]
    public async Task A_leaf_is_what_so_many_locations_find_and_says_what_each_does()
    {
        using var berlin = await AgentAsync("rack 1", "berlin");
        using var oslo = await AgentAsync("rack 2", "oslo");
        var (check, leaf) = await LeafAsync(Http("berlin,oslo", "\"decide\":\"all\","));
        await HasAsync(berlin, check);
        await HasAsync(oslo, check);

        await berlin.DeliverAsync(check, "down");
        await oslo.DeliverAsync(check, "up");
        await _world.UntilAsync(leaf, n => n.Text("status") == "up");
        await oslo.DeliverAsync(check, "down");
        await _world.UntilAsync(leaf, n => n.Text("status") == "down");

        var why = await _admin.FetchAsync($"{NodeWorld.Nodes}/{leaf}/explain");
        why.Text("sentence").ShouldStartWith("site is down because all 2 locations find it so: the probe failed");
        why.Many("locations")
            .Select(l => $"{l.Text("location")} {l.Text("status")} {l.GetProperty("observation").Text("outcome")}")
            .ShouldBe(["berlin down down", "oslo down down"]);
        var view = await _admin.FetchAsync($"/api/v1/checks/{check}");
        view.Text("decide").ShouldBe("all");
        view.Many("locations").Select(l => l.GetString()).ShouldBe(["berlin", "oslo"]);
    }

    // Also where it has lost its session meanwhile and has opened another one.
    private static Task HasAsync(RemoteAgent agent, Guid check) =>
        Eventually.IsTrueAsync(async () =>
            (await agent.ChecksAsync(0))?.Many("checks").Any(c => c.GetProperty("checkId").GetGuid() == check) == true
        );
}
