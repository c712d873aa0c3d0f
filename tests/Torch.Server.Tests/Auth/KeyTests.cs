using System.Net;

namespace Torch.Server.Tests.Auth;

public sealed class KeyTests(KeyedFixture fixture) : IClassFixture<KeyedFixture>
{
    private const string Key = KeyedFixture.Key;
    private readonly TorchFactory _torch = fixture.Torch;

    public static TheoryData<string, string> Protected =>
        new()
        {
            { "GET", "/api/v1/nodes" },
            { "POST", "/api/v1/nodes" },
            { "GET", "/api/v1/reports" },
            { "POST", "/api/v1/reports" },
            { "POST", "/api/v1/reports/batch" },
            { "GET", "/api/v1/checks" },
            { "POST", "/api/v1/checks" },
            { "GET", "/api/v1/trees" },
            { "GET", "/api/v1/overview" },
            { "GET", "/api/v1/statuses" },
            { "GET", "/api/v1/events" },
            { "GET", "/api/v1/system" },
            { "GET", "/api/v1/stream" },
            { "GET", "/api/v1/nothing" },
        };

    [Theory]
    [MemberData(nameof(Protected))]
    public async Task Without_a_key_nothing_is_told(string method, string path)
    {
        using var client = _torch.Client();
        using var response = await client.SendAsync(method, path, method == "POST" ? "{}" : null);

        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        response.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdeF")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("x")]
    public async Task A_wrong_key_is_as_none(string key)
    {
        using var client = _torch.Client(key);
        using var response = await client.SendAsync("GET", "/api/v1/nodes");

        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task The_key_opens_the_api()
    {
        using var client = _torch.Client(Key);

        (await client.FetchAsync("/api/v1/nodes")).Items().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    public async Task Health_is_open_to_everybody(string path)
    {
        using var client = _torch.Client();
        using var response = await client.SendAsync("GET", path);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Torch_v1_scripts_on_this_machine_need_no_key()
    {
        using var client = _torch.Client();

        await client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/post/reports",
            """{"report_id":"v1","value":1}"""
        );
    }

    [Fact]
    public async Task The_key_is_exchanged_for_a_session_that_signs_in_and_out()
    {
        using var client = _torch.Client();
        using var signIn = await client.SendAsync("POST", "/api/v1/session", $$"""{"key":"{{Key}}"}""");
        signIn.StatusCode.ShouldBe(HttpStatusCode.OK);
        var header = signIn.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        foreach (var attribute in new[] { "__Host-torch=", "path=/", "secure", "httponly", "samesite=lax" })
            header.ShouldContain(attribute, Case.Insensitive);
        var cookie = ("Cookie", header.Split(';')[0]);

        await client.ExpectAsync(HttpStatusCode.OK, "GET", "/api/v1/nodes", null, cookie);
        var session = await client.ExpectAsync(HttpStatusCode.OK, "GET", "/api/v1/session", null, cookie);
        session.GetProperty("signedIn").GetBoolean().ShouldBeTrue();

        await client.ExpectAsync(HttpStatusCode.NoContent, "DELETE", "/api/v1/session", null, cookie);
        await client.ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/v1/nodes", null, cookie);
    }

    [Fact]
    public async Task A_stranger_learns_only_that_a_key_is_needed()
    {
        using var client = _torch.Client();

        var session = await client.FetchAsync("/api/v1/session");

        session.GetProperty("required").GetBoolean().ShouldBeTrue();
        session.GetProperty("signedIn").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Signing_in_over_plain_http_from_elsewhere_is_refused()
    {
        using var client = _torch.Client();
        using var response = await client.SendAsync(
            "POST",
            "/api/v1/session",
            $$"""{"key":"{{Key}}"}""",
            ("Host", "torch.example:8080")
        );

        await response.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "insecure_address");
    }
}
