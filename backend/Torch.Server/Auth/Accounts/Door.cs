using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>Lets browsers in: a new session at each sign-in, so that nobody can have planted one before.</summary>
internal sealed class Door(Sessions sessions, SignInThrottle throttle, SignInJournal journal, TorchOptions options)
{
    /// <exception cref="FaultException">The address is not safe, or too many wrong tries came from it.</exception>
    public void RequireOpen(HttpContext http, string account)
    {
        // A browser takes a Secure cookie over plain http from loopback only; elsewhere secret and cookie would travel in the clear.
        if (!http.Request.IsHttps && !options.BehindProxy && !BindGuard.IsLoopback(http.Request.Host.Host))
            throw new FaultException(
                new Fault(403, "insecure_address", "Signing in over plain http works on this machine only: use https.")
            );
        if (throttle.Wait(http.Peer(), account) is { } seconds)
            throw new FaultException(TooManyTries(seconds));
        http.Response.RegisterForDispose(throttle.TryBegin(http.Peer()) ?? throw new FaultException(TooManyTries(1)));
    }

    public async Task<Fault> RefuseAsync(HttpContext http, string account, string name, string reason, Fault answer)
    {
        var attempts = throttle.Failed(http.Peer(), account);
        await journal.RefusedAsync(http, name, reason, attempts);
        return answer;
    }

    /// <param name="principal">Whose session it will be.</param>
    /// <param name="means">How they showed who they are.</param>
    public async Task LetInAsync(HttpContext http, string principal, Guid? personId, string name, string means)
    {
        await journal.CameInAsync(http, personId, name, means);
        await sessions.EndAsync(http.Request.Cookies[Sessions.CookieName], http.RequestAborted);
        var cookie = await sessions.StartAsync(principal, http);
        http.Response.Cookies.Append(Sessions.CookieName, cookie, SessionCookie.Options);
    }

    public void Forget(HttpContext http, string account) => throttle.Succeeded(http.Peer(), account);

    private static Fault TooManyTries(int seconds) =>
        new(429, "too_many_tries", $"Too many wrong tries. Try again in {seconds} s.", RetryAfterSeconds: seconds);
}
