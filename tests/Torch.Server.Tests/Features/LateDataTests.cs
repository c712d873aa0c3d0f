using System.Net;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class LateDataTests : TorchTest
{
    [Fact]
    public async Task The_past_is_told_as_it_is_known_now_or_as_it_was_known()
    {
        var world = new NodeWorld(_client);
        var (leaf, source) = await world.LeafAsync("db");
        var quiet = await PassAsync(DateTimeOffset.UtcNow);
        var later = await PassAsync(quiet);
        await ReportAsync(source, "up", later);
        await world.UntilAsync(leaf, n => n.Text("status") == "up");
        var known = DateTimeOffset.UtcNow;
        await ReportAsync(source, "down", quiet);
        await world.UntilAsync(leaf, page => page.Items().Count == 3, "/transitions");

        (await ChangesAsync(leaf)).ShouldBe(["unknown>up", "up>down", "down>up"]);
        (await ChangesAsync(leaf, $"?knownAt={Text(known)}")).ShouldBe(["unknown>up"]);
        (await ChangesAsync(leaf, "?knownAt=now")).Count.ShouldBe(3);
        var learned = (await _client.FetchAsync($"{NodeWorld.Nodes}/{leaf}/transitions")).Items()[1];
        learned.GetProperty("at").GetDateTimeOffset().ShouldBe(quiet, TimeSpan.FromMilliseconds(1));
        learned.GetProperty("recordedAt").GetDateTimeOffset().ShouldBeGreaterThan(known);
    }

    [Fact]
    public async Task Pages_of_a_revised_past_follow_each_other_without_a_gap_or_a_double()
    {
        var world = new NodeWorld(_client);
        var (leaf, source) = await world.LeafAsync("db");
        var quiet = await PassAsync(DateTimeOffset.UtcNow);
        await ReportAsync(source, "degraded", await PassAsync(quiet));
        await ReportAsync(source, "down", quiet);
        await world.UntilAsync(leaf, page => page.Items().Count == 3, "/transitions");
        var read = new List<string>();
        for (string? next = ""; next is not null; )
        {
            var page = await _client.FetchAsync($"{NodeWorld.Nodes}/{leaf}/transitions?limit=1&before={next}");
            read.AddRange(page.Items().Select(t => t.Text("to")));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }
        read.ShouldBe(["degraded", "down", "up"]);
    }

    [Fact]
    public async Task A_late_observation_tells_when_it_was_so_and_when_it_was_learned()
    {
        var world = new NodeWorld(_client);
        var (leaf, source) = await world.LeafAsync("db");
        var (at, before) = (DateTimeOffset.UtcNow.AddHours(-2), DateTimeOffset.UtcNow);
        await ReportAsync(source, "down", at);
        var check = (await _client.FetchAsync($"{NodeWorld.Nodes}/{leaf}")).Text("checkId");
        var late = (await _client.FetchAsync($"/api/v1/checks/{check}/observations")).Items()[0];
        late.GetProperty("at").GetDateTimeOffset().ShouldBe(at, TimeSpan.FromMilliseconds(1));
        late.GetProperty("receivedAt")
            .GetDateTimeOffset()
            .ShouldBeInRange(before.AddSeconds(-5), DateTimeOffset.UtcNow.AddSeconds(5));
        late.GetProperty("tooLate").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task An_observation_beyond_the_late_window_is_kept_and_marked()
    {
        var world = new NodeWorld(_client);
        var (leaf, source) = await world.LeafAsync("db");
        await ReportAsync(source, "down", DateTimeOffset.UtcNow.AddHours(-25));
        var check = (await _client.FetchAsync($"{NodeWorld.Nodes}/{leaf}")).Text("checkId");
        var observations = (await _client.FetchAsync($"/api/v1/checks/{check}/observations")).Items();
        observations[0].GetProperty("tooLate").GetBoolean().ShouldBeTrue();
        observations[1].GetProperty("tooLate").ValueKind.ShouldBe(JsonValueKind.Null);
        (await _client.FetchAsync($"{NodeWorld.Nodes}/{leaf}")).Text("status").ShouldBe("up");
    }

    [Fact]
    public async Task What_is_no_time_is_refused_as_a_moment_of_knowledge()
    {
        var (leaf, _) = await new NodeWorld(_client).LeafAsync("db");
        using var response = await _client.SendAsync("GET", $"{NodeWorld.Nodes}/{leaf}/transitions?knownAt=yesterday");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    // A moment after another one, once it has come: no report may be dated ahead.
    private static async Task<DateTimeOffset> PassAsync(DateTimeOffset since)
    {
        var moment = since + TimeSpan.FromMilliseconds(100);
        await Eventually.IsTrueAsync(() => DateTimeOffset.UtcNow > moment);
        return moment;
    }

    private static string Text(DateTimeOffset moment) => moment.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ");

    private Task ReportAsync(string source, string status, DateTimeOffset at) =>
        _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            $$"""{"source":"{{source}}","status":"{{status}}","at":"{{Text(at)}}"}"""
        );

    private async Task<IReadOnlyList<string>> ChangesAsync(string leaf, string query = "") =>
        [
            .. (await _client.FetchAsync($"{NodeWorld.Nodes}/{leaf}/transitions{query}"))
                .Items()
                .Select(t => $"{t.Text("from")}>{t.Text("to")}")
                .Reverse(),
        ];
}
