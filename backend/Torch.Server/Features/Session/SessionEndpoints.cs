using FluentValidation;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Session;

internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Session");
        // Whoever is not signed in yet must be able to ask and to sign in.
        session.MapGet("", GetSession.Handle).WithName("GetSession").AllowAnonymous();
        session
            .MapPost("", SignIn.Handle)
            .WithName("SignIn")
            .Takes<Contracts.SignIn>()
            .Produces<SessionView>()
            .Refuses(400, 401, 403, 413, 415, 429)
            .AllowAnonymous();
        session.MapDelete("", SignOut.Handle).WithName("SignOut").Produces(204).AllowAnonymous();
    }
}

internal static class GetSession
{
    /// <summary>Whether a key is needed, and who is signed in.</summary>
    public static SessionView Handle(HttpContext http, AdminKey key)
    {
        var isSignedIn = http.User.Identity is { IsAuthenticated: true };
        return new SessionView(key.IsRequired, isSignedIn, isSignedIn ? http.Actor() : null);
    }
}

internal static class SignIn
{
    private const int MostCharacters = 500;

    /// <summary>Exchange an API key for a browser session.</summary>
    /// <remarks>The session stands in a cookie that only this server reads. It ends after 60 idle minutes, at the latest after 12 hours.</remarks>
    public static async Task<IResult> Handle(
        HttpContext http,
        AdminKey key,
        Sessions sessions,
        SignInThrottle throttle,
        TorchOptions options
    )
    {
        RefuseUnsafeAddress(http, options);
        if (throttle.Wait(http.Peer()) is { } seconds)
            return TooManyTries(seconds).Answer();
        var body = await http.ReadJsonAsync(Validator);
        if (!key.IsRequired)
            return Results.Ok(new SessionView(false, true, http.Actor()));
        if (!key.Matches(body.Value.Key))
        {
            throttle.Failed(http.Peer());
            return new Fault(401, "wrong_key", "This key is not valid.").Answer();
        }
        throttle.Succeeded(http.Peer());
        sessions.End(http.Request.Cookies[Sessions.CookieName]);
        http.Response.Cookies.Append(Sessions.CookieName, sessions.Start("admin"), SessionCookie.Options);
        return Results.Ok(new SessionView(true, true, "admin"));
    }

    // A browser takes a Secure cookie over plain http from loopback only; elsewhere key and cookie would travel in the clear.
    private static void RefuseUnsafeAddress(HttpContext http, TorchOptions options)
    {
        if (!http.Request.IsHttps && !options.BehindProxy && !BindGuard.IsLoopback(http.Request.Host.Host))
            throw new FaultException(
                new Fault(403, "insecure_address", "Signing in over plain http works on this machine only: use https.")
            );
    }

    private static Fault TooManyTries(int seconds) =>
        new(429, "too_many_tries", $"Too many wrong keys. Try again in {seconds} s.", RetryAfterSeconds: seconds);

    private static readonly InlineValidator<Contracts.SignIn> Validator = Make();

    private static InlineValidator<Contracts.SignIn> Make()
    {
        var validator = new InlineValidator<Contracts.SignIn>();
        validator
            .RuleFor(s => s.Key)
            .Must(k => k is { Length: > 0 and <= MostCharacters })
            .WithMessage("must be an API key");
        return validator;
    }
}

internal static class SignOut
{
    /// <summary>End the browser session.</summary>
    public static IResult Handle(HttpContext http, Sessions sessions)
    {
        sessions.End(http.Request.Cookies[Sessions.CookieName]);
        http.Response.Cookies.Delete(Sessions.CookieName, SessionCookie.Options);
        return Results.NoContent();
    }
}

internal static class SessionCookie
{
    public static CookieOptions Options =>
        new()
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Lax,
            Path = "/",
        };
}
