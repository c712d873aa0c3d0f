using System.Net;
using System.Text.Json;
using Torch.Server.Tests.Agents;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

/// <summary>What <c>GET /metrics</c> tells of probes, by the names that dashboards of blackbox_exporter know: results come from an agent over HTTP, and the text is read as Prometheus reads it.</summary>
public sealed class ProbeMetricsTests(KeyedFixture fixture) : IClassFixture<KeyedFixture>, IAsyncLifetime
{
    private static readonly string[] Phased = ["resolve", "connect", "tls", "processing", "transfer"];
    private readonly HttpClient _reader = fixture.Torch.Client(KeyedFixture.Key);
    private readonly string _place = "place-" + Guid.NewGuid().ToString("N")[..8];
    private RemoteAgent _agent = null!;

    public async ValueTask InitializeAsync() =>
        _agent = await RemoteAgent.ComeAsync(fixture.Torch, _reader, "agent of " + _place, _place);

    public ValueTask DisposeAsync()
    {
        _agent.Dispose();
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("probe_success")]
    [InlineData("probe_duration_seconds")]
    [InlineData("probe_http_duration_seconds")]
    [InlineData("probe_http_status_code")]
    [InlineData("probe_ssl_earliest_cert_expiry")]
    public async Task Each_promised_name_is_announced_once_as_a_gauge_with_its_labels(string name)
    {
        var id = await ProbedAsync("Announced " + name);
        var metrics = await UntilAsync(id, m => m.Of(name, id).Count > 0);

        metrics.Types[name].ShouldBe("gauge");
        metrics.Helps[name].ShouldEndWith(".");
        foreach (var sample in metrics.Of(name, id))
        {
            (sample.Labels["check"], sample.Labels["kind"]).ShouldBe(("Announced " + name, "http"));
            string[] labels =
                name == "probe_http_duration_seconds" ? ["check", "kind", "id", "phase"] : ["check", "kind", "id"];
            sample.Labels.Keys.ShouldBe(labels, ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Values_are_the_last_results_in_seconds_and_unix_time()
    {
        var id = await ProbedAsync("Shop");
        var metrics = await UntilAsync(id, m => m.Of("probe_success", id).Count == 1);

        Value(metrics, "probe_success", id).ShouldBe(1);
        Value(metrics, "probe_duration_seconds", id).ShouldBe(0.0875);
        Value(metrics, "probe_http_status_code", id).ShouldBe(204);
        Value(metrics, "probe_ssl_earliest_cert_expiry", id).ShouldBe(1_900_000_000);
        metrics
            .Of("probe_http_duration_seconds", id)
            .ToDictionary(s => s.Labels["phase"], s => s.Value)
            .ShouldBe(
                Phased.Zip([0.0025, 0.01, 0.03, 0.04, 0.005]).ToDictionary(p => p.First, p => p.Second),
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task A_later_result_takes_the_place_of_the_one_before_and_what_it_has_not_measured_is_not_told()
    {
        var id = await ProbedAsync("Breaks");
        await UntilAsync(id, m => m.Of("probe_http_status_code", id).Count == 1);
        await _agent.DeliverAsync(Refused(id));

        var metrics = await UntilAsync(id, m => m.Of("probe_success", id) is [{ Value: 0 }]);

        Value(metrics, "probe_duration_seconds", id).ShouldBe(0.003);
        metrics.Of("probe_http_status_code", id).ShouldBeEmpty();
        metrics.Of("probe_ssl_earliest_cert_expiry", id).ShouldBeEmpty();
        metrics.Of("probe_http_duration_seconds", id).Select(s => s.Value).ShouldBe([0, 0, 0, 0, 0]);
    }

    [Fact]
    public async Task A_check_of_another_protocol_has_no_phases_of_http_and_one_that_is_switched_off_nothing()
    {
        var settings = """ "tcp":{"host":"127.0.0.1","port":9} """;
        var id = await CheckAsync("Port", "tcp", settings);
        await _agent.DeliverAsync(Refused(id));
        var metrics = await UntilAsync(id, m => m.Of("probe_success", id).Count == 1);

        metrics.Of("probe_success", id)[0].Labels["kind"].ShouldBe("tcp");
        Value(metrics, "probe_duration_seconds", id).ShouldBe(0.003);
        metrics.Of("probe_http_duration_seconds", id).ShouldBeEmpty();
        await _reader.ExpectAsync(
            HttpStatusCode.OK,
            "PUT",
            $"/api/v1/checks/{id}",
            Body("Port", "tcp", settings + ""","enabled":false""")
        );
        await UntilAsync(id, m => m.Samples.All(s => s.Labels.GetValueOrDefault("id") != id));
    }

    [Fact]
    public async Task Any_name_comes_out_as_it_is_and_two_checks_of_one_name_are_two_series()
    {
        const string name = """He said "C:\new\temp", {check="x"} # und Grüße 🔥""";
        var (first, second) = (await ProbedAsync(name), await ProbedAsync(name));
        var metrics = await UntilAsync(second, m => m.Of("probe_success", second).Count == 1);

        foreach (var id in (string[])[first, second])
            metrics.Of("probe_success", id).ShouldHaveSingleItem().Labels["check"].ShouldBe(name);
    }

    [Fact]
    public async Task A_name_of_two_lines_is_refused_and_one_that_stands_there_all_the_same_breaks_no_line()
    {
        const string name = "first\nprobe_success{check=\"forged\"} 1\\";
        using var refused = await _reader.SendAsync("POST", "/api/v1/checks", Body(name, "http", Http));
        await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        var id = await ProbedAsync("Two lines");
        await UntilAsync(id, m => m.Of("probe_success", id).Count == 1);
        await fixture.Torch.Database.ExecuteAsync(
            $"update torch.checks set name = E'{name.Replace("\\", "\\\\").Replace("\n", "\\n")}' where id = '{id}'"
        );

        var metrics = await ReadAsync();

        metrics.Of("probe_success", id).ShouldHaveSingleItem().Labels["check"].ShouldBe(name);
        metrics.Of("probe_success").ShouldAllBe(s => s.Labels["check"] != "forged");
    }

    [Fact]
    public async Task OpenMetrics_tells_the_same_of_probes_and_ends_as_it_must()
    {
        var id = await ProbedAsync("Open");
        var plain = await UntilAsync(id, m => m.Of("probe_http_status_code", id).Count == 1);
        using var answer = await _reader.SendAsync(
            "GET",
            "/metrics",
            null,
            ("Accept", "application/openmetrics-text; version=1.0.0")
        );

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/openmetrics-text");
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldEndWith("\n# EOF\n");
        var open = Exposition.Parse(text[..^"# EOF\n".Length]);
        open.Types.Where(t => t.Value == "counter")
            .ShouldAllBe(t => !t.Key.EndsWith("_total", StringComparison.Ordinal));
        open.Samples.Where(s => s.Labels.GetValueOrDefault("id") == id)
            .Select(Line)
            .ShouldBe(plain.Samples.Where(s => s.Labels.GetValueOrDefault("id") == id).Select(Line));

        static string Line(Sample s) => $"{s.Name} {string.Join(' ', s.Labels.Values)} {s.Value}";
    }

    [Theory]
    [InlineData("torch_reports_accepted_total", "counter")]
    [InlineData("torch_log_position", "gauge")]
    [InlineData("torch_projection_lag_events", "gauge", "projection")]
    [InlineData("torch_agents", "gauge")]
    [InlineData("torch_incidents_open", "gauge")]
    [InlineData("torch_notices_waiting", "gauge")]
    [InlineData("torch_log_lines_total", "counter", "level", "component")]
    public async Task Torchs_own_figures_have_their_types_and_labels_for_everybody(
        string name,
        string type,
        params string[] labels
    )
    {
        using var stranger = fixture.Torch.Client();
        using var answer = await stranger.SendAsync("GET", "/metrics");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var metrics = Exposition.Parse(await answer.Content.ReadAsStringAsync());

        metrics.Types[name].ShouldBe(type);
        metrics.Of(name).ShouldAllBe(s => s.Labels.Keys.Order().SequenceEqual(labels.Order()) && s.Value >= 0);
        if (labels.Length == 0)
            metrics.Of(name).ShouldHaveSingleItem();
        metrics.Types.Keys.ShouldAllBe(n => !n.StartsWith("probe_", StringComparison.Ordinal));
    }

    private const string Http = """ "http":{"url":"https://127.0.0.1:9/"} """;

    private string Body(string name, string kind, string settings) =>
        $$"""{"name":{{JsonSerializer.Serialize(name)}},"kind":"{{kind}}","interval":"PT1H","locations":["{{_place}}"],{{settings}}}""";

    private async Task<string> CheckAsync(string name, string kind, string settings) =>
        (await _reader.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/checks", Body(name, kind, settings))).Text(
            "id"
        );

    private async Task<string> ProbedAsync(string name)
    {
        var id = await CheckAsync(name, "http", Http);
        await _agent.DeliverAsync(
            Result(
                id,
                """
                "outcome":"up","cause":null,"message":null,"statusCode":204,
                "latency":{"resolve":2.5,"connect":10,"tls":30,"firstByte":40,"transfer":5,"total":87.5},
                "certificate":{"subject":"CN=a","issuer":"CN=b","notAfter":"2030-03-17T17:46:40Z","daysLeft":1000}
                """
            )
        );
        return id;
    }

    private static string Refused(string id) =>
        Result(
            id,
            """
            "outcome":"down","cause":"refused","message":"refused","statusCode":null,
            "latency":{"resolve":null,"connect":null,"tls":null,"firstByte":null,"transfer":null,"total":3},"certificate":null
            """
        );

    private static string Result(string check, string found) =>
        $$"""
            {"id":"{{Guid.CreateVersion7()}}","runId":"{{Guid.CreateVersion7()}}","checkId":"{{check}}","at":"{{DateTimeOffset.UtcNow:O}}",
             {{found}},
             "httpVersion":null,"address":null,"headers":null,"text":null,"bodyBytes":null,"latenessMs":0,"agent":"whoever"}
            """;

    private async Task<Exposition> UntilAsync(string id, Func<Exposition, bool> holds)
    {
        Exposition? seen = null;
        await Eventually.IsTrueAsync(async () => holds(seen = await ReadAsync()));
        seen!.Samples.Count(s => s.Name == "probe_success" && s.Labels["id"] == id).ShouldBeLessThanOrEqualTo(1);
        return seen;
    }

    private async Task<Exposition> ReadAsync() => Exposition.Parse(await _reader.GetStringAsync("/metrics"));

    private static double Value(Exposition metrics, string name, string id) =>
        metrics.Of(name, id).ShouldHaveSingleItem().Value;
}
