using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class OwnMetricsTests
{
    private const string Metrics = "/api/v1/system/metrics";
    private const string Happened = "/api/v1/system/events";
    private static readonly (string, string) Often = ("OWN_METRICS", "10s");

    // Ten seconds pass in one.
    private static Task<TorchFactory> StartAsync() => TorchFactory.StartAsync(new FastTime(10), Often);

    private static double?[] Values(JsonElement metrics, string figure, string column) =>
        [
            .. metrics
                .GetProperty("figures")
                .EnumerateArray()
                .Single(f => f.Text("name") == figure)
                .GetProperty(column)
                .EnumerateArray()
                .Select(v => v.ValueKind == JsonValueKind.Null ? (double?)null : v.GetDouble()),
        ];

    private static async Task<IReadOnlyList<string?>> KindsAsync(HttpClient client, string query = "") =>
        [
            .. (await client.FetchAsync(Happened + query))
                .GetProperty("items")
                .EnumerateArray()
                .Select(e => e.Text("kind")),
        ];

    private static async Task<JsonElement> MeasuredAsync(HttpClient client, Func<JsonElement, bool> isThere)
    {
        var found = default(JsonElement);
        await Eventually.IsTrueAsync(async () =>
        {
            await client.SendAsync("POST", "/api/v1/reports", """{"source":"disk","status":"up"}""");
            await client.GetAsync("/api/v1/checks/nonsense");
            // The server's clock runs ahead of the test's.
            found = await client.FetchAsync($"{Metrics}?from={Time(-60)}&to={Time(60)}&buckets=10");
            return isThere(found);
        });
        return found;
    }

    private static string Time(int minutes) =>
        DateTimeOffset.UtcNow.AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_server_writes_how_it_does_and_answers_it_as_series()
    {
        await using var torch = await StartAsync();
        using var client = torch.Client();

        var metrics = await MeasuredAsync(
            client,
            m =>
                Values(m, "reports.rate", "largest").Any(v => v > 0)
                && Values(m, "requests.refused", "largest").Any(v => v > 0)
        );

        metrics.GetProperty("servers").EnumerateArray().Single().GetString().ShouldBe(Environment.MachineName);
        metrics.GetProperty("at").GetArrayLength().ShouldBe(10);
        Values(metrics, "append.p99", "mean").Max().ShouldNotBeNull().ShouldBeGreaterThan(0);
        Values(metrics, "evaluation.p99", "mean").Max().ShouldNotBeNull().ShouldBeGreaterThan(0);
        Values(metrics, "process.memory", "mean").Max().ShouldNotBeNull().ShouldBeGreaterThan(1e6);
        Values(metrics, "process.cpu", "mean").Max().ShouldNotBeNull().ShouldBeGreaterThan(0);
        Values(metrics, "database.bytes", "mean").Max().ShouldNotBeNull().ShouldBeGreaterThan(1e6);
        Values(metrics, "reports.rate", "mean").ShouldContain((double?)null);
    }

    [Fact]
    public async Task Figures_and_events_of_a_server_survive_it_and_a_rebuild()
    {
        await using var torch = await StartAsync();
        using (var client = torch.Client())
            await MeasuredAsync(client, m => Values(m, "reports.rate", "mean").Any(v => v is not null));
        await using (var second = await TorchFactory.StartBesideAsync(torch, Often))
        {
            using var client = second.Client();
            await Eventually.IsTrueAsync(async () => (await KindsAsync(client)).Count(k => k == "started") == 2);
        }
        using var first = torch.Client();
        await Eventually.IsTrueAsync(async () => (await KindsAsync(first)).Contains("stopped"));
        await first.SendAsync("POST", "/api/v1/projections/ServerFigures/rebuild");
        await Eventually.IsTrueAsync(async () => (await KindsAsync(first)).Contains("rebuilt"));

        var verified = await first.SendAsync("POST", "/api/v1/projections/ServerFigures/verify");
        verified.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.IsTrueAsync(async () => (await KindsAsync(first)).Count(k => k == "rebuilt") == 2);

        var events = (await first.FetchAsync(Happened)).GetProperty("items").EnumerateArray().ToList();
        events[0].Text("text").ShouldBe("ServerFigures was verified: it equals its rebuild.");
        events
            .Single(e => e.Text("kind") == "stopped")
            .Text("text")
            .ShouldBe($"{Environment.MachineName} was stopped.");
        await MeasuredAsync(first, m => Values(m, "reports.rate", "mean").Any(v => v is not null));
    }

    [Fact]
    public async Task A_database_that_was_away_is_told_once_with_its_time()
    {
        await using var torch = await TorchFactory.StartAsync(Often);
        using var client = torch.Client();
        await Eventually.IsTrueAsync(async () => (await KindsAsync(client)).Contains("started"));
        var (lost, begun) = (0, Stopwatch.GetTimestamp());

        await torch.Database.WithoutServingAsync(async () =>
        {
            await Eventually.IsTrueAsync(async () =>
            {
                using var answer = await client.SendAsync("POST", "/api/v1/reports", """{"source":"disk"}""");
                lost += answer.StatusCode == HttpStatusCode.ServiceUnavailable ? 1 : 0;
                // Longer than from one look to the next.
                return lost > 0 && Stopwatch.GetElapsedTime(begun) > TimeSpan.FromSeconds(5);
            });
        });

        await Eventually.IsTrueAsync(async () => (await KindsAsync(client)).Contains("databaseRegained"));
        var events = (await client.FetchAsync(Happened)).GetProperty("items").EnumerateArray().ToList();
        var regained = events.Single(e => e.Text("kind") == "databaseRegained");
        regained
            .GetProperty("since")
            .GetDateTimeOffset()
            .ShouldBeLessThan(regained.GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task An_upgrade_is_told_with_both_versions_and_pages_follow_each_other()
    {
        await using var torch = await StartAsync();
        using var client = torch.Client();
        await Eventually.IsTrueAsync(async () => (await KindsAsync(client)).Contains("started"));
        await torch.Database.ExecuteAsync(
            """
            insert into torch.service_events (position, at, type, data)
            values (1000000, now(), 'server_started', '{"server":"a","version":"99.0"}'),
                (1000001, now(), 'server_started', '{"server":"a","version":"99.0"}'),
                (1000002, now(), 'partition_dropped', '{"partition":"p","fromPosition":1,"toPosition":11}')
            """
        );

        var page = await client.FetchAsync(Happened + "?limit=2");
        var next = await client.FetchAsync(Happened + $"?limit=2&before={page.Text("next")}");

        page.GetProperty("items").EnumerateArray().Select(e => e.Text("kind")).ShouldBe(["dropped", "started"]);
        page.GetProperty("items")[0].Text("text").ShouldBe("Retention removed the observations from position 1 to 10.");
        var upgraded = next.GetProperty("items")[0];
        upgraded.Text("kind").ShouldBe("upgraded");
        upgraded.Text("text").ShouldNotBeNull().ShouldStartWith("a started with Torch 99.0 after ");
        (await KindsAsync(client, $"?from={Time(60)}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Switched_off_it_writes_nothing_of_itself_and_says_so_with_nulls()
    {
        await using var torch = await TorchFactory.StartAsync();
        using var client = torch.Client();
        await client.SendAsync("POST", "/api/v1/reports", """{"source":"disk"}""");

        var metrics = await client.FetchAsync($"{Metrics}?buckets=3");

        metrics.GetProperty("servers").GetArrayLength().ShouldBe(0);
        Values(metrics, "reports.rate", "mean").ShouldBe([null, null, null]);
        (await torch.Database.CountAsync("journal.mt_events where type like 'server%'")).ShouldBe(0);
        (await torch.Database.CountAsync("telemetry.mt_events where type like 'server%'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("?buckets=0")]
    [InlineData("?buckets=1001")]
    [InlineData("?from=yesterday")]
    [InlineData("?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")]
    public async Task A_question_that_makes_no_sense_is_refused(string query)
    {
        await using var torch = await TorchFactory.StartAsync();
        using var client = torch.Client();

        (await client.GetAsync(Metrics + query)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
