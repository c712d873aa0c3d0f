using System.Net;

namespace Torch.Probes.Http;

/// <summary>
/// Where an answer sends the probe next. The address is policed anew, as every address is; what the check says goes to its own origin only:
/// its credentials, its headers (a key may stand in any of them) and its body.
/// </summary>
internal static class HttpRedirect
{
    private const int MaxUrl = 8192;

    // What says nothing of who asks.
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept",
        "Accept-Language",
        "User-Agent",
    };

    /// <returns>Null where the answer is no redirect, and counts itself.</returns>
    /// <exception cref="ProbeFault">It leads nowhere that a probe may go.</exception>
    public static HttpHop? Next(HttpHop last, HttpResponseMessage answer)
    {
        if (!IsRedirect(answer.StatusCode) || !answer.Headers.NonValidated.Contains("Location"))
            return null;
        var to = Target(last.Url, answer.Headers.Location);
        var (method, body) = Asked(last, answer.StatusCode);
        if (IsSameOrigin(last.Url, to))
            return last with { Url = to, Method = method, Body = body };
        if (body is not null)
            throw Fault("The target sends the request's body on to another origin, where Torch does not follow.");
        var headers = last.Headers.Where(h => Harmless.Contains(h.Key)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return new HttpHop(to, method, null, headers, Auth: null);
    }

    public static ProbeFault TooMany(int most) => Fault($"The target redirected more than {most} times.");

    private static bool IsRedirect(HttpStatusCode code) => (int)code is 301 or 302 or 303 or 307 or 308;

    private static Uri Target(Uri from, Uri? location)
    {
        if (!Uri.TryCreate(from, location, out var to) || to.Scheme is not ("http" or "https") || to.Host.Length == 0)
            throw Fault("The target redirects to what is not an http or https URL.");
        if (to.OriginalString.Length > MaxUrl)
            throw Fault($"The target redirects to a URL of more than {MaxUrl} characters.");
        return new UriBuilder(to)
        {
            Fragment = "",
            UserName = "",
            Password = "",
        }.Uri;
    }

    // RFC 9110, 15.4: what was posted is asked for with GET, except where 307 and 308 say to repeat it.
    private static (string Method, byte[]? Body) Asked(HttpHop last, HttpStatusCode code) =>
        (int)code is 307 or 308 || last.Method is "GET" or "HEAD" ? (last.Method, last.Body)
        : (int)code is 303 || last.Method is "POST" ? ("GET", null)
        : (last.Method, last.Body);

    private static bool IsSameOrigin(Uri a, Uri b) =>
        a.Scheme == b.Scheme && a.Port == b.Port && a.IdnHost.Equals(b.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static ProbeFault Fault(string message) => new(Causes.Redirect, message);
}
