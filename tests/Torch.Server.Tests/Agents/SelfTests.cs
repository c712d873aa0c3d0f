using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Torch.Server.Tests.Folding;
using Torch.Testing;

namespace Torch.Server.Tests.Agents;

/// <summary>What an agent elsewhere does over HTTP, with a key of its own.</summary>
public sealed class SelfTests(KeyedFixture fixture) : IClassFixture<KeyedFixture>
{
    private const string Self = "/api/v1/agents/self";
    private readonly TorchFactory _torch = fixture.Torch;

    [Fact]
    public async Task An_agent_gets_its_locations_checks_and_hears_of_a_change_within_two_seconds()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await OpenAsync(admin, "checks");
        var first = await ChecksAsync(agent, 0);
        first.GetProperty("checks").GetArrayLength().ShouldBe(0);
        first.GetProperty("lease").ValueKind.ShouldBe(JsonValueKind.Null);

        var polled = ChecksAsync(agent, first.GetProperty("version").GetInt64());
        var check = await CreateAsync(admin, "checks");
        var next = await polled.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        next.GetProperty("checks")[0].GetProperty("checkId").GetGuid().ShouldBe(check);
        next.GetProperty("checks")[0]
            .GetProperty("settings")
            .GetProperty("http")
            .GetProperty("url")
            .GetString()
            .ShouldBe("http://127.0.0.1:9/");
    }

    [Fact]
    public async Task Results_are_stored_once_with_name_and_place_of_their_agent()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await OpenAsync(admin, "results");
        var check = await CreateAsync(admin, "results");
        var spool = Guid.CreateVersion7();
        var delivery = Delivery(spool, 0, 2, Result(check), Result(check));

        (await DeliverAsync(agent, delivery)).ShouldBe(2);
        (await DeliverAsync(agent, delivery)).ShouldBe(2);

        var stored = $"telemetry.mt_events where stream_id = '{check}'";
        (await _torch.Database.CountAsync(stored)).ShouldBe(2);
        (
            await _torch.Database.CountAsync(
                stored
                    + " and data->>'agent' = 'agent of results' and data->>'location' = 'results' and not data ? 'stale'"
            )
        ).ShouldBe(2);
    }

    [Fact]
    public async Task What_makes_no_sense_is_left_out_and_counted_and_the_rest_counts()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await OpenAsync(admin, "sieve");
        var check = await CreateAsync(admin, "sieve");
        var delivery = Delivery(
            Guid.CreateVersion7(),
            0,
            6,
            Result(check),
            Result(Guid.CreateVersion7()),
            Result(check, at: "2099-01-01T00:00:00Z"),
            Result(check, at: "1999-01-01T00:00:00Z"),
            Result(check, text: new string('x', 20_000)),
            Result(check, text: "a\\u0000b")
        );

        (await DeliverAsync(agent, delivery)).ShouldBe(6);

        (await _torch.Database.CountAsync($"telemetry.mt_events where stream_id = '{check}'")).ShouldBe(2);
        var refused = await _torch.Database.TextAsync(
            $"""
            select string_agg(data->>'reason', ' ' order by data->>'reason') from journal.mt_events
            where type = 'results_refused' and data->>'agentId' = '{agent.Id}'
            """
        );
        refused.ShouldBe("ahead bad_time too_large unknown_check");
    }

    [Theory]
    [InlineData("""{"spoolId":"00000000-0000-0000-0000-000000000000","from":0,"to":1,"results":[],"gaps":[]}""")]
    [InlineData("""{"spoolId":"0190a000-0000-7000-8000-000000000001","from":3,"to":1,"results":[],"gaps":[]}""")]
    [InlineData("""{"spoolId":"0190a000-0000-7000-8000-000000000001","from":0,"to":1,"results":[1e400],"gaps":[]}""")]
    [InlineData("nonsense")]
    public async Task A_delivery_without_form_is_refused(string body)
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await OpenAsync(admin, "form");
        using var answer = await SendAsync(agent, Encoding.UTF8.GetBytes(body), gzip: true);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_delivery_that_is_too_large_once_unpacked_is_refused()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await OpenAsync(admin, "bomb");
        using var bomb = await SendAsync(agent, new byte[50 * 1024 * 1024], gzip: true);
        bomb.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var broken = await SendAsync(agent, [1, 2, 3], gzip: false, encoding: "gzip");
        broken.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var foreign = await SendAsync(agent, [1, 2, 3], gzip: false, encoding: "br");
        foreign.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_newer_session_fences_the_older_one_everywhere()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var older = await OpenAsync(admin, "fence");
        var newer = older with { Epoch = await SessionAsync(older.Client) };
        newer.Epoch.ShouldBe(older.Epoch + 1);

        using var checks = await older.Client.SendAsync("GET", $"{Self}/checks?epoch={older.Epoch}&version=0");
        await checks.ShouldBeProblemAsync(HttpStatusCode.Conflict, "fenced");
        using var beat = await older.Client.SendAsync("POST", $"{Self}/heartbeat", $$"""{"epoch":{{older.Epoch}}}""");
        await beat.ShouldBeProblemAsync(HttpStatusCode.Conflict, "fenced");
        using var results = await SendAsync(older, Delivery(Guid.CreateVersion7(), 0, 1), gzip: true);
        await results.ShouldBeProblemAsync(HttpStatusCode.Conflict, "fenced");
        await newer.Client.ExpectAsync(
            HttpStatusCode.OK,
            "POST",
            $"{Self}/heartbeat",
            $$"""{"epoch":{{newer.Epoch}}}"""
        );
    }

    [Fact]
    public async Task What_an_agent_says_of_itself_is_shown()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await OpenAsync(admin, "status");
        await agent.Client.ExpectAsync(
            HttpStatusCode.OK,
            "POST",
            $"{Self}/heartbeat",
            $$"""
            {"epoch":{{agent.Epoch}},"spool":{"waiting":7,"bytes":4096,"oldestAt":"2026-01-01T00:00:00Z","dropped":1},
             "lateness":{"p50Ms":1,"p99Ms":2000,"worstMs":3000},"warnings":["the disk is full"]}
            """
        );

        JsonElement view = default;
        await Eventually.IsTrueAsync(async () =>
            (view = await admin.FetchAsync($"/api/v1/agents/{agent.Id}")).GetProperty("host").GetString() is not null
        );
        view.GetProperty("state").GetString().ShouldBe("live");
        view.GetProperty("spool").GetProperty("waiting").GetInt64().ShouldBe(7);
        view.GetProperty("lateness").GetProperty("p99Ms").GetDouble().ShouldBe(2000);
        view.GetProperty("warnings")[0].GetString().ShouldBe("the disk is full");
        view.GetProperty("host").GetString().ShouldBe("here");
        var system = await admin.FetchAsync("/api/v1/system");
        var said = system.Many("warnings").Select(w => $"{w.Text("code")} {w.Text("message")}").ToList();
        said.ShouldContain("agent Agent agent of status in status: the disk is full");
        said.ShouldContain(
            "agent-dropped Agent agent of status in status has dropped 1 results, for its spool was full."
        );
        said.ShouldContain(w => w.StartsWith("agent-late ", StringComparison.Ordinal));
        said.ShouldContain(w => w.StartsWith("agent-spool ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_on_demand_goes_to_an_agent_of_the_checks_location()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await OpenAsync(admin, "runs");
        var check = await CreateAsync(admin, "runs");
        var asked = admin.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v1/checks/{check}/run");
        var runs = await agent.Client.FetchAsync($"{Self}/runs?epoch={agent.Epoch}");
        var run = runs[0];
        run.GetProperty("checkId").GetGuid().ShouldBe(check);

        var result = Result(check, run: run.GetProperty("runId").GetString());
        await DeliverAsync(agent, Delivery(Guid.CreateVersion7(), 0, 1, result));

        (await asked).GetProperty("location").GetString().ShouldBe("runs");
    }

    [Fact]
    public async Task A_trial_goes_to_an_agent_of_its_location_and_is_stored_nowhere()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await OpenAsync(admin, "trials");
        var asked = admin.ExpectAsync(HttpStatusCode.OK, "POST", "/api/v1/checks/try", Trial("trials"));
        var run = (await agent.Client.FetchAsync($"{Self}/runs?epoch={agent.Epoch}"))[0];
        run.GetProperty("isTrial").GetBoolean().ShouldBeTrue();
        var check = run.GetProperty("checkId").GetGuid();
        var answer = Result(check, run: run.Text("runId"));
        await agent.Client.ExpectAsync(HttpStatusCode.NoContent, "POST", $"{Self}/answers?epoch={agent.Epoch}", answer);

        var seen = await asked;
        (seen.Text("outcome"), seen.Text("location"), seen.Number("position")).ShouldBe(("up", "trials", 0));
        seen.GetProperty("probe").Text("agent").ShouldBe("agent of trials");
        (await _torch.Database.CountAsync($"telemetry.mt_events where stream_id = '{check}'")).ShouldBe(0);
        (await _torch.Database.CountAsync($"journal.mt_events where stream_id = '{check}'")).ShouldBe(0);
        await admin.ExpectAsync(HttpStatusCode.NotFound, "GET", $"/api/v1/checks/{check}");
    }

    [Theory]
    [InlineData("""{"kind":"report","source":"a"}""", HttpStatusCode.UnprocessableEntity, "no_probe")]
    [InlineData("""{"kind":"http","interval":"PT5S","http":{"url":"file:///etc"}}""", HttpStatusCode.BadRequest, null)]
    [InlineData(
        """{"kind":"http","interval":"PT5S","locations":["nowhere"],"http":{"url":"http://127.0.0.1:9/"}}""",
        HttpStatusCode.ServiceUnavailable,
        "no_agent"
    )]
    public async Task A_trial_that_cannot_be_is_refused(string settings, HttpStatusCode expected, string? code)
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var body = settings.Replace("{\"kind\"", "{\"name\":\"trial\",\"kind\"", StringComparison.Ordinal);
        using var answer = await admin.SendAsync("POST", "/api/v1/checks/try", body);
        answer.StatusCode.ShouldBe(expected);
        if (code is not null)
            await answer.ShouldBeProblemAsync(expected, code);
    }

    [Fact]
    public async Task The_checks_that_an_agent_runs_are_listed_by_name()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await OpenAsync(admin, "listed");
        var checks = new HashSet<Guid> { await CreateAsync(admin, "listed"), await CreateAsync(admin, "listed") };
        var path = $"/api/v1/agents/{agent.Id}/checks";
        await Eventually.IsTrueAsync(async () => (await admin.FetchAsync(path)).Items().Count == 2);

        var first = await admin.FetchAsync($"{path}?limit=1");
        var second = await admin.FetchAsync($"{path}?limit=1&after={Uri.EscapeDataString(first.Text("next"))}");
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        first
            .Items()
            .Concat(second.Items())
            .Select(c => c.GetProperty("id").GetGuid())
            .ShouldBe(checks, ignoreOrder: true);
        await admin.ExpectAsync(HttpStatusCode.NotFound, "GET", $"/api/v1/agents/{Guid.CreateVersion7()}/checks");
    }

    [Fact]
    public async Task Readiness_warns_while_an_agent_cannot_write_its_spool()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        var agent = await OpenAsync(admin, "spool");
        await BeatAsync(agent, "\"database or disk is full\"");
        var warned = await admin.FetchAsync("/health/ready");
        (warned.Text("status"), warned.GetProperty("warnings")[0].GetString()).ShouldBe(("ready", "agent_spool"));

        await BeatAsync(agent, "null");
        (await admin.FetchAsync("/health/ready")).GetProperty("warnings").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static Task BeatAsync(Opened agent, string fault) =>
        agent.Client.ExpectAsync(
            HttpStatusCode.OK,
            "POST",
            $"{Self}/heartbeat",
            $$"""
            {"epoch":{{agent.Epoch}},"spool":{"waiting":0,"bytes":4096,"oldestAt":null,"dropped":0,"fault":{{fault}}} }
            """
        );

    private static string Trial(string location) =>
        $$$"""
            {"name":"trial","kind":"http","interval":"PT5S","locations":["{{{location}}}"],"http":{"url":"http://127.0.0.1:9/"}}
            """;

    [Fact]
    public async Task An_admins_key_opens_no_session()
    {
        using var admin = _torch.Client(KeyedFixture.Key);
        using var answer = await admin.SendAsync("POST", $"{Self}/session", Hello);

        await answer.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private sealed record Opened(Guid Id, HttpClient Client, long Epoch);

    private static readonly string Hello =
        $$"""{"spoolId":"{{Guid.CreateVersion7()}}","version":"1","host":"here","kinds":["http"]}""";

    private async Task<Opened> OpenAsync(HttpClient admin, string location)
    {
        var registered = await admin.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/agents",
            $$"""{"name":"agent of {{location}}","location":"{{location}}"}"""
        );
        var client = _torch.Client(registered.GetProperty("key").GetString());
        return new(registered.GetProperty("id").GetGuid(), client, await SessionAsync(client));
    }

    // A server that has just started hands out no work for a moment.
    private static async Task<long> SessionAsync(HttpClient client)
    {
        var epoch = 0L;
        await Eventually.IsTrueAsync(async () =>
        {
            using var answer = await client.SendAsync("POST", $"{Self}/session", Hello);
            if (!answer.IsSuccessStatusCode)
                return false;
            using var session = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            epoch = session.RootElement.GetProperty("epoch").GetInt64();
            return true;
        });
        return epoch;
    }

    private static Task<JsonElement> ChecksAsync(Opened agent, long version) =>
        agent.Client.FetchAsync($"{Self}/checks?epoch={agent.Epoch}&version={version}");

    private static async Task<Guid> CreateAsync(HttpClient admin, string location)
    {
        var created = await admin.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/checks",
            $$$"""
            {"name":"{{{location}}}","kind":"http","interval":"PT5S","locations":["{{{location}}}"],"http":{"url":"http://127.0.0.1:9/"}}
            """
        );
        var id = created.GetProperty("id").GetGuid();
        // Read, it stands in the read tables, which an agent's results are held against.
        await admin.FetchAsync($"/api/v1/checks/{id}");
        return id;
    }

    private static byte[] Delivery(Guid spool, long from, long to, params string[] results) =>
        Encoding.UTF8.GetBytes(
            $$"""{"spoolId":"{{spool}}","from":{{from}},"to":{{to}},"results":[{{string.Join(',', results)}}],"gaps":[]}"""
        );

    private static string Result(Guid check, string? at = null, string? text = null, string? run = null) =>
        $$"""
            {"id":"{{Guid.CreateVersion7()}}","runId":"{{run
                ?? Guid.CreateVersion7().ToString()}}","checkId":"{{check}}",
             "at":"{{at
                ?? DateTimeOffset.UtcNow.ToString("O")}}","outcome":"up","cause":null,"message":null,"statusCode":200,
             "httpVersion":"1.1","address":null,
             "latency":{"resolve":null,"connect":1,"tls":null,"firstByte":1,"transfer":1,"total":3},
             "certificate":null,"headers":null,"text":"{{text}}","bodyBytes":1,"latenessMs":0,"agent":"whoever"}
            """;

    private static async Task<long> DeliverAsync(Opened agent, byte[] delivery)
    {
        using var answer = await SendAsync(agent, delivery, gzip: true);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        using var taken = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return taken.RootElement.GetProperty("offset").GetInt64();
    }

    private static async Task<HttpResponseMessage> SendAsync(
        Opened agent,
        byte[] body,
        bool gzip,
        string encoding = "gzip"
    )
    {
        using var content = new ByteArrayContent(gzip ? Gzipped(body) : body);
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add(encoding);
        return await agent.Client.PostAsync($"{Self}/results?epoch={agent.Epoch}", content);
    }

    private static byte[] Gzipped(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        return packed.ToArray();
    }
}
