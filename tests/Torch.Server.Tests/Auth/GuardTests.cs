using System.Net;

namespace Torch.Server.Tests.Auth;

public sealed class GuardTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private readonly HttpClient _client = fixture.Client;

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://192.168.1.5:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://torch.example")]
    public void Without_a_key_only_loopback_is_listened_on(string url)
    {
        var options = new TorchOptions { Urls = [url], Postgres = "Host=localhost" };

        Should.Throw<StartRefusedException>(() => TorchServer.Build(options)).Message.ShouldContain("TORCH_ADMIN_KEY");
    }

    [Theory]
    [InlineData("http://127.0.0.1:99999", "port")]
    [InlineData("http://127.0.0.1:8080/base", "path")]
    [InlineData("https://127.0.0.1:8080", "certificate")]
    [InlineData("ftp://127.0.0.1", "address")]
    public void An_address_that_cannot_be_listened_on_is_refused_before_anything_starts(string url, string reason)
    {
        var options = new TorchOptions { Urls = [url], Postgres = "Host=localhost" };

        Should.Throw<StartRefusedException>(() => TorchServer.Check(options)).Message.ShouldContain(reason);
    }

    [Fact]
    public void A_short_key_is_refused_at_the_start()
    {
        var options = new TorchOptions { AdminKey = "short", Postgres = "Host=localhost" };

        Should.Throw<StartRefusedException>(() => TorchServer.Build(options)).Message.ShouldContain("32");
    }

    [Fact]
    public async Task A_name_that_was_bent_to_loopback_is_not_answered()
    {
        using var response = await _client.SendAsync("GET", "/api/v1/nodes", null, ("Host", "evil.example"));

        await response.ShouldBeProblemAsync(HttpStatusCode.MisdirectedRequest, "host_not_allowed");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    public async Task A_page_of_another_site_changes_nothing(string header, string value)
    {
        using var response = await _client.SendAsync(
            "POST",
            "/api/v1/reports",
            """{"source":"csrf","value":1}""",
            (header, value)
        );

        await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "cross_site");
    }

    [Fact]
    public async Task Torchs_own_pages_may_change_things()
    {
        var origin = ("Origin", _client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        var site = ("Sec-Fetch-Site", "same-origin");

        await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            """{"source":"own","value":1}""",
            origin,
            site
        );
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/nodes")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v1/nodes?limit=x")]
    [InlineData("/api/v1/nodes/01990000-0000-7000-8000-000000000000")]
    [InlineData("/status/nothing")]
    [InlineData("/swagger/index.html")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var response = await _client.SendAsync("GET", path);

        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        var policy = response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe-eval");
        response.Headers.Contains("Server").ShouldBeFalse();
    }
}
