using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>Says who asks: the bearer of a key, a browser's session, or, where nobody has an account and no key is set, whoever sits at this machine.</summary>
internal sealed class TorchAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AdminKey admin,
    ApiKeys keys,
    Identification identification,
    LocalDoor local
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Torch";
    private static readonly AuthenticateResult WrongKey = AuthenticateResult.Fail("wrong key");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var bearer = Bearer();
        if (bearer is not null && admin.Matches(bearer))
            return Caller.Admin.Ticket;
        // Also where no key is needed: who shows one may do what it opens, and no more.
        if (bearer is not null && KeyText.Read(bearer) is { } text)
            return (await keys.FindAsync(text, Context))?.Ticket ?? WrongKey;
        if (bearer is null && await identification.FindAsync(Cookie, Context.RequestAborted) is { } caller)
            return caller.Ticket;
        if (await local.IsOpenAsync(Context.RequestAborted))
            return Caller.Local.Ticket;
        return bearer is null ? AuthenticateResult.NoResult() : WrongKey;
    }

    private string? Cookie => Request.Cookies[Sessions.CookieName];

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
        Problems.WriteAsync(
            Context,
            new Fault(
                403,
                "forbidden",
                Context.Caller()?.Kind is CallerKind.Person
                    ? "Your role does not allow that."
                    : "This key may not do that."
            )
        );
}
