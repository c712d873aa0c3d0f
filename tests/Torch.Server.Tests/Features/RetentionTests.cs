using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Torch.Domain;
using Torch.EventStore.Retention;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class RetentionTests : IAsyncLifetime
{
    private const string Path = "/api/v1/retention";
    private static readonly Guid Check = CheckIds.OfSource("kept");
    private TorchFactory _torch = null!;
    private HttpClient _client = null!;

    private static readonly string From = DateTime.UtcNow.Date.AddDays(-2).ToString("O");
    private static readonly string To = DateTime.UtcNow.Date.AddDays(1).ToString("O");

    public async ValueTask InitializeAsync()
    {
        _torch = await TorchFactory.StartAsync(("RETENTION", "7d"), ("RETENTION_SIZE", "20GB"));
        _client = _torch.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _torch.DisposeAsync();
    }

    [Fact]
    public async Task What_is_past_its_retention_goes_and_charts_stay_as_they_were()
    {
        await ReportAsync(1);
        var old = await ReportAsync(2);
        await AgeAsync();
        var position = await ReportAsync(3);
        await _client.FetchAsync("/api/v1/reports", position);
        var before = await SeriesAsync();
        (await ObservationsAsync()).GetProperty("retainedFrom").ValueKind.ShouldBe(JsonValueKind.Null);

        // The evaluator's checkpoint follows within a second.
        JsonElement dry = default;
        await Eventually.IsTrueAsync(
            async () => (dry = await RunAsync("?dryRun=true")).Many("partitions")[0].Many("kept").Count == 0,
            TimeSpan.FromSeconds(10)
        );
        dry.Many("partitions")[0].Text("name").ShouldBe("mt_events_0");
        dry.Many("dropped").ShouldBeEmpty();
        (dry.Text("retention"), dry.Number("retentionBytes")).ShouldBe(("P7D", 20_000_000_000));
        await Eventually.IsTrueAsync(
            async () => (await RunAsync("")).Many("dropped").Count == 1,
            TimeSpan.FromSeconds(20)
        );

        (await SeriesAsync()).ShouldBe(before);
        var day = await _client.FetchAsync($"/api/v1/checks/{Check}/series");
        day.Many("buckets").Sum(b => b.Number("count")).ShouldBe(3);
        var metric = await _client.FetchAsync($"/api/v1/checks/{Check}/series?metric=load");
        metric.GetProperty("from").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddHours(-1));
        var observations = await ObservationsAsync();
        observations.Items().ShouldHaveSingleItem().Number("position").ShouldBeGreaterThan(old);
        observations
            .GetProperty("retainedFrom")
            .GetDateTimeOffset()
            .ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddHours(-1));
        var seal = (await _client.GetFromJsonAsync<JsonElement>(Path + "/seals"))
            .EnumerateArray()
            .ShouldHaveSingleItem();
        (seal.Text("partition"), seal.GetProperty("isSound").GetBoolean()).ShouldBe(("mt_events_0", true));
        (await _client.GetFromJsonAsync<JsonElement>(Path))
            .Many("partitions")[0]
            .Many("kept")[0]
            .Text("code")
            .ShouldBe("in_use");
    }

    [Fact]
    public async Task What_somebody_holds_stays_and_says_for_whom()
    {
        await ReportAsync(1);
        await AgeAsync();
        await _torch.Database.ExecuteAsync(
            "insert into torch_log.retention_holds values ('objective', null, 0, 'its window needs raw data')"
        );

        var kept = (await RunAsync("")).Many("partitions")[0].Many("kept");

        kept.ShouldContain(k => k.Text("code") == "held" && k.Text("detail") == "objective: its window needs raw data");
        (await _torch.Database.CountAsync("telemetry.mt_events_0")).ShouldBeGreaterThan(0);
    }

    private async Task<long> ReportAsync(double value)
    {
        var answer = await _client.PostAsJsonAsync("/api/v1/reports", new { source = "kept", value });
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).Number("position");
    }

    private async Task AgeAsync()
    {
        var partitions = new TelemetryPartitions(_torch.Database.DataSource);
        (await partitions.CloseAsync(TimeSpan.Zero, CancellationToken.None)).ShouldBe("mt_events_0");
        await partitions.MeasureAsync(CancellationToken.None);
        await _torch.Database.ExecuteAsync(
            "update torch_log.telemetry_partitions set last_time = now() - interval '8 days' where name = 'mt_events_0'"
        );
    }

    private async Task<JsonElement> RunAsync(string query)
    {
        using var answer = await _client.PostAsync(Path + "/run" + query, null);
        if (answer.StatusCode == HttpStatusCode.Conflict)
            return JsonElement.Parse("""{"dropped":[],"partitions":[]}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    // What a chart of three days shows, without the position, which moves.
    private async Task<string> SeriesAsync() =>
        (await _client.FetchAsync($"/api/v1/checks/{Check}/series?from={From}&to={To}&buckets=24"))
            .GetProperty("buckets")
            .ToString();

    private Task<JsonElement> ObservationsAsync() =>
        _client.GetFromJsonAsync<JsonElement>($"/api/v1/checks/{Check}/observations");
}
