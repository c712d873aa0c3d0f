using System.Net;
using Torch.Server.Tests.Features;
using Torch.Testing;

namespace Torch.Server.Tests.Agents;

/// <summary>What is shown of a check whose agent went away, through the server's own watch over its agents.</summary>
public sealed class UnwatchedTests : FastTorch
{
    [Fact]
    public async Task A_leaf_whose_last_agent_is_silent_is_unknown_until_an_agent_has_looked_again()
    {
        using var agent = await AgentAsync("rack 7", "berlin");
        var (check, leaf) = await LeafAsync(Http("berlin"));
        await agent.DeliverAsync(check);
        await _world.UntilAsync(leaf, n => n.Text("status") == "up");

        await _world.UntilAsync(leaf, n => n.Text("status") == "unknown");
        var why = await _admin.FetchAsync($"{NodeWorld.Nodes}/{leaf}/explain");
        why.Text("sentence").ShouldBe("site is unknown because no agent is live in berlin.");

        await agent.ConnectAsync();
        await agent.DeliverAsync(check);
        await _world.UntilAsync(leaf, n => n.Text("status") == "up");
    }

    [Fact]
    public async Task A_location_whose_agent_is_silent_hides_no_fault_of_another_and_the_gap_is_its_own()
    {
        using var lima = await AgentAsync("rack 9", "lima");
        using var rome = await AgentAsync("rack 10", "rome");
        var (check, leaf) = await LeafAsync(Http("lima,rome", "\"decide\":\"all\","));
        await lima.DeliverAsync(check);
        await Eventually.IsTrueAsync(
            async () =>
            {
                await rome.DeliverAsync(check, "down");
                return (await _admin.FetchAsync($"{NodeWorld.Nodes}/{leaf}")).Text("status") == "down";
            },
            TimeSpan.FromSeconds(60)
        );
        var gaps = (await _admin.FetchAsync($"/api/v1/checks/{check}/series")).Many("gaps");
        gaps.Where(g => g.GetProperty("location").ValueEquals("lima"))
            .ShouldHaveSingleItem()
            .Text("reason")
            .ShouldBe("no agent is live in lima");
    }

    [Fact]
    public async Task What_a_lone_agent_found_while_it_was_cut_off_fills_the_gap()
    {
        using var agent = await AgentAsync("rack 8", "paris");
        var (check, leaf) = await LeafAsync(Http("paris"));
        await agent.DeliverAsync(check);
        await _world.UntilAsync(leaf, n => n.Text("status") == "up");
        var gone = await _world.UntilAsync(leaf, n => n.Text("status") == "unknown");
        var since = gone.GetProperty("since").GetDateTimeOffset();
        var found = since.AddSeconds(1);
        await _world.UntilAsync(leaf, _ => _time.GetUtcNow() > found.AddSeconds(5));

        await agent.ConnectAsync();
        await agent.DeliverAsync(check, "down", found);
        await agent.DeliverAsync(check);

        await _world.UntilAsync(
            leaf,
            page =>
                string.Join(' ', page.Items().Select(t => t.Text("to")))
                    .Contains("up down unknown up", StringComparison.Ordinal),
            "/transitions"
        );

        // An objective counts what was seen in the gap, and leaves out what nobody saw.
        var objective = await _admin.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/slos",
            $$$"""{"name":"site","nodeId":"{{{leaf}}}","target":99,"window":{"kind":"rolling","duration":"PT1H"}}"""
        );
        var report = await _admin.FetchAsync(
            $"/api/v1/slos/{objective.Text("id")}/report",
            objective.Number("position")
        );
        report.Number("bad").ShouldBeGreaterThan(0);
        report.Number("excluded").ShouldBeGreaterThan(0);
    }
}
