using System.Net;
using System.Text.Json;
using Torch.Domain;
using Torch.Server.Tests.Features;

namespace Torch.Server.Tests.Agents;

/// <summary>Heartbeat checks, fed by the same reports as ever, through the server's own loop; in real seconds, for the log has PostgreSQL's clock.</summary>
public sealed class HeartbeatTests : TorchTest
{
    private const string Settings =
        "\"kind\":\"heartbeat\",\"source\":\"backup\",\"interval\":\"PT1S\",\"grace\":\"PT0.5S\"";

    [Fact]
    public async Task Silence_turns_a_heartbeat_down_and_a_report_turns_it_up()
    {
        var body = $$"""{"name":"backup",{{Settings}}}""";
        var created = await _client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/checks", body);
        var check = created.GetProperty("id").GetGuid();
        body = $$"""{"name":"backup","checkId":"{{check}}"}""";
        await _client.FetchAsync($"/api/v1/checks/{check}", created.Number("position"));
        var leaf = (await _client.ExpectAsync(HttpStatusCode.Created, "POST", NodeWorld.Nodes, body)).Text("id");
        check.ShouldBe(CheckIds.OfSource("backup"));
        (await _client.FetchAsync($"/api/v1/checks/{check}"))
            .GetProperty("nextBeat")
            .ValueKind.ShouldBe(JsonValueKind.Null);
        await BeatAsync();
        var changes = (await ChangesAsync(leaf, "down up")).Select(t => t.GetProperty("at").GetDateTimeOffset());
        changes.Take(2).ToList().ShouldSatisfyAllConditions(at => (at[0] - at[1]).ShouldBe(TimeSpan.FromSeconds(1.5)));
        var last = await _client.FetchAsync($"/api/v1/checks/{check}");
        var beat = last.GetProperty("nextBeat");
        var at = last.GetProperty("latest").GetProperty("at").GetDateTimeOffset();
        beat.GetProperty("dueAt").GetDateTimeOffset().ShouldBe(at.AddSeconds(1));
        beat.GetProperty("downAt").GetDateTimeOffset().ShouldBe(at.AddSeconds(1.5));

        await BeatAsync();
        await ChangesAsync(leaf, "up down up");
    }

    // Newest first.
    private async Task<IReadOnlyList<JsonElement>> ChangesAsync(string leaf, string expected) =>
        (
            await new NodeWorld(_client).UntilAsync(
                leaf,
                page =>
                    string.Join(' ', page.Items().Select(t => t.Text("to")))
                        .Contains(expected, StringComparison.Ordinal),
                "/transitions"
            )
        ).Items();

    [Fact]
    public async Task A_source_that_has_reported_already_becomes_a_heartbeat_by_its_settings()
    {
        await BeatAsync();
        var id = CheckIds.OfSource("backup");
        await _client.FetchAsync($"/api/v1/reports?limit=1");
        var body = $$"""{"name":"backup",{{Settings}}}""";
        await _client.ExpectAsync(HttpStatusCode.OK, "PUT", $"/api/v1/checks/{id}", body, ("If-Match", "\"0\""));

        (await _client.FetchAsync($"/api/v1/checks/{id}")).Text("kind").ShouldBe("heartbeat");
    }

    private Task BeatAsync() =>
        _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            """{"source":"backup","status":"up"}"""
        );
}
