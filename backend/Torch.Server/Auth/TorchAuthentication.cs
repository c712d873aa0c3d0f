using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>Who asks, as <see cref="Doorkeeper"/> says it, in the words of ASP.NET.</summary>
internal sealed class TorchAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    Doorkeeper doorkeeper
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Torch";

    /// <summary>The web app says by it that it asks by itself and nobody is there: no session lives longer by that.</summary>
    private const string Unattended = "Torch-Unattended";

    private static readonly AuthenticateResult WrongKey = AuthenticateResult.Fail("wrong key");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var isAttended = !Request.Headers.ContainsKey(Unattended);
        if (await doorkeeper.FindAsync(Context, isAttended, Context.RequestAborted) is { } caller)
            return caller.Ticket;
        return Doorkeeper.ShowsKey(Context) ? WrongKey : AuthenticateResult.NoResult();
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
            Context.Caller() switch
            {
                { Sees: not null } caller when IsBeyondSight(caller) => Sight.Beyond,
                { Kind: CallerKind.Person } => new(403, "forbidden", "Your role does not allow that."),
                _ => new(403, "forbidden", "This key may not do that."),
            }
        );

    private bool IsBeyondSight(Caller caller) =>
        Context.GetEndpoint() is { } endpoint && Rights.RightOf(endpoint) is { } right && caller.May(right);
}
