using Torch.Server.Http;

namespace Torch.Server.Auth;

/// <summary>Refuses state changes that a browser sends on behalf of another site. Scripts send neither header and pass.</summary>
internal sealed class CrossSiteGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        IsSafe(http.Request.Method) || IsOwn(http.Request) ? next(http) : Problems.WriteAsync(http, CrossSite);

    private static readonly Fault CrossSite = new(
        403,
        "cross_site",
        "Another site's page may not change anything here."
    );

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none"))
            return false;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsSameHost(uri, request.Host));
    }

    // The scheme is left out: behind a proxy that ends TLS it may differ, the host and port do not.
    private static bool IsSameHost(Uri origin, HostString host) =>
        origin.Host.Equals(host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
            | origin.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port ?? (origin.Scheme == "https" ? 443 : 80)) == origin.Port;
}
