using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features.Checks;
using Torch.Server.Http;

namespace Torch.Server.Tests.Features;

public sealed partial class MetricSeriesTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    // Whole hours of yesterday, so that edges of buckets are round.
    private static readonly DateTimeOffset End = new(DateTime.UtcNow.Date, TimeSpan.Zero);
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_metric_has_its_own_buckets_of_what_carried_it()
    {
        await ReportAsync(
            """{"source":"metric/disk","value":7,"metrics":{"disk.used":0.2,"files":10},"at":"{-50}"}""",
            """{"source":"metric/disk","value":7,"metrics":{"disk.used":0.4},"at":"{-40}","status":"down"}""",
            """{"source":"metric/disk","value":7,"metrics":{"disk.used":0.9},"at":"{-20}"}""",
            """{"source":"metric/disk","value":7,"at":"{-15}"}"""
        );

        var series = await SeriesAsync("metric/disk", "disk.used");

        series.GetProperty("level").ValueKind.ShouldBe(JsonValueKind.Null);
        var buckets = series.Many("buckets");
        buckets.Select(b => (b.Number("count"), b.Number("good"))).ShouldBe([(2, 1), (1, 1)]);
        Numbers(buckets[0], "min", "mean", "max", "p50", "p99").ShouldBe([0.2, 0.3, 0.4, 0.2, 0.4]);
        Numbers(buckets[1], "min", "mean", "max", "p50", "p99").ShouldBe([0.9, 0.9, 0.9, 0.9, 0.9]);
        (await SeriesAsync("metric/disk", "files")).Many("buckets").Sum(b => b.Number("count")).ShouldBe(1);
    }

    [Fact]
    public async Task One_that_nobody_reported_is_no_data()
    {
        await ReportAsync("""{"source":"metric/none","value":7,"at":"{-10}"}""");

        var buckets = (await SeriesAsync("metric/none", "value")).Many("buckets");

        buckets.Select(b => b.Number("count")).ShouldBe([0, 0]);
        buckets[0].GetProperty("mean").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%00")]
    [InlineData(null)]
    public async Task A_name_that_no_metric_can_have_is_refused(string? name)
    {
        await ReportAsync("""{"source":"metric/name","value":7,"at":"{-10}"}""");
        var path = $"/api/v1/checks/{CheckIds.OfSource("metric/name")}/series?metric={name ?? new string('m', 201)}";

        using var answer = await _client.GetAsync(path);

        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        problem.GetProperty("errors").TryGetProperty("metric", out _).ShouldBeTrue(problem.ToString());
    }

    [Fact]
    public async Task What_a_probe_measures_is_asked_for_by_the_name_that_rules_use()
    {
        var check = Guid.CreateVersion7();
        var position = await AppendAsync(
            new CheckCreated(check, new CheckSettings("ping", CheckKind.Icmp)),
            Probe(check, -20, 33),
            Probe(check, -15, 100, "inconclusive"),
            Probe(check, -10, 67)
        );

        var series = await _client.FetchAsync(Path(check, "icmp.loss"), position);

        Numbers(series.Many("buckets")[1], "min", "mean", "max").ShouldBe([33, 50, 67]);
    }

    [Fact]
    public async Task The_largest_numbers_have_a_mean_too()
    {
        await ReportAsync(
            """{"source":"metric/large","value":1e300,"metrics":{"large":1.7e308},"at":"{-20}"}""",
            """{"source":"metric/large","value":-3e300,"metrics":{"large":-1.7e308},"at":"{-20}"}"""
        );

        Numbers((await SeriesAsync("metric/large", "large")).Many("buckets")[1], "min", "mean", "p50")
            .ShouldBe([-1.7e308, 0, -1.7e308]);
        // Read from the observations, too.
        var path = Path(CheckIds.OfSource("metric/large"), null).Replace("buckets=2", "buckets=59");
        var seen = (await _client.FetchAsync(path)).Many("buckets").Where(b => b.Number("count") > 0);
        Numbers(seen.ShouldHaveSingleItem(), "mean", "max").ShouldBe([-1e300, 1e300]);
    }

    [Fact]
    public async Task It_begins_where_the_observations_that_are_read_do()
    {
        var now = DateTimeOffset.UtcNow;
        var lines = Enumerable
            .Range(1, 40)
            .Select(i => $$"""{"source":"metric/many","metrics":{"n":{{i}}},"at":"{{now.AddMinutes(i - 50):O}}"}""");
        await ReportAsync([.. lines]);

        var (plan, filled) = await ReadAsync("metric/many", "n", new(now.AddHours(-1), now.AddMinutes(1)), most: 10);

        plan.Grid.From.ShouldBe(now.AddMinutes(-19), TimeSpan.FromMilliseconds(1));
        (filled.Sum(b => b.Count), filled.Min(b => b.Min), filled.Max(b => b.Max)).ShouldBe((10, 31, 40));
        var all = await ReadAsync("metric/many", "n", new(now.AddHours(-1), now.AddMinutes(1)), most: 40);
        (all.Plan.Grid.From, all.Filled.Sum(b => b.Count)).ShouldBe((now.AddHours(-1), 40));
    }

    [Fact]
    public async Task What_came_late_counts_as_far_as_the_late_window_reaches()
    {
        await ReportAsync("""{"source":"metric/late","metrics":{"n":1},"at":"{-10}"}""");
        var hour = new TimeRange(End.AddHours(-1), End);

        (await ReadAsync("metric/late", "n", hour, late: TimeSpan.FromDays(2))).Filled.Sum(b => b.Count).ShouldBe(1);
        (await ReadAsync("metric/late", "n", hour, late: TimeSpan.Zero)).Filled.ShouldBeEmpty();
    }

    private async Task<(SeriesPlan Plan, IReadOnlyCollection<Contracts.SeriesBucket> Filled)> ReadAsync(
        string source,
        string metric,
        TimeRange range,
        int most = 1_000,
        TimeSpan? late = null
    )
    {
        var (plan, filled) = await MetricSeriesReading.ReadAsync(
            fixture.Torch.Database.DataSource,
            CheckIds.OfSource(source),
            metric,
            range,
            4,
            late ?? TimeSpan.FromDays(1),
            CancellationToken.None,
            most
        );
        return (plan, filled.Values);
    }

    private Task<JsonElement> SeriesAsync(string source, string metric) =>
        _client.FetchAsync(Path(CheckIds.OfSource(source), metric));

    // The hour before midnight in two buckets.
    private static string Path(Guid check, string? metric) =>
        $"/api/v1/checks/{check}/series?from={End.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}&to={End:yyyy-MM-ddTHH:mm:ssZ}&buckets=2"
        + (metric is null ? "" : "&metric=" + metric);

    // {-10} is ten minutes before midnight.
    private async Task ReportAsync(params string[] lines)
    {
        var timed = lines.Select(l =>
            Minutes().Replace(l, m => $"{End.AddMinutes(int.Parse(m.Groups["minutes"].Value)):O}")
        );
        var sent = await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports/batch",
            "[" + string.Join(',', timed) + "]"
        );
        await _client.FetchAsync("/api/v1/reports", sent.Number("position"));
    }

    private static ProbeCompleted Probe(Guid check, int minutes, double loss, string outcome = "up") =>
        new(
            check,
            Guid.CreateVersion7(),
            End.AddMinutes(minutes),
            outcome,
            null,
            null,
            null,
            null,
            null,
            new Latency(null, null, null, null, null, 3),
            null,
            null,
            null,
            null,
            0,
            "here",
            new Dictionary<string, double> { ["icmp.loss"] = loss }
        );

    private async Task<long> AppendAsync(CheckCreated created, params ProbeCompleted[] probes)
    {
        StreamAppend[] streams =
        [
            Stream(Log.Journal, created),
            .. probes.Select(p => Stream(Log.Telemetry, p)).GroupBy(s => s.StreamId).Select(Joined),
        ];
        var outcome = await fixture
            .Torch.Services.GetRequiredService<IEventLog>()
            .AppendAsync(new AppendRequest { Streams = streams }, CancellationToken.None);
        return outcome.ShouldBeOfType<AppendOutcome.Appended>().Position;

        StreamAppend Stream(Log log, IEvent e) =>
            new(log, created.CheckId, [EventCodec.Encode(e, Guid.CreateVersion7())], "check");

        static StreamAppend Joined(IGrouping<Guid, StreamAppend> of) =>
            of.First() with
            {
                Events = [.. of.SelectMany(s => s.Events)],
            };
    }

    [GeneratedRegex(@"\{(?<minutes>-\d+)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Minutes();

    private static double[] Numbers(JsonElement bucket, params string[] names) =>
        [.. names.Select(n => bucket.GetProperty(n).GetDouble())];
}
