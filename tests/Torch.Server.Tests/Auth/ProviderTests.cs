using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Torch.Server.Tests.Auth;

/// <summary>A server that knows a provider, the provider, and an admin.</summary>
public sealed class ProviderFixture : IAsyncLifetime
{
    internal Provider Provider { get; private set; } = null!;

    public TorchFactory Torch { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await Provider.StartAsync();
        Torch = await TorchFactory.StartAsync(
            ("OAUTH_CLIENT_ID", Provider.ClientId),
            ("OAUTH_CLIENT_SECRET", Provider.ClientSecret),
            ("OAUTH_AUTHORIZE_URL", Provider.Url + "/authorize"),
            ("OAUTH_TOKEN_URL", Provider.Url + "/token"),
            ("OAUTH_USERINFO_URL", Provider.Url + "/userinfo"),
            ("OAUTH_NAME", "Example")
        );
        Admin = Torch.Browser(await Torch.SetUpAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Torch.DisposeAsync();
        await Provider.DisposeAsync();
    }
}

/// <summary>Signing in through a provider that listens for real.</summary>
public sealed class ProviderTests(ProviderFixture fixture) : IClassFixture<ProviderFixture>
{
    private readonly Provider _provider = fixture.Provider;
    private readonly TorchFactory _torch = fixture.Torch;
    private readonly HttpClient _admin = fixture.Admin;

    [Fact]
    public async Task Whom_the_provider_vouches_for_comes_in_and_nobody_else()
    {
        await AddAsync("grace", "editor");
        (await _admin.FetchAsync("/api/v1/session")).Text("provider").ShouldBe("Example");

        // Known to both.
        _provider.Person = ("4711", "grace");
        using var answer = await ComeBackAsync("/nodes/1");
        answer.Headers.Location!.OriginalString.ShouldBe("/nodes/1");
        using var grace = _torch.Browser(CookieOf(answer));
        (await grace.FetchAsync("/api/v1/session")).Text("actor").ShouldBe("grace");
        await grace.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", """{"name":"Grace's"}""");

        // The name is bound to the provider's own id: whoever takes it there later is somebody else here.
        _provider.Person = ("9999", "grace");
        using var thief = await ComeBackAsync("/");
        thief.Headers.Location!.OriginalString.ShouldBe("/?signin=no-account");

        // Known to the provider alone.
        _provider.Person = ("5000", "stranger");
        using var stranger = await ComeBackAsync("/");
        stranger.Headers.Location!.OriginalString.ShouldBe("/?signin=no-account");

        var events = (await _admin.FetchAsync("/api/v1/events?newest=true&types=signed_in,sign_in_refused")).Items();
        events[0].GetProperty("data").Text("reason").ShouldBe("no_account");
        events.ShouldContain(e => e.GetRawText().Contains("\"provider\""));
    }

    [Fact]
    public async Task Who_was_not_sent_by_this_browser_does_not_come_in()
    {
        await AddAsync("hedy", "editor");
        _provider.Person = ("4712", "hedy");
        using var client = _torch.Client();
        using var asked = await client.SendAsync("GET", "/api/v1/session/provider");
        var back = await _provider.AuthorizeAsync(asked.Headers.Location!);

        // The link in somebody else's browser, which has not the cookie of the one that asked.
        using var other = await client.GetAsync(back);

        other.Headers.Location!.OriginalString.ShouldBe("/?signin=failed");
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task After_signing_in_nobody_is_sent_elsewhere(string returnTo)
    {
        var name = $"returns{returnTo.Length}";
        await AddAsync(name, "viewer");
        _provider.Person = (name, name);

        using var answer = await ComeBackAsync(returnTo);

        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Theory]
    [InlineData("")]
    [InlineData("with\0zero")]
    [InlineData(LongId)]
    public async Task An_id_that_is_none_binds_to_nobody(string id)
    {
        var name = $"unbound{id.Length}";
        await AddAsync(name, "viewer");
        _provider.Person = (id, name);

        using var answer = await ComeBackAsync("/");

        answer.Headers.Location!.OriginalString.ShouldBe("/?signin=no-account");
    }

    [Fact]
    public async Task An_account_with_a_password_is_linked_by_whom_it_belongs_to_and_not_by_its_name()
    {
        await _admin.AddPersonAsync("lise", "editor");
        _provider.Person = ("4713", "lise");
        using var thief = await ComeBackAsync("/");
        thief.Headers.Location!.OriginalString.ShouldBe("/?signin=link-first");

        var cookie = await _torch.SignInAsync("lise");
        using var lise = _torch.Browser(cookie);
        (await lise.FetchAsync("/api/v1/session")).GetProperty("linked").GetBoolean().ShouldBeFalse();
        const string link = "/api/v1/session/provider?link=true&returnTo=/settings/account";
        foreach (var site in new[] { "cross-site", "same-site", "none" })
        {
            using var foreign = await lise.SendAsync("GET", link, null, ("Sec-Fetch-Site", site));
            foreign.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
        using var nobody = _torch.Client();
        using var refused = await nobody.SendAsync("GET", link, null, ("Sec-Fetch-Site", "same-origin"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // Whatever the provider calls her.
        _provider.Person = ("4713", "l.meitner");
        using var linked = await ComeBackAsync(link, cookie);
        linked.Headers.Location!.OriginalString.ShouldBe("/settings/account");
        (await lise.FetchAsync("/api/v1/session")).GetProperty("linked").GetBoolean().ShouldBeTrue();
        using var answer = await ComeBackAsync("/");
        using var again = _torch.Browser(CookieOf(answer));
        (await again.FetchAsync("/api/v1/session")).Text("actor").ShouldBe("lise");

        // Neither of the two twice.
        await _admin.AddPersonAsync("otto", "viewer");
        using var taken = await ComeBackAsync(link, await _torch.SignInAsync("otto"));
        taken.Headers.Location!.OriginalString.ShouldBe("/settings/account?signin=taken");
        _provider.Person = ("4714", "somebody");
        using var second = await ComeBackAsync(link, cookie);
        second.Headers.Location!.OriginalString.ShouldBe("/settings/account?signin=taken");
    }

    [Fact]
    public async Task A_sign_in_that_fails_on_the_way_is_written_down()
    {
        using var client = _torch.Client();

        using var answer = await client.SendAsync("GET", "/api/v1/session/callback?code=x&state=y");

        answer.Headers.Location!.OriginalString.ShouldBe("/?signin=failed");
        (await _admin.FetchAsync("/api/v1/events?newest=true&types=sign_in_refused"))
            .Items()
            .ShouldContain(e => e.GetProperty("data").Text("reason") == "provider_failed");
    }

    private const string LongId =
        "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
        + "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
        + "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789";

    private Task AddAsync(string name, string role) =>
        _admin.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/people",
            JsonSerializer.Serialize(new { name, role })
        );

    private async Task<HttpResponseMessage> ComeBackAsync(string returnTo, string? session = null)
    {
        using var client = _torch.Client();
        var ask = session is null ? "/api/v1/session/provider?returnTo=" + Uri.EscapeDataString(returnTo) : returnTo;
        using var asked = await client.SendAsync(
            "GET",
            ask,
            null,
            ("Cookie", session ?? ""),
            ("Sec-Fetch-Site", "same-origin")
        );
        asked.StatusCode.ShouldBe(HttpStatusCode.Found, await asked.Content.ReadAsStringAsync());
        var cookies = string.Join("; ", asked.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        var back = await _provider.AuthorizeAsync(asked.Headers.Location!);
        return await client.SendAsync("GET", back.PathAndQuery, null, ("Cookie", cookies));
    }

    private static string CookieOf(HttpResponseMessage answer) =>
        answer
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("__Host-torch=", StringComparison.Ordinal) && !c.Contains("expires="))
            .Split(';')[0];
}

/// <summary>As small as a provider can be that checks what it should.</summary>
internal sealed class Provider(WebApplication app) : IAsyncDisposable
{
    public const string ClientId = "torch";
    public const string ClientSecret = "the-client-secret-of-torch";
    private readonly Dictionary<string, string> _challenges = [];

    public (string Id, string Name) Person { get; set; }

    public string Url { get; private set; } = "";

    public static async Task<Provider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var provider = new Provider(app);
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync);
        app.MapGet("/userinfo", provider.UserInfo);
        await app.StartAsync();
        var server = app.Services.GetRequiredService<IServer>();
        provider.Url = server.Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return provider;
    }

    /// <summary>Goes where the browser was sent, and answers where it is sent back to.</summary>
    public async Task<Uri> AuthorizeAsync(Uri there)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(there);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!;
    }

    private IResult Authorize(HttpRequest request)
    {
        var asked = request.Query;
        if (
            asked["client_id"] != ClientId
            || asked["response_type"] != "code"
            || asked["code_challenge_method"] != "S256"
        )
            return Results.BadRequest("not the code flow with PKCE");
        var code = Guid.NewGuid().ToString("N");
        _challenges[code] = asked["code_challenge"].ToString();
        var state = HttpUtility.UrlEncode(asked["state"].ToString());
        return Results.Redirect($"{asked["redirect_uri"]}?code={code}&state={state}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var isKnown = _challenges.Remove(form["code"].ToString(), out var challenge);
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()));
        return
            isKnown
            && form["client_secret"] == ClientSecret
            && challenge == System.Buffers.Text.Base64Url.EncodeToString(hash)
            ? Results.Json(
                new
                {
                    access_token = "for-userinfo",
                    token_type = "Bearer",
                    expires_in = 60,
                }
            )
            : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
    }

    private IResult UserInfo(HttpRequest request) =>
        request.Headers.Authorization == "Bearer for-userinfo"
            ? Results.Json(new { sub = Person.Id, preferred_username = Person.Name })
            : Results.Unauthorized();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
