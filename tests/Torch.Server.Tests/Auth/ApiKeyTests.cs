using System.Net;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Auth;

[Collection(AccountFixture.Name)]
public sealed class ApiKeyTests(AccountFixture fixture)
{
    private readonly TorchFactory _torch = fixture.Torch;
    private readonly HttpClient _admin = fixture.Admin;

    [Theory]
    [InlineData("ingest", "POST", "/api/v1/reports", true)]
    [InlineData("ingest", "GET", "/api/v1/nodes", false)]
    [InlineData("read", "GET", "/api/v1/nodes", true)]
    [InlineData("read", "POST", "/api/v1/reports", false)]
    [InlineData("read", "POST", "/api/v1/nodes", false)]
    [InlineData("write", "POST", "/api/v1/nodes", true)]
    [InlineData("write", "GET", "/api/v1/nodes", true)]
    [InlineData("write", "GET", "/api/v1/keys", false)]
    [InlineData("admin", "GET", "/api/v1/keys", true)]
    [InlineData("admin", "POST", "/api/v1/agents/self/heartbeat", false)]
    public async Task A_key_opens_what_its_scope_says(string scope, string method, string path, bool opens)
    {
        var (_, key) = await _admin.AddKeyAsync(new { name = "scoped", scopes = new[] { scope } });
        using var client = _torch.Client(key);
        var body = path.EndsWith("reports", StringComparison.Ordinal)
            ? """{"source":"scoped","value":1}"""
            : """{"name":"scoped"}""";

        using var answer = await client.SendAsync(method, path, method == "POST" ? body : null);

        answer.IsSuccessStatusCode.ShouldBe(opens, await answer.Content.ReadAsStringAsync());
        if (!opens)
            await answer.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_key_with_a_prefix_reports_on_nothing_else()
    {
        var (_, key) = await _admin.AddKeyAsync(
            new
            {
                name = "backups",
                scopes = new[] { "ingest" },
                sourcePrefix = "backup/",
            }
        );
        using var client = _torch.Client(key);

        await client.ExpectAsync(HttpStatusCode.Accepted, "POST", "/api/v1/reports", Report("backup/db1"));
        using var foreign = await client.SendAsync("POST", "/api/v1/reports", Report("shop/db1"));
        using var batch = await client.SendAsync(
            "POST",
            "/api/v1/reports/batch",
            $"[{Report("backup/db2")},{Report("backups")}]"
        );

        await foreign.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "foreign_source");
        var problem = await batch.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "foreign_source");
        problem.GetProperty("errors").TryGetProperty("/1/source", out _).ShouldBeTrue();
        var reports = await _admin.FetchAsync("/api/v1/reports");
        reports.GetRawText().ShouldNotContain("backup/db2");
    }

    [Fact]
    public async Task The_text_of_a_key_is_told_once_and_kept_nowhere()
    {
        var (id, key) = await _admin.AddKeyAsync(new { name = "told once", scopes = new[] { "read" } });

        var secret = key[(key.LastIndexOf('_') + 1)..];
        foreach (
            var path in new[] { "/api/v1/keys", $"/api/v1/keys/{id}", "/api/v1/events?newest=true", "/api/v1/audit" }
        )
            (await _admin.FetchAsync(path)).GetRawText().ShouldNotContain(secret);
        (await _torch.Database.CountAsync($"journal.mt_events e where e::text like '%{secret}%'")).ShouldBe(0);
    }

    [Fact]
    public async Task While_a_key_is_exchanged_both_work_and_then_the_new_one()
    {
        var (id, first) = await _admin.AddKeyAsync(new { name = "rotated", scopes = new[] { "read" } });

        var second = (await RotateAsync(id, "PT1H")).Text("key");
        await ShouldOpenAsync(first, true);
        await ShouldOpenAsync(second, true);
        var third = (await RotateAsync(id, "PT0S")).Text("key");

        await ShouldOpenAsync(first, false);
        await ShouldOpenAsync(second, false);
        await ShouldOpenAsync(third, true);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_on_every_server_within_seconds()
    {
        var (id, key) = await _admin.AddKeyAsync(new { name = "revoked", scopes = new[] { "read" } });
        await using var other = await TorchFactory.StartBesideAsync(_torch);
        using var there = other.Client(key);
        await there.FetchAsync("/api/v1/nodes");

        await _admin.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/keys/{id}");

        await ShouldOpenAsync(key, false);
        await Eventually.IsTrueAsync(
            async () => (await there.SendAsync("GET", "/api/v1/nodes")).StatusCode == HttpStatusCode.Unauthorized,
            TimeSpan.FromSeconds(30)
        );
        await _admin.ExpectAsync(HttpStatusCode.NotFound, "DELETE", $"/api/v1/keys/{id}");
    }

    [Fact]
    public async Task An_expired_key_opens_nothing()
    {
        var (id, key) = await _admin.AddKeyAsync(new { name = "short", scopes = new[] { "read" } });
        await ShouldOpenAsync(key, true);
        var past = DateTimeOffset.UtcNow.AddMinutes(-1).ToString("O");

        await _admin.ExpectAsync(HttpStatusCode.OK, "PATCH", $"/api/v1/keys/{id}", $$"""{"expiresAt":"{{past}}"}""");

        await ShouldOpenAsync(key, false);
        (await _admin.FetchAsync($"/api/v1/keys/{id}")).GetProperty("expired").GetBoolean().ShouldBeTrue();
        using var made = await _admin.SendAsync(
            "POST",
            "/api/v1/keys",
            $$"""{"name":"late","scopes":["read"],"expiresAt":"{{past}}"}"""
        );
        await made.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "bad_expiry");
    }

    [Fact]
    public async Task When_a_key_was_last_used_can_be_seen()
    {
        var (id, key) = await _admin.AddKeyAsync(new { name = "used", scopes = new[] { "read" } });
        (await _admin.FetchAsync($"/api/v1/keys/{id}"))
            .GetProperty("lastUsedAt")
            .ValueKind.ShouldBe(JsonValueKind.Null);

        await ShouldOpenAsync(key, true);

        var used = await _admin.FetchAsync($"/api/v1/keys/{id}");
        used.GetProperty("lastUsedAt").ValueKind.ShouldBe(JsonValueKind.String);
        used.Text("lastUsedFrom").ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task A_key_that_brings_too_much_is_asked_to_wait()
    {
        var (_, key) = await _admin.AddKeyAsync(
            new
            {
                name = "busy",
                scopes = new[] { "ingest" },
                perSecond = 2,
            }
        );
        using var client = _torch.Client(key);
        // What a batch overdraws is paid for afterwards: 100 reports at two a second last far longer than the next request takes.
        var many = $"[{string.Join(',', Enumerable.Repeat(Report("busy"), 100))}]";
        await client.ExpectAsync(HttpStatusCode.Accepted, "POST", "/api/v1/reports/batch", many);

        using var next = await client.SendAsync("POST", "/api/v1/reports", Report("busy"));

        await next.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        next.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["read"]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"name":"x","scopes":[]}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"x","scopes":["root"]}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"x","scopes":["read"],"sourcePrefix":"a/"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"x","scopes":["ingest"],"perSecond":0}""", HttpStatusCode.UnprocessableEntity)]
    public async Task A_key_that_makes_no_sense_is_refused(string body, HttpStatusCode status)
    {
        await _admin.ExpectAsync(status, "POST", "/api/v1/keys", body);
    }

    private static string Report(string source) => $$"""{"source":"{{source}}","value":1}""";

    private Task<JsonElement> RotateAsync(string id, string overlap) =>
        _admin.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v1/keys/{id}/rotate", $$"""{"overlap":"{{overlap}}"}""");

    private async Task ShouldOpenAsync(string key, bool opens)
    {
        using var client = _torch.Client(key);
        using var answer = await client.SendAsync("GET", "/api/v1/nodes");
        answer.IsSuccessStatusCode.ShouldBe(opens, await answer.Content.ReadAsStringAsync());
    }
}
