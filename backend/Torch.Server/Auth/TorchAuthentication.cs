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
    Sessions sessions
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Torch";
    private static readonly AuthenticateResult Local = Ticket("local");
    private static readonly AuthenticateResult Admin = Ticket("admin");

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    private AuthenticateResult Authenticate()
    {
        if (!key.IsRequired)
            return Local;
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return key.Matches(header["Bearer ".Length..].Trim()) ? Admin : AuthenticateResult.Fail("wrong key");
        return sessions.Find(Request.Cookies[Sessions.CookieName]) is { } actor
            ? Ticket(actor)
            : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        var detail = "This needs an API key: Authorization: Bearer <key>, or a browser session.";
        return Problems.WriteAsync(Context, new Fault(401, "unauthenticated", detail));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, new Fault(403, "forbidden", "This key may not do that."));

    private static AuthenticateResult Ticket(string actor)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, actor)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}

/// <summary>Who asks, as the log names them.</summary>
internal static class Actors
{
    public static string Actor(this HttpContext http) => http.User.Identity?.Name ?? "anonymous";

    public static IPAddress Peer(this HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
