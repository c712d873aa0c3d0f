using Microsoft.AspNetCore.Authentication;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Session;

internal static class AskProvider
{
    /// <summary>Sign in through the provider.</summary>
    /// <remarks>Sends the browser there; it comes back signed in, or to the sign-in page with a reason.</remarks>
    /// <param name="returnTo">Where in Torch to go then; the overview where absent.</param>
    /// <response code="302">To the provider.</response>
    public static IResult Handle(string? returnTo, TorchOptions options)
    {
        if (options.Provider is null)
            return Fault.NotFound("sign-in provider").Answer();
        if (returnTo is { Length: > 2_000 })
            return Fault.Invalid("returnTo", "must be a path of Torch").Answer();
        return Results.Challenge(
            new AuthenticationProperties { RedirectUri = ProviderAccounts.Own(returnTo) },
            [ProviderSignIn.Scheme]
        );
    }
}
