using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.EventStore.Retention;
using Torch.Server.Events;
using Torch.Server.Projecting;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

/// <summary>Reports on observations, which are dropped, revised and folded anew.</summary>
public sealed class SloHistoryTests : IAsyncLifetime
{
    private const string Path = "/api/v1/slos";
    private TorchFactory _torch = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _torch = await TorchFactory.StartAsync(("RETENTION", "7d"));
        _client = _torch.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _torch.DisposeAsync();
    }

    [Fact]
    public async Task A_report_stays_the_same_to_the_byte_over_late_data_a_retention_run_and_a_rebuild()
    {
        var begin = DateTimeOffset.UtcNow.AddHours(-3);
        for (var i = 0; i < 20; i++)
            await ReportAsync(i % 4 == 0 ? "down" : "up", begin.AddMinutes(i));
        var root = await CreateAsync("nodes", """{"name":"shop"}""");
        var leaf = await CreateAsync(
            "nodes",
            $$"""{"name":"db","parentId":"{{root}}","checkId":"{{CheckIds.OfSource("db")}}"}"""
        );
        var count = await ObjectiveAsync(leaf, """ "sli":{"kind":"count"} """);
        var time = await ObjectiveAsync(root, """ "sli":{"kind":"time"} """);
        await SettleAsync(await ReportAsync("down", DateTimeOffset.UtcNow));
        await Eventually.IsTrueAsync(async () =>
            (await _client.FetchAsync($"/api/v1/nodes/{root}")).Text("status") == "down"
        );
        var first = new List<(string Path, string Text)>();
        foreach (var path in (string[])[$"{Path}/{count}/report?subtree=false", $"{Path}/{time}/report?subtree=true"])
        {
            var text = await _client.GetStringAsync(path);
            var stamp = JsonElement.Parse(text);
            first.Add((path + $"&asOf={stamp.Text("asOf")}&atPosition={stamp.Number("position")}", text));
        }
        JsonElement.Parse(first[0].Text).Number("good").ShouldBe(15);

        await SettleAsync(await ReportAsync("down", begin.AddMinutes(5)));
        await ShouldBeTheSameAsync(first);
        await DropAsync();
        await ShouldBeTheSameAsync(first);
        foreach (var name in (string[])["Rollups", "Transitions", "Absences", "Gaps", "Nodes"])
            await RebuildAsync(name);
        await ShouldBeTheSameAsync(first);

        (await _client.FetchAsync($"{Path}/{count}/report")).Number("bad").ShouldBe(6);
    }

    [Fact]
    public async Task Good_observations_that_took_too_long_are_bad()
    {
        var check = await CreateAsync(
            "checks",
            """{"name":"web","kind":"http","interval":"P1D","http":{"url":"http://127.0.0.1:1/"}}"""
        );
        var leaf = await CreateAsync("nodes", $$"""{"name":"web","checkId":"{{check}}"}""");
        var begin = DateTimeOffset.UtcNow.AddHours(-2);
        double[] took = [10, 150, 199, 201, 450, 90];
        for (var i = 0; i < took.Length; i++)
            await ProbeAsync(Guid.Parse(check), begin.AddMinutes(i), took[i], i == 5 ? "down" : "up");
        var id = await ObjectiveAsync(leaf, """ "sli":{"kind":"latency","threshold":"PT0.2S"} """);

        var report = await _client.FetchAsync($"{Path}/{id}/report");

        (report.Number("good"), report.Number("bad")).ShouldBe((3, 3));
        report.GetProperty("availability").GetDecimal().ShouldBe(50);
        report.GetProperty("objective").GetProperty("sli").Text("threshold").ShouldBe("PT0.2S");
        var range = $"from={begin.AddMinutes(2.5):yyyy-MM-ddTHH:mm:ssZ}&to={begin.AddMinutes(5):yyyy-MM-ddTHH:mm:ssZ}";
        (await _client.FetchAsync($"{Path}/{id}/report?{range}")).Number("good").ShouldBeLessThan(3);
    }

    private async Task ProbeAsync(Guid check, DateTimeOffset at, double ms, string outcome)
    {
        var probe = new ProbeCompleted(
            check,
            Guid.CreateVersion7(),
            at,
            outcome,
            null,
            null,
            200,
            "1.1",
            "127.0.0.1",
            new Latency(0.5, 1, null, 1, 0.5, ms),
            null,
            null,
            null,
            10,
            0,
            "here"
        );
        var append = new StreamAppend(Log.Telemetry, check, [EventCodec.Encode(probe, Guid.CreateVersion7())], "check");
        var outcomeOf = await _torch
            .Services.GetRequiredService<IEventLog>()
            .AppendAsync(new AppendRequest { Streams = [append] }, CancellationToken.None);
        await SettleAsync(outcomeOf.ShouldBeOfType<AppendOutcome.Appended>().Position);
    }

    private async Task ShouldBeTheSameAsync(IEnumerable<(string Path, string Text)> first)
    {
        foreach (var (path, text) in first)
            (await _client.GetStringAsync(path)).ShouldBe(text);
    }

    private async Task DropAsync()
    {
        var partitions = new TelemetryPartitions(_torch.Database.DataSource);
        (await partitions.CloseAsync(TimeSpan.Zero, CancellationToken.None)).ShouldBe("mt_events_0");
        await partitions.MeasureAsync(CancellationToken.None);
        await _torch.Database.ExecuteAsync(
            "update torch_log.telemetry_partitions set last_time = now() - interval '8 days' where name = 'mt_events_0'"
        );
        await SettleAsync(await ReportAsync("up", DateTimeOffset.UtcNow));
        await Eventually.IsTrueAsync(
            async () =>
            {
                using var answer = await _client.PostAsync("/api/v1/retention/run", null);
                return answer.StatusCode == HttpStatusCode.OK
                    && JsonElement.Parse(await answer.Content.ReadAsStringAsync()).Many("dropped").Count == 1;
            },
            TimeSpan.FromSeconds(20)
        );
    }

    private async Task RebuildAsync(string name)
    {
        await _client.SendAsync("POST", $"/api/v1/projections/{name}/rebuild");
        await Eventually.IsTrueAsync(
            async () => await _torch.Database.CountAsync("torch_log.rebuilds") == 0,
            TimeSpan.FromSeconds(20)
        );
    }

    private Task<string> ObjectiveAsync(string node, string more) =>
        CreateAsync(
            "slos",
            $$"""{"name":"Shop","nodeId":"{{node}}","target":99.9,"window":{"kind":"rolling","duration":"P30D"},{{more}}}"""
        );

    private async Task<string> CreateAsync(string what, string body) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", $"/api/v1/{what}", body)).Text("id");

    private async Task<long> ReportAsync(string status, DateTimeOffset at) =>
        (
            await _client.ExpectAsync(
                HttpStatusCode.Accepted,
                "POST",
                "/api/v1/reports",
                $$"""{"source":"db","status":"{{status}}","at":"{{at:O}}"}"""
            )
        ).Number("position");

    private async Task SettleAsync(long position) =>
        await _torch.Services.GetRequiredService<IReadPosition>().WaitForAsync(position, CancellationToken.None);
}
