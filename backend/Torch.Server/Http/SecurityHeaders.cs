namespace Torch.Server.Http;

/// <summary>Headers that every answer carries. Nothing is loaded from elsewhere, nothing runs inline.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, TorchOptions options)
{
    private const string App =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // Swagger UI writes style elements.
    private static readonly string Swagger = App.Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

    // Vite's development client runs inline and talks over a web socket.
    private const string Development =
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: ws: wss:; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        Write(http, options);
        return next(http);
    }

    /// <summary>Also for who begins an answer anew.</summary>
    public static void Write(HttpContext http, TorchOptions options)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = PolicyOf(http.Request.Path, options);
    }

    private static string PolicyOf(PathString path, TorchOptions options)
    {
        if (path.StartsWithSegments("/swagger"))
            return Swagger;
        return options.Vite is null || path.StartsWithSegments("/api") ? App : Development;
    }
}
