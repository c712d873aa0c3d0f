using Microsoft.Extensions.FileProviders;

namespace Torch.Server.Http.Spa;

/// <summary>Serves the web app: its built files, or Vite's in development. Every address that is not the API's is the app's, which has its own router.</summary>
internal static class SpaHosting
{
    private static readonly string[] Ours =
    [
        "/api",
        "/openapi",
        "/swagger",
        "/health",
        "/metrics",
        "/status",
        "/badge",
        "/ping",
    ];

    public static void AddTorchSpa(this IServiceCollection services, TorchOptions options) =>
        services.AddSpaStaticFiles(files => files.RootPath = Root(options) ?? "spa");

    public static void UseTorchSpa(this WebApplication app, TorchOptions options) =>
        app.MapWhen(http => IsPage(http.Request), branch => Serve(branch, options));

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !Ours.Any(ours => request.Path.StartsWithSegments(ours));

    private static void Serve(IApplicationBuilder branch, TorchOptions options)
    {
        if (options.Vite is { Length: > 0 } vite)
            branch.UseSpa(spa => spa.UseProxyToSpaDevelopmentServer(vite));
        else if (Root(options) is { } root && File.Exists(Path.Combine(root, "index.html")))
            ServeFiles(branch);
        else
            branch.Run(NotBuilt.AnswerAsync);
    }

    private static void ServeFiles(IApplicationBuilder branch)
    {
        branch.UseSpaStaticFiles(new StaticFileOptions { OnPrepareResponse = file => Cache(file.Context, file.File) });
        // A file of another build is gone: the page in its place would only fail later, and less clearly.
        branch.MapWhen(
            http => http.Request.Path.StartsWithSegments("/assets"),
            gone =>
                gone.Run(http =>
                {
                    http.Response.StatusCode = 404;
                    return Task.CompletedTask;
                })
        );
        branch.UseSpa(spa =>
            spa.Options.DefaultPageStaticFileOptions = new StaticFileOptions
            {
                OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
            }
        );
    }

    // Vite puts a hash into the names under /assets: what carries such a name never changes.
    private static void Cache(HttpContext http, IFileInfo file) =>
        http.Response.Headers.CacheControl =
            http.Request.Path.StartsWithSegments("/assets") && file.Exists
                ? "public, max-age=31536000, immutable"
                : "no-cache";

    private static string? Root(TorchOptions options) =>
        options.SpaRoot is { Length: > 0 } root ? Path.GetFullPath(root) : null;
}
