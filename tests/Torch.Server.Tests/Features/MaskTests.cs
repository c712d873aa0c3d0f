using System.Net;

namespace Torch.Server.Tests.Features;

public sealed class MaskTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private readonly NodeWorld _world = new(fixture.Client);

    [Fact]
    public async Task A_manual_status_is_shown_with_who_and_why_until_it_is_taken_back()
    {
        var group = await _world.GroupAsync("Shop");
        var (leaf, _) = await _world.LeafAsync("Shelves", group);
        await _world.DoAsync("PUT", $"{NodeWorld.Nodes}/{leaf}/manual-status", Manual("degraded"));
        var node = await _world.UntilAsync(
            leaf,
            n => n.Text("status") == "degraded" && n.TryGetProperty("manual", out _)
        );
        node.GetProperty("manual").Text("by").ShouldBe("local");
        node.GetProperty("manual").Text("reason").ShouldBe("half empty");
        await _world.UntilAsync(group, n => n.Text("status") == "degraded");
        var why = await fixture.Client.FetchAsync($"{NodeWorld.Nodes}/{leaf}/explain");
        why.Text("decider").ShouldBe("mask");
        why.GetProperty("underneath").Text("status").ShouldBe("up");
        await _world.DoAsync("DELETE", $"{NodeWorld.Nodes}/{leaf}/manual-status");
        await _world.UntilAsync(leaf, n => n.Text("status") == "up" && !n.TryGetProperty("manual", out _));
    }

    [Fact]
    public async Task A_manual_status_lapses_by_itself()
    {
        var (leaf, _) = await _world.LeafAsync("Shelves");
        var until = TimeProvider.System.GetUtcNow().AddSeconds(2);
        await _world.DoAsync("PUT", $"{NodeWorld.Nodes}/{leaf}/manual-status", Manual("down", until));
        await _world.UntilAsync(leaf, n => n.Text("status") == "down");
        var node = await _world.UntilAsync(leaf, n => n.Text("status") == "up");
        node.GetProperty("since").GetDateTimeOffset().ShouldBe(until, TimeSpan.FromTicks(10));
    }

    [Fact]
    public async Task An_acknowledgement_marks_a_problem_until_the_status_changes_and_is_given_anew_only_then()
    {
        var (leaf, source) = await _world.LeafAsync("Disk", status: "critical");
        await _world.UntilAsync(leaf, n => n.Text("status") == "critical");
        var first = await AcknowledgeAsync(leaf);
        var second = await AcknowledgeAsync(leaf);
        second.ShouldBe(first);
        var node = await _world.UntilAsync(leaf, n => n.TryGetProperty("acknowledged", out _));
        node.GetProperty("acknowledged").Text("reason").ShouldBe("ticket 42");
        node.GetProperty("acknowledged").Text("by").ShouldBe("local");
        await _world.ReportAsync(source, "down");
        await _world.UntilAsync(leaf, n => n.Text("status") == "down" && !n.TryGetProperty("acknowledged", out _));
        (await AcknowledgeAsync(leaf)).ShouldBe(first + 1);
        await _world.UntilAsync(leaf, n => n.TryGetProperty("acknowledged", out _));
        await _world.DoAsync("DELETE", $"{NodeWorld.Nodes}/{leaf}/acknowledgement");
        await _world.UntilAsync(leaf, n => !n.TryGetProperty("acknowledged", out _));
    }

    [Fact]
    public async Task What_has_no_problem_cannot_be_acknowledged()
    {
        var (leaf, _) = await _world.LeafAsync("Fine");
        await _world.UntilAsync(leaf, n => n.Text("status") == "up");
        using var response = await fixture.Client.SendAsync(
            "PUT",
            $"{NodeWorld.Nodes}/{leaf}/acknowledgement",
            """{"reason":"why not"}"""
        );
        await response.ShouldBeProblemAsync(HttpStatusCode.Conflict, "nothing_to_acknowledge");
    }

    [Theory]
    [InlineData("acknowledgement", """{"reason":" "}""", HttpStatusCode.BadRequest, "/reason")]
    [InlineData("manual-status", """{"status":"paused","reason":"x"}""", HttpStatusCode.UnprocessableEntity, "/status")]
    [InlineData(
        "manual-status",
        """{"status":"up","reason":"x","until":"2020-01-01T00:00:00Z"}""",
        HttpStatusCode.UnprocessableEntity,
        "/until"
    )]
    public async Task Bad_masks_are_refused_with_the_member(
        string what,
        string json,
        HttpStatusCode status,
        string pointer
    )
    {
        var (leaf, _) = await _world.LeafAsync("Shelves");
        var problem = await fixture.Client.ExpectAsync(status, "PUT", $"{NodeWorld.Nodes}/{leaf}/{what}", json);
        problem.GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_stale_If_Match_and_an_unknown_node_are_refused()
    {
        var (leaf, _) = await _world.LeafAsync("Shelves");
        var path = $"{NodeWorld.Nodes}/{leaf}/manual-status";
        await fixture.Client.ExpectAsync(
            HttpStatusCode.PreconditionFailed,
            "PUT",
            path,
            Manual("up"),
            ("If-Match", "\"7\"")
        );
        await fixture.Client.ExpectAsync(
            HttpStatusCode.NotFound,
            "PUT",
            path.Replace(leaf, Guid.NewGuid().ToString()),
            Manual("up")
        );
    }

    [Fact]
    public async Task A_service_period_is_kept_and_says_whether_the_node_is_in_service()
    {
        var (leaf, _) = await _world.LeafAsync("Office");
        var path = $"{NodeWorld.Nodes}/{leaf}";
        await _world.DoAsync(
            "PATCH",
            path,
            """{"servicePeriod":{"schedule":"daily 00:00-24:00","timeZone":"Europe/Berlin"}}"""
        );
        var node = await _world.UntilAsync(leaf, n => n.TryGetProperty("servicePeriod", out _));
        node.GetProperty("servicePeriod").Text("timeZone").ShouldBe("Europe/Berlin");
        node.GetProperty("inService").GetBoolean().ShouldBeTrue();
        await _world.DoAsync("PATCH", path, """{"servicePeriod":null}""");
        await _world.UntilAsync(leaf, n => !n.TryGetProperty("servicePeriod", out _));
        await fixture.Client.ExpectAsync(
            HttpStatusCode.UnprocessableEntity,
            "PATCH",
            path,
            """{"servicePeriod":{"schedule":"now and then"}}"""
        );
    }

    private async Task<long> AcknowledgeAsync(string leaf) =>
        (await _world.DoAsync("PUT", $"{NodeWorld.Nodes}/{leaf}/acknowledgement", """{"reason":"ticket 42"}""")).Number(
            "version"
        );

    private static string Manual(string status, DateTimeOffset? until = null) =>
        $$"""{"status":"{{status}}","reason":"half empty"{{(until is { } u ? $",\"until\":\"{u:O}\"" : "")}}}""";
}
