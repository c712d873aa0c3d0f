using System.Net;
using System.Text.Json;
using Torch.Domain;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

/// <summary>Scripts written for other systems, which go on with another host name: as those systems describe their calls, without a key of Torch's.</summary>
public sealed class PushTests : IAsyncLifetime
{
    private const string Uuid = "5f1a2c3e-8b1d-4f66-9a3b-2f0d6f1c7e55";

    private TorchFactory _torch = null!;
    private HttpClient _admin = null!;
    private HttpClient _script = null!;

    public async ValueTask InitializeAsync()
    {
        _torch = await TorchFactory.StartAsync(("ADMIN_KEY", KeyedFixture.Key));
        (_admin, _script) = (_torch.Client(KeyedFixture.Key), _torch.Client());
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        _script.Dispose();
        await _torch.DisposeAsync();
    }

    [Theory]
    [InlineData("", "up", null)]
    [InlineData("?status=up&msg=OK&ping=12.3", "up", 12.3)]
    [InlineData("?status=down&msg=no%20space&ping=", "down", null)]
    [InlineData("?status=degraded", "down", null)]
    [InlineData("?status=&ping=7ms", "up", 7d)]
    public async Task Uptime_kumas_push_url_reports_its_source(string query, string status, double? value)
    {
        var token = await KeyAsync("""{"source":"nas"}""");
        foreach (var method in (string[])["GET", "POST"])
        {
            var answer = await _script.ExpectAsync(HttpStatusCode.OK, method, $"/api/push/{token}{query}");
            answer.ToString().ShouldBe("""{"ok":true}""");
        }
        var observed = await ObservedAsync("nas", seen => seen.Count == 2);
        observed.ShouldAllBe(o => o.Text("outcome") == status);
        (
            observed[0].TryGetProperty("value", out var v) && v.ValueKind == JsonValueKind.Number
                ? v.GetDouble()
                : (double?)null
        ).ShouldBe(value);
    }

    [Theory]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "")]
    [InlineData("kumakumakuma", "?ping=-1")]
    [InlineData("kumakumakuma", "?ping=100000000001")]
    public async Task What_kuma_refuses_is_its_404(string token, string query)
    {
        await KeyAsync("""{"source":"nas","token":"kumakumakuma"}""");
        var answer = await _script.ExpectAsync(HttpStatusCode.NotFound, "GET", $"/api/push/{token}{query}");
        answer.GetProperty("ok").GetBoolean().ShouldBeFalse();
        answer.Text("msg").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Guessing_tokens_is_slowed_down_and_known_ones_from_there_go_on()
    {
        await KeyAsync("""{"source":"nas","token":"kumakumakuma"}""");
        await _script.ExpectAsync(HttpStatusCode.OK, "GET", "/api/push/kumakumakuma");
        HttpResponseMessage? refused = null;
        for (var i = 0; i < 500 && refused is null; i++)
        {
            var guess = await _script.SendAsync("GET", $"/api/push/guessed-{i}");
            if (guess.StatusCode == HttpStatusCode.TooManyRequests)
                refused = guess;
            else
                guess.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using var slowed = refused.ShouldNotBeNull();
        await slowed.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too_many_tokens");
        slowed.Headers.RetryAfter.ShouldNotBeNull();
        await _script.ExpectAsync(HttpStatusCode.OK, "GET", "/api/push/kumakumakuma");
    }

    [Fact]
    public async Task Healthchecks_pings_say_success_failure_and_exit_codes_and_their_bodies_are_kept()
    {
        await KeyAsync($$"""{"source":"backup","token":"{{Uuid}}"}""");
        await PingAsync("GET", $"/ping/{Uuid}");
        await PingAsync("HEAD", $"/ping/{Uuid}");
        await PingAsync("POST", $"/ping/{Uuid}/fail", "disk full\0 \ud83d\udd25");
        await PingAsync("POST", $"/ping/{Uuid}/3", "no such file");
        await PingAsync("POST", $"/ping/{Uuid}/0");
        await PingAsync("POST", $"/ping/{Uuid}/log", "half way");

        var observed = await ObservedAsync("backup", seen => seen.Count == 6);
        observed.Select(o => o.Text("outcome")).Reverse().ShouldBe(["up", "up", "down", "down", "up", "note"]);
        observed[3].Text("message").ShouldBe("disk full\ufffd \ud83d\udd25");
        observed[2].Text("message").ShouldBe("exited with 3\nno such file");
        observed[2].GetProperty("metrics").Number("exitCode").ShouldBe(3);
        observed[0].Text("message").ShouldBe("half way");
        (await LatestAsync("backup")).ShouldBe("up");
    }

    [Theory]
    [InlineData($"/ping/{Uuid}/256", HttpStatusCode.BadRequest)]
    [InlineData($"/ping/{Uuid}?rid=abc", HttpStatusCode.BadRequest)]
    [InlineData($"/ping/{Uuid}/explode", HttpStatusCode.NotFound)]
    [InlineData($"/ping/{Uuid}/fail/more", HttpStatusCode.NotFound)]
    [InlineData("/ping/00000000-0000-4000-8000-000000000000", HttpStatusCode.NotFound)]
    [InlineData("/ping/nobodys-key/nightly", HttpStatusCode.NotFound)]
    public async Task What_healthchecks_refuses_is_refused(string path, HttpStatusCode status)
    {
        await KeyAsync($$"""{"source":"backup","token":"{{Uuid}}"}""");
        using var response = await _script.SendAsync("GET", path);
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
    }

    [Fact]
    public async Task A_slug_below_a_ping_key_is_created_when_asked_for_and_then_known()
    {
        var token = await KeyAsync("""{"prefix":"jobs/"}""");
        using (var unknown = await _script.SendAsync("GET", $"/ping/{token}/nightly"))
            unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using (var created = await _script.SendAsync("GET", $"/ping/{token}/nightly?create=1"))
            created.StatusCode.ShouldBe(HttpStatusCode.Created);
        await PingAsync("GET", $"/ping/{token}/nightly/fail");

        await ObservedAsync("jobs/nightly", seen => seen.Count == 2);
        var check = await _admin.FetchAsync($"/api/v1/checks/{CheckIds.OfSource("jobs/nightly")}");
        check.Text("kind").ShouldBe("heartbeat");
        check.Text("name").ShouldBe("nightly");
    }

    [Fact]
    public async Task A_run_that_begins_and_does_not_end_within_its_grace_is_down_and_one_that_ends_says_how_long_it_took()
    {
        await KeyAsync($$"""{"source":"backup","token":"{{Uuid}}"}""");
        var check = """{"name":"backup","kind":"heartbeat","source":"backup","interval":"PT1H","grace":"PT1S"}""";
        await _admin.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/checks", check);

        await PingAsync("GET", $"/ping/{Uuid}/start?rid={Guid.NewGuid()}");
        var observed = await ObservedAsync("backup", seen => seen.Count == 2);
        observed.Select(o => o.Text("outcome")).ShouldBe(["down", "started"]);
        observed[0].Text("message").ShouldContain("has not ended within its grace");

        var run = Guid.NewGuid();
        await PingAsync("GET", $"/ping/{Uuid}/start?rid={run}");
        await PingAsync("GET", $"/ping/{Uuid}?rid={run}");
        var ended = await ObservedAsync("backup", seen => seen.Count >= 4 && seen[0].Text("outcome") == "up");
        ended[0].GetProperty("metrics").GetProperty("duration").GetDouble().ShouldBeInRange(0, 60);
        (await _torch.Database.CountAsync("torch.unfinished_runs")).ShouldBe(0);
    }

    [Fact]
    public async Task Gatus_external_endpoints_are_pushed_with_their_own_key_and_token()
    {
        var token = await KeyAsync("""{"source":"Core/ext. job","token":"gatus-token-of-old"}""");
        await GatusAsync("core_ext--job", "?success=true&duration=1.5s", token, HttpStatusCode.OK);
        await GatusAsync("core_ext--job", "?success=false&error=timed%20out", token, HttpStatusCode.OK);
        await GatusAsync("core_ext--job", "?success=maybe", token, HttpStatusCode.BadRequest);
        await GatusAsync("core_ext--job", "?success=true&duration=fast", token, HttpStatusCode.BadRequest);
        await GatusAsync("core_ext--job", "?success=true", "another-token", HttpStatusCode.Unauthorized);
        await GatusAsync("core_other", "?success=true", token, HttpStatusCode.NotFound);

        var observed = await ObservedAsync("Core/ext. job", seen => seen.Count == 2);
        observed[0].Text("outcome").ShouldBe("down");
        observed[0].Text("message").ShouldBe("timed out");
        observed[1].GetProperty("value").GetDouble().ShouldBe(1500);
    }

    [Fact]
    public async Task Alertmanagers_alerts_are_sources_that_stay_until_they_are_resolved()
    {
        var token = await KeyAsync("""{"prefix":"alerts/"}""");
        await AlertAsync(token, "firing", HttpStatusCode.Accepted);
        await ObservedAsync("alerts/DiskFull/8f3a1c55d0e2b794", seen => seen[0].Text("outcome") == "degraded");
        await AlertAsync(token, "resolved", HttpStatusCode.Accepted);
        var observed = await ObservedAsync("alerts/DiskFull/8f3a1c55d0e2b794", seen => seen.Count == 2);
        observed[0].Text("outcome").ShouldBe("up");
        observed[1].Text("message").ShouldBe("/var is 95 % full");

        var check = await _admin.FetchAsync($"/api/v1/checks/{CheckIds.OfSource("alerts/DiskFull/8f3a1c55d0e2b794")}");
        check.Text("name").ShouldBe("DiskFull db1:9100 /var");
        check.Text("staleness").ShouldBe("P365D");
        await AlertAsync("not-a-token", "firing", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_removed_key_opens_nothing_and_its_token_can_be_given_again()
    {
        var made = await MakeAsync("""{"source":"nas","token":"kumakumakuma"}""");
        using (
            var taken = await _admin.SendAsync("POST", "/api/v1/push-keys", """{"source":"x","token":"kumakumakuma"}""")
        )
            await taken.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "push_token_taken");
        (await _admin.FetchAsync("/api/v1/push-keys", made.Number("position")))
            .ToString()
            .ShouldNotContain("kumakumakuma");
        await _admin.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/push-keys/{made.Text("id")}");
        await _script.ExpectAsync(HttpStatusCode.NotFound, "GET", "/api/push/kumakumakuma");
        await MakeAsync("""{"source":"nas","token":"kumakumakuma"}""");
        await _script.ExpectAsync(HttpStatusCode.OK, "GET", "/api/push/kumakumakuma");
    }

    [Theory]
    [InlineData("{}", "/source")]
    [InlineData("""{"source":"a","prefix":"b"}""", "/source")]
    [InlineData("""{"source":"a","token":"short"}""", "/token")]
    [InlineData("""{"source":"a","token":"with/slash-in-it"}""", "/token")]
    public async Task A_key_that_makes_no_sense_is_refused_with_its_place(string body, string pointer)
    {
        using var response = await _admin.SendAsync("POST", "/api/v1/push-keys", body);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        problem.GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue(problem.ToString());
    }

    private Task<JsonElement> MakeAsync(string body) =>
        _admin.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/push-keys", body);

    private async Task<string> KeyAsync(string body) => (await MakeAsync(body)).Text("token");

    private async Task PingAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body);
        using var response = await _script.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        response.Headers.GetValues("Ping-Body-Limit").ShouldBe(["8192"]);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        if (method != "HEAD")
            (await response.Content.ReadAsStringAsync()).ShouldBe("OK");
    }

    private async Task GatusAsync(string key, string query, string token, HttpStatusCode status)
    {
        var path = $"/api/v1/endpoints/{key}/external{query}";
        using var response = await _script.SendAsync("POST", path, null, ("Authorization", $"Bearer {token}"));
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync());
    }

    private async Task AlertAsync(string token, string status, HttpStatusCode expected)
    {
        var body = $$$"""
            {"version":"4","groupKey":"{}:{alertname=\"DiskFull\"}","status":"{{{status}}}","receiver":"torch","groupLabels":{},"commonLabels":{},
             "commonAnnotations":{},"externalURL":"http://alertmanager.example","alerts":[{"status":"{{{status}}}",
             "labels":{"alertname":"DiskFull","instance":"db1:9100","mountpoint":"/var","severity":"warning"},
             "annotations":{"summary":"/var is 95 % full"},"startsAt":"2026-11-21T10:00:00Z","endsAt":"0001-01-01T00:00:00Z",
             "generatorURL":"http://prometheus.example","fingerprint":"8f3a1c55d0e2b794"}]}
            """;
        using var response = await _script.SendAsync(
            "POST",
            "/api/v1/alertmanager",
            body,
            ("Authorization", $"Bearer {token}")
        );
        response.StatusCode.ShouldBe(expected, await response.Content.ReadAsStringAsync());
    }

    private async Task<IReadOnlyList<JsonElement>> ObservedAsync(
        string source,
        Func<IReadOnlyList<JsonElement>, bool> enough
    )
    {
        IReadOnlyList<JsonElement> seen = [];
        await Eventually.IsTrueAsync(async () =>
        {
            using var response = await _admin.SendAsync(
                "GET",
                $"/api/v1/checks/{CheckIds.OfSource(source)}/observations"
            );
            seen = response.StatusCode == HttpStatusCode.OK ? (await response.ReadAsync()).Items() : [];
            return seen.Count > 0 && enough(seen);
        });
        return seen;
    }

    private async Task<string> LatestAsync(string source) =>
        (await _admin.FetchAsync($"/api/v1/checks/{CheckIds.OfSource(source)}")).GetProperty("latest").Text("outcome");
}
