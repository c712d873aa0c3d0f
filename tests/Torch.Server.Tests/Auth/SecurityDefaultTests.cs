using System.Buffers.Binary;
using System.Net;
using Torch.Server.Tests.Folding;

namespace Torch.Server.Tests.Auth;

/// <summary>The defaults of docs/security.md that no other class looks at.</summary>
[Collection(AccountFixture.Name)]
public sealed class SecurityDefaultTests(AccountFixture fixture)
{
    private const int HmacSha512 = 2;

    private readonly TorchFactory _torch = fixture.Torch;
    private readonly HttpClient _admin = fixture.Admin;

    [Fact]
    public async Task Passwords_are_kept_as_PBKDF2_with_SHA512_many_rounds_and_a_salt_each()
    {
        var (one, two) = (
            await _admin.AddPersonAsync("salt1", "viewer"),
            await _admin.AddPersonAsync("salt2", "viewer")
        );

        var (first, second) = (await KeptAsync(one), await KeptAsync(two));

        BinaryPrimitives.ReadInt32BigEndian(first.AsSpan(1)).ShouldBe(HmacSha512);
        BinaryPrimitives.ReadInt32BigEndian(first.AsSpan(5)).ShouldBeGreaterThanOrEqualTo(210_000);
        first.ShouldNotBe(second);
    }

    [Fact]
    public async Task A_password_that_an_admin_gives_somebody_ends_all_their_sessions()
    {
        var id = await _admin.AddPersonAsync("given", "viewer");
        using var stolen = _torch.Browser(await _torch.SignInAsync("given"));
        await stolen.FetchAsync("/api/v1/nodes");

        await _admin.ExpectAsync(
            HttpStatusCode.OK,
            "PUT",
            $"/api/v1/people/{id}/password",
            """{"password":"another horse battery"}"""
        );

        await stolen.ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/v1/nodes");
    }

    [Fact]
    public async Task The_session_of_an_exchanged_key_ends_with_the_key()
    {
        var (id, key) = await _admin.AddKeyAsync(new { name = "exchanged", scopes = new[] { "read" } });
        using var client = _torch.Client();
        using var signedIn = await client.SendAsync("POST", "/api/v1/session", $$"""{"key":"{{key}}"}""");
        using var browser = _torch.Browser(AccountWorld.CookieOf(signedIn));
        await browser.FetchAsync("/api/v1/nodes");

        await _admin.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/keys/{id}");

        await browser.ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/v1/nodes");
    }

    [Theory]
    [InlineData("?session=")]
    [InlineData("?__Host-torch=")]
    public async Task A_session_in_the_address_opens_nothing(string query)
    {
        var cookie = (await _torch.SignInAsync("ada")).Split('=', 2)[1];
        using var client = _torch.Client();

        await client.ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/v1/nodes" + query + cookie);
    }

    [Fact]
    public async Task A_cookie_of_another_name_or_a_bearer_that_is_a_session_opens_nothing()
    {
        var cookie = (await _torch.SignInAsync("ada")).Split('=', 2)[1];
        using var client = _torch.Client();
        using var bearer = _torch.Client(cookie);

        await client.ExpectAsync(
            HttpStatusCode.Unauthorized,
            "GET",
            "/api/v1/nodes",
            null,
            ("Cookie", $"torch={cookie}")
        );
        await bearer.ExpectAsync(HttpStatusCode.Unauthorized, "GET", "/api/v1/nodes");
    }

    [Fact]
    public async Task No_other_site_is_told_anything_in_a_visitors_browser()
    {
        using var read = await _admin.SendAsync("GET", "/api/v1/nodes", null, ("Origin", "https://evil.example"));
        using var asked = await _admin.SendAsync(
            "OPTIONS",
            "/api/v1/nodes",
            null,
            ("Origin", "https://evil.example"),
            ("Access-Control-Request-Method", "POST")
        );

        foreach (var answer in new[] { read, asked })
            answer
                .Headers.Select(h => h.Key)
                .ShouldNotContain(h => h.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task No_read_changes_anything()
    {
        var document = await _admin.FetchAsync("/openapi/v1.json");
        var reads = document.GetProperty("paths").EnumerateObject().Where(p => p.Value.TryGetProperty("get", out _));
        var before = await WrittenAsync();

        foreach (
            var read in reads.Select(p => p.Name.Replace("{id}", $"{Guid.CreateVersion7()}", StringComparison.Ordinal))
        )
        {
            using var answer = await _admin.GetAsync(read, HttpCompletionOption.ResponseHeadersRead);
            ((int)answer.StatusCode).ShouldBeLessThan(500, read);
        }

        (await WrittenAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("CLIENT_ID", "torch")]
    [InlineData("CLIENT_SECRET", "secret")]
    [InlineData("TOKEN_URL", "https://id.example/token")]
    public void A_provider_that_is_named_in_part_is_refused_at_the_start(string name, string value) =>
        Should
            .Throw<StartRefusedException>(() => Torch.Server.Auth.SignInProvider.From(n => n == name ? value : null))
            .Message.ShouldContain("TORCH_OAUTH_");

    [Fact]
    public async Task That_a_check_ignores_certificates_is_shown_and_audited()
    {
        const string check = """
            {"name":"self-signed","kind":"http","interval":"PT30S","http":{"url":"https://inner.example/","ignoreCertificate":true}}
            """;
        var made = await _admin.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/checks", check);

        var shown = await _admin.FetchAsync($"/api/v1/checks/{made.Text("id")}", made.Number("position"));
        shown.GetProperty("http").GetProperty("ignoreCertificate").GetBoolean().ShouldBeTrue();
        var audited = await _admin.FetchAsync("/api/v1/audit?types=check_created&limit=1", made.Number("position"));
        audited.Items()[0].GetRawText().ShouldContain("ignoreCertificate");
    }

    private async Task<byte[]> KeptAsync(string person) =>
        Convert.FromBase64String(
            (await _torch.Database.TextAsync($"select hash from torch_auth.passwords where person_id = '{person}'"))!
        );

    // Where in the log the newest change of the admin's is: Torch itself writes, too.
    private async Task<long> WrittenAsync() =>
        (await _admin.FetchAsync("/api/v1/events?actor=ada&newest=true&limit=1")).Items()[0].Number("position");
}
