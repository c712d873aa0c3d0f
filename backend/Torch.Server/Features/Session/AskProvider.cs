using Microsoft.AspNetCore.Authentication;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Session;

internal static class AskProvider
{
    /// <summary>Sign in through the provider.</summary>
    /// <remarks>Sends the browser there; it comes back signed in, or to the sign-in page with a reason.</remarks>
    /// <param name="returnTo">Where in Torch to go then; the overview where absent.</param>
    /// <param name="link">True to bind one's account here to who one is there. Only for a person who is signed in, from a page of Torch.</param>
    /// <response code="302">To the provider.</response>
    public static IResult Handle(string? returnTo, bool? link, HttpContext http, TorchOptions options)
    {
        if (options.Provider is null)
            return Fault.NotFound("sign-in provider").Answer();
        if (returnTo is { Length: > 2_000 })
            return Fault.Invalid("returnTo", "must be a path of Torch").Answer();
        var going = new AuthenticationProperties { RedirectUri = ProviderAccounts.Own(returnTo) };
        if (link == true)
        {
            if (Person(http) is not { } person)
                return NotYours.Answer();
            going.Items[ProviderSignIn.Link] = person.ToString();
        }
        return Results.Challenge(going, [ProviderSignIn.Scheme]);
    }

    private static readonly Fault NotYours = new(
        403,
        "not_linked_here",
        "Only a person who is signed in links their account, and only from a page of Torch."
    );

    // Another site must not bind somebody's account to whom it has signed in at the provider.
    private static Guid? Person(HttpContext http) =>
        http.Request.Headers["Sec-Fetch-Site"] == "same-origin" && http.Caller() is { Kind: CallerKind.Person } caller
            ? caller.Subject
            : null;
}
