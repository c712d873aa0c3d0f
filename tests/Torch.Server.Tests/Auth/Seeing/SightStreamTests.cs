using System.Net;
using System.Text.Json;
using Torch.Server.Tests.Live;
using Torch.Testing;

namespace Torch.Server.Tests.Auth.Seeing;

/// <summary>What the live stream tells a viewer of certain hierarchies. Each test has nodes of its own.</summary>
public sealed class SightStreamTests(SightWorld world) : IClassFixture<SightWorld>
{
    private const string Everything = "types=transition,structure,revised,observation";

    private Task<EventStreamClient> OpenAsync(string query = "?" + Everything, long? lastEventId = null) =>
        EventStreamClient.OpenAsync(world.Torch.ClientOptions.BaseAddress, query, lastEventId, world.Cookie);

    /// <summary>What is heard until a node's transition to a status, which is the last of it.</summary>
    private async Task<List<ServerSentEvent>> UntilAsync(EventStreamClient stream, string node, string status)
    {
        var heard = new List<ServerSentEvent>();
        while (await stream.NextAsync() is { } next)
        {
            heard.Add(next);
            if (next.Event == "transition" && Of(next) == world[node] && next.Data.Text("to") == status)
                return heard;
        }
        throw new InvalidOperationException("the stream has ended");
    }

    private static string? Of(ServerSentEvent heard) =>
        heard.Data.TryGetProperty("nodeId", out var id) ? id.GetString() : null;

    private void ShouldTellNoSecret(IEnumerable<ServerSentEvent> heard)
    {
        var text = string.Join('\n', heard.Select(h => h.Data.GetRawText()));
        text.ShouldNotContain("secret", Case.Insensitive);
        foreach (var secret in world.Secrets)
            text.ShouldNotContain(secret);
    }

    private Task MoveAsync(string node, string to, string from) =>
        world.DoAsync(
            "POST",
            $"/api/v1/nodes/{world[node]}/move",
            JsonSerializer.Serialize(new { parentId = world[to], fromParentId = world[from] })
        );

    [Fact]
    public async Task It_tells_what_is_in_sight_and_nothing_else()
    {
        await world.LeafAsync("told", world["checkout"]);
        await world.LeafAsync("secret-told", world["secret-group"]);
        await world.DoAsync("PUT", $"/api/v1/nodes/{world["told"]}/dependencies/{world["secret-told"]}");
        await using var stream = await OpenAsync();

        await world.UntilAsync("secret-told", "down");
        await world.DoAsync("PATCH", $"/api/v1/nodes/{world["secret-told"]}", """{"name":"secret told"}""");
        await world.DoAsync("PATCH", $"/api/v1/nodes/{world["told"]}", """{"name":"told anew"}""");
        await world.UntilAsync("told", "down");
        var heard = await UntilAsync(stream, "told", "down");

        ShouldTellNoSecret(heard);
        heard.ShouldContain(h =>
            h.Event == "structure" && Of(h) == world["told"] && h.Data.Text("change") == "renamed"
        );
        heard.ShouldContain(h => h.Event == "observation" && h.Data.Text("checkId") == world["told check"]);
        // It is the consequence of what cannot be seen: an admin hears so.
        await using var admin = await EventStreamClient.OpenAsync(
            world.Torch.ClientOptions.BaseAddress,
            $"?after={heard[0].Id}",
            null,
            await world.Torch.SignInAsync("ada")
        );
        (await UntilAsync(admin, "told", "down"))[^1].Data.Many("suppressed").Count.ShouldBe(1);
        heard[^1].Data.TryGetProperty("suppressed", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_moved_out_of_sight_is_heard_of_no_more_and_what_is_moved_in_is()
    {
        await world.LeafAsync("wanders", world["checkout"]);
        await world.LeafAsync("stays", world["checkout"]);
        await using var stream = await OpenAsync();

        await MoveAsync("wanders", "secret-group", "checkout");
        await world.UntilAsync("wanders", "down");
        await world.UntilAsync("stays", "down");
        var away = await UntilAsync(stream, "stays", "down");
        await world.Limited.ExpectAsync(HttpStatusCode.NotFound, "GET", $"/api/v1/nodes/{world["wanders"]}");
        await MoveAsync("wanders", "checkout", "secret-group");
        await world.UntilAsync("wanders", "up");
        var back = await UntilAsync(stream, "wanders", "up");

        ShouldTellNoSecret([.. away, .. back]);
        away.ShouldContain(h => h.Event == "structure" && h.Data.Text("change") == "sight" && Of(h) == world["shop"]);
        away.ShouldNotContain(h => Of(h) == world["wanders"]);
        away.ShouldNotContain(h => h.Event == "observation" && h.Data.Text("checkId") == world["wanders check"]);
        back.ShouldContain(h =>
            h.Event == "structure" && h.Data.Text("change") == "linked" && Of(h) == world["wanders"]
        );
        (await world.Limited.GetAsync($"/api/v1/nodes/{world["wanders"]}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_was_missed_is_told_by_what_is_in_sight_now()
    {
        await world.LeafAsync("missed", world["checkout"]);
        await world.LeafAsync("gone", world["checkout"]);
        await world.UntilAsync("gone", "down");
        var last = (await world.Limited.FetchAsync("/api/v1/trees"))[0].Number("position");
        await world.UntilAsync("secret-db", "up");
        await world.UntilAsync("gone", "up");
        await world.UntilAsync("missed", "down");
        await MoveAsync("gone", "secret-group", "checkout");
        await using var stream = await OpenAsync(lastEventId: last);
        await world.UntilAsync("missed", "up");

        var heard = await UntilAsync(stream, "missed", "up");

        ShouldTellNoSecret(heard);
        heard.ShouldContain(h => h.Event == "transition" && Of(h) == world["missed"] && h.Data.Text("to") == "down");
        heard.ShouldNotContain(h => Of(h) == world["gone"]);
        heard.ShouldContain(h => h.Event == "structure" && h.Data.Text("change") == "sight");
        heard.ShouldNotContain(h => h.Event == "reset");
    }

    [Fact]
    public async Task To_ask_for_what_is_below_something_elsewhere_tells_nothing()
    {
        await world.LeafAsync("asked", world["checkout"]);
        await using var above = await OpenAsync($"?root={world["secret-realm"]}");
        await using var own = await OpenAsync($"?root={world["shop"]}");
        (await above.NextAsync())!.Event.ShouldBe("hello");

        // It stands below both.
        await world.UntilAsync("both", "up");
        await world.UntilAsync("asked", "down");
        (await UntilAsync(own, "asked", "down")).ShouldContain(h => Of(h) == world["both"]);
        await Should.ThrowAsync<OperationCanceledException>(() => above.NextAsync(TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task Whoever_comes_to_see_something_else_is_told_to_fetch_anew()
    {
        var id = await world.Admin.AddPersonAsync("changing", "viewer", world["shop"]);
        var cookie = await world.Torch.SignInAsync("changing");
        using var browser = world.Torch.Browser(cookie);
        var address = world.Torch.ClientOptions.BaseAddress;
        await using var stream = await EventStreamClient.OpenAsync(address, "", null, cookie);

        await world.DoAsync("PATCH", $"/api/v1/people/{id}", $$"""{"hierarchies":["{{world["secret-realm"]}}"]}""");
        var heard = new List<ServerSentEvent>();
        while (await stream.NextAsync() is { } next)
            heard.Add(next);

        heard[^1].Event.ShouldBe("reset");
        var trees = await browser.FetchAsync("/api/v1/trees");
        trees.EnumerateArray().Select(t => t.Text("name")).ShouldBe(["secret-realm"]);

        await world.DoAsync("PATCH", $"/api/v1/people/{id}", """{"hierarchies":[]}""");
        await Eventually.IsTrueAsync(async () => (await browser.FetchAsync("/api/v1/trees")).GetArrayLength() > 1);
    }
}
