using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Torch.EventStore;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class ParkedAndRebuiltTests : TorchTest
{
    private const string Path = "/api/v1/projections";

    [Fact]
    public async Task An_unknown_event_and_a_bad_one_leave_every_other_stream_alone()
    {
        var sick = Guid.CreateVersion7();
        await AppendAsync(Guid.CreateVersion7(), "from_the_future", """{"a":1}""");
        var poison = await AppendAsync(sick, "report_received", """{"checkId":[]}""");
        var report = await ReportAsync(42);

        await _client.FetchAsync("/api/v1/reports", report);
        var latest = await ProjectionAsync("LatestObservations", report);
        (latest.Number("parkedStreams"), latest.Number("parkedEvents"), latest.Number("lagEvents")).ShouldBe((1, 1, 0));
        (await ProjectionAsync("Nodes", report)).Number("parkedStreams").ShouldBe(0);
        var parked = (await _client.FetchAsync($"{Path}/LatestObservations:All/parked")).Items().ShouldHaveSingleItem();
        parked.Text("streamId").ShouldBe(sick.ToString());
        (parked.Text("log"), parked.Text("type"), parked.Number("position")).ShouldBe(
            ("telemetry", "report_received", poison)
        );
        parked.Text("error").ShouldStartWith("JsonException: ");
        (await _client.FetchAsync("/api/v1/reports")).Items().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_retry_says_why_it_fails_and_what_is_not_parked_is_not_found()
    {
        var sick = Guid.CreateVersion7();
        var poison = await AppendAsync(sick, "report_received", """{"checkId":[]}""");
        await ProjectionAsync("Rollups", poison);

        using (var retry = await _client.SendAsync("POST", $"{Path}/Rollups/parked/{sick}/retry"))
            await retry.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "still_fails");
        using (var other = await _client.SendAsync("POST", $"{Path}/Nodes/parked/{sick}/retry"))
            await other.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
        using (var unknown = await _client.SendAsync("GET", $"{Path}/Weather/parked"))
            await unknown.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_stream_that_can_be_folded_by_now_is_folded_when_told()
    {
        await ReportAsync(1);
        var position = await ReportAsync(2);
        await ProjectionAsync("Checks", position);
        var report = (await _client.FetchAsync("/api/v1/reports")).Items()[0].Text("checkId");
        await _torch.Database.ExecuteAsync(
            $"""
            insert into torch_log.parked_events (projection, position, log, stream_id, type, error)
            select 'Rollups:All', seq_id, 1, stream_id, type, 'a bug that is mended' from telemetry.mt_events where stream_id = '{report}'
            """
        );

        var retried = await _client.ExpectAsync(HttpStatusCode.OK, "POST", $"{Path}/Rollups/parked/{report}/retry");

        retried.Number("events").ShouldBe(2);
        (await _torch.Database.CountAsync("torch.rollups where level_minutes = 15 and count = 4")).ShouldBe(1);
    }

    [Fact]
    public async Task A_rebuild_is_asked_for_followed_and_over()
    {
        var position = await ReportAsync(7);
        await ProjectionAsync("Checks", position);
        await _torch.Database.ExecuteAsync("delete from torch.latest_observations");

        var asked = await _client.ExpectAsync(HttpStatusCode.Accepted, "POST", $"{Path}/LatestObservations/rebuild");
        asked.Text("name").ShouldBe("LatestObservations");
        await EndAsync("LatestObservations");

        (await _client.FetchAsync("/api/v1/reports")).Items().ShouldHaveSingleItem();
        var end = (await ProjectionAsync("LatestObservations", position)).GetProperty("lastRebuild");
        end.Text("outcome").ShouldBe("swapped");
        await _client.ExpectAsync(HttpStatusCode.NotFound, "DELETE", $"{Path}/LatestObservations/rebuild");
    }

    [Fact]
    public async Task A_verification_answers_two_hashes_and_the_first_row_that_differs()
    {
        var position = await ReportAsync(0.1);
        await ProjectionAsync("Rollups", position);
        await _client.ExpectAsync(HttpStatusCode.Accepted, "POST", $"{Path}/Rollups/verify");
        await EndAsync("Rollups");
        var equal = (await ProjectionAsync("Rollups", position)).GetProperty("lastRebuild");
        equal.Text("outcome").ShouldBe("equal");
        equal.Text("liveHash").ShouldBe(equal.Text("rebuiltHash"));

        await _torch.Database.ExecuteAsync("update torch.rollups set count = 99 where level_minutes = 15");
        await _client.ExpectAsync(HttpStatusCode.Accepted, "POST", $"{Path}/Rollups/verify");
        await EndAsync("Rollups");
        var different = (await ProjectionAsync("Rollups", position)).GetProperty("lastRebuild");
        (different.Text("outcome"), different.Text("differentTable")).ShouldBe(("different", "rollups"));
        different.Text("rebuiltHash").ShouldBe(equal.Text("rebuiltHash"));
        (await _torch.Database.CountAsync("torch.rollups where count = 99")).ShouldBe(1);
    }

    private async Task<long> ReportAsync(double value) =>
        (
            await _client.ExpectAsync(
                HttpStatusCode.Accepted,
                "POST",
                "/api/v1/reports",
                FormattableString.Invariant($$"""{"source":"a","value":{{value}},"at":"2026-11-20T12:00:00Z"}""")
            )
        ).Number("position");

    private async Task<long> AppendAsync(Guid stream, string type, string data)
    {
        var log = _torch.Services.GetRequiredService<EventLog>();
        var @event = new EventData(Guid.CreateVersion7(), type, Encoding.UTF8.GetBytes(data));
        var request = new AppendRequest { Streams = [new StreamAppend(Log.Telemetry, stream, [@event], "check")] };
        var outcome = await log.AppendAsync(request, TestContext.Current.CancellationToken);
        return outcome.ShouldBeOfType<AppendOutcome.Appended>().Position;
    }

    private async Task<JsonElement> ProjectionAsync(string name, long position) =>
        (await _client.FetchAsync(Path, position)).Items().Single(p => p.Text("name") == name);

    private Task EndAsync(string name) =>
        Eventually.IsTrueAsync(
            async () => (await ProjectionAsync(name, 0)).GetProperty("rebuild").ValueKind == JsonValueKind.Null,
            TimeSpan.FromSeconds(30)
        );
}
