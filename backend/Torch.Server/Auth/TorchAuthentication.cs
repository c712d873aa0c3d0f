using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>Says who asks: the bearer of the admin key, a browser's session, or, where no key is set, whoever sits at this machine.</summary>
internal sealed class TorchAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AdminKey key,
    ApiKeys keys,
    Sessions sessions
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Torch";
    private static readonly AuthenticateResult Local = Ticket("local", Scopes.Admin);
    private static readonly AuthenticateResult Admin = Ticket("admin", Scopes.Admin);
    private static readonly AuthenticateResult WrongKey = AuthenticateResult.Fail("wrong key");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var bearer = Bearer();
        if (bearer is not null && key.Matches(bearer))
            return Admin;
        // Also where no key is needed: an agent is that agent, and may do no more than it.
        if (bearer is not null && KeyText.Read(bearer) is { } text)
            return await keys.FindAsync(text, Context.RequestAborted) is { } found ? Ticket(found) : WrongKey;
        if (!key.IsRequired)
            return Local;
        if (bearer is not null)
            return WrongKey;
        return sessions.Find(Request.Cookies[Sessions.CookieName]) is { } actor
            ? Ticket(actor, Scopes.Admin)
            : AuthenticateResult.NoResult();
    }

    private string? Bearer()
    {
        var header = Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..].Trim()
            : null;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        var detail = "This needs an API key: Authorization: Bearer <key>, or a browser session.";
        return Problems.WriteAsync(Context, new Fault(401, "unauthenticated", detail));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, new Fault(403, "forbidden", "This key may not do that."));

    private static AuthenticateResult Ticket(ApiKey key) =>
        Ticket(
            $"{key.Kind} {key.Name}",
            [
                new Claim(ClaimTypes.NameIdentifier, key.Id.ToString()),
                .. key.Scopes.Select(scope => new Claim(Access.Scope, scope)),
            ]
        );

    private static AuthenticateResult Ticket(string actor, string scope) =>
        Ticket(actor, [new Claim(Access.Scope, scope)]);

    private static AuthenticateResult Ticket(string actor, IEnumerable<Claim> claims)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, actor), .. claims], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}

/// <summary>Who asks, as the log names them.</summary>
internal static class Actors
{
    public static string Actor(this HttpContext http) => http.User.Identity?.Name ?? "anonymous";

    /// <summary>The holder of the key that the request came with.</summary>
    public static Guid Holder(this HttpContext http) =>
        Guid.Parse(http.User.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public static IPAddress Peer(this HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
