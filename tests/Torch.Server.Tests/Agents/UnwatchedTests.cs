using System.Net;
using Torch.Server.Tests.Features;

namespace Torch.Server.Tests.Agents;

/// <summary>What is shown of a check whose agent went away, through the server's own watch over its agents; twenty seconds pass in one.</summary>
public sealed class UnwatchedTests : IAsyncLifetime
{
    private readonly FastTime _time = new(20);
    private TorchFactory _torch = null!;
    private HttpClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _torch = await TorchFactory.StartAsync(_time, ("ADMIN_KEY", KeyedFixture.Key));
        _admin = _torch.Client(KeyedFixture.Key);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _torch.DisposeAsync();
    }

    [Fact]
    public async Task A_leaf_whose_last_agent_is_silent_is_unknown_until_an_agent_has_looked_again()
    {
        using var agent = await RemoteAgent.ComeAsync(_torch, _admin, "rack 7", "berlin", _time);
        var (check, leaf) = await LeafAsync("berlin");
        var world = new NodeWorld(_admin);
        await agent.DeliverAsync(check);
        await world.UntilAsync(leaf, n => n.Text("status") == "up");

        await world.UntilAsync(leaf, n => n.Text("status") == "unknown");
        var why = await _admin.FetchAsync($"{NodeWorld.Nodes}/{leaf}/explain");
        why.Text("sentence").ShouldBe("site is unknown because no agent is live in berlin.");

        await agent.ConnectAsync();
        await agent.DeliverAsync(check);
        await world.UntilAsync(leaf, n => n.Text("status") == "up");
    }

    [Fact]
    public async Task What_a_lone_agent_found_while_it_was_cut_off_fills_the_gap()
    {
        using var agent = await RemoteAgent.ComeAsync(_torch, _admin, "rack 8", "paris", _time);
        var (check, leaf) = await LeafAsync("paris");
        var world = new NodeWorld(_admin);
        await agent.DeliverAsync(check);
        var gone = await world.UntilAsync(leaf, n => n.Text("status") == "unknown");
        var since = gone.GetProperty("since").GetDateTimeOffset();
        var found = since.AddSeconds(1);
        await world.UntilAsync(leaf, _ => _time.GetUtcNow() > found.AddSeconds(5));

        await agent.ConnectAsync();
        await agent.DeliverAsync(check, "down", found);
        await agent.DeliverAsync(check);

        await world.UntilAsync(
            leaf,
            page =>
                string.Join(' ', page.Items().Select(t => t.Text("to")))
                    .StartsWith("up down unknown up", StringComparison.Ordinal),
            "/transitions"
        );
    }

    private async Task<(Guid Check, string Leaf)> LeafAsync(string location)
    {
        var check = await _admin.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/checks",
            $$$"""
            {"name":"site","kind":"http","interval":"PT5S","locations":["{{{location}}}"],"http":{"url":"http://127.0.0.1:9/"}}
            """
        );
        var id = check.Text("id");
        await _admin.FetchAsync($"/api/v1/checks/{id}", check.Number("position"));
        var body = $$"""{"name":"site","checkId":"{{id}}"}""";
        var node = await _admin.ExpectAsync(HttpStatusCode.Created, "POST", NodeWorld.Nodes, body);
        return (Guid.Parse(id), node.Text("id"));
    }
}
