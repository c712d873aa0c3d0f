using Microsoft.AspNetCore.HttpOverrides;
using Torch.Server.Auth;
using Torch.Server.Features;
using Torch.Server.Http;
using Torch.Server.Http.OpenApi;
using Torch.Server.Http.Spa;
using Torch.Server.Measuring;
using Torch.Server.Telemetry;

namespace Torch.Server;

/// <summary>The server, put together. Nothing is read or written before it runs.</summary>
public static class TorchServer
{
    /// <summary>Judges the settings before anything is started.</summary>
    /// <exception cref="StartRefusedException">It would not be safe, or not possible, to listen with them.</exception>
    public static void Check(TorchOptions options) => BindGuard.Check(options);

    /// <param name="more">Adds services, such as the in-process agent.</param>
    /// <exception cref="StartRefusedException">It would not be safe to listen with these settings.</exception>
    public static WebApplication Build(TorchOptions options, Action<IServiceCollection>? more = null) =>
        Build(options, WebApplication.CreateBuilder(), more);

    /// <summary>The token that makes the first account, for whoever started this process; null where an admin can sign in.</summary>
    public static async Task<string?> SetupTokenAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        var setup = app.Services.GetRequiredService<Setup>();
        return await setup.IsOpenAsync(cancellationToken) ? setup.Token : null;
    }

    /// <summary>A key with which this process may call itself. It lives as long as the process.</summary>
    public static string OwnKey(this WebApplication app) => app.Services.GetRequiredService<AdminKey>().Own;

    internal static WebApplication Build(
        TorchOptions options,
        WebApplicationBuilder builder,
        Action<IServiceCollection>? more = null
    )
    {
        BindGuard.Check(options);
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimits.BatchBytes + 1;
        });
        builder.Logging.AddStructuredLogs();
        builder.Services.AddTorch(options);
        builder.Services.AddTorchAuth(options);
        builder.Services.AddTorchOpenApi();
        builder.Services.AddTorchSpa(options);
        builder.Services.AddTelemetry(options);
        more?.Invoke(builder.Services);
        builder.Services.AddMeasuring();
        var app = builder.Build();
        Use(app, options);
        app.MapTorch();
        // Makes the endpoints known at once, so that the OpenAPI document can be written without starting.
        app.UseEndpoints(_ => { });
        Rights.RequireStated(app.Services.GetRequiredService<EndpointDataSource>().Endpoints);
        return app;
    }

    // The order matters: headers and problems around everything, the guards before anything that answers, the app before the key.
    private static void Use(WebApplication app, TorchOptions options)
    {
        if (options.BehindProxy)
            app.UseForwardedHeaders(ForwardedByDirectPeer());
        app.UseTelemetry(options);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<HostGuard>();
        app.UseMiddleware<CrossSiteGuard>();
        app.UseTorchOpenApi();
        app.UseTorchSpa(options);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<RateLimiting>();
        app.UseMiddleware<EndlessAnswers>();
    }

    private static ForwardedHeadersOptions ForwardedByDirectPeer()
    {
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, ForwardLimit = 1 };
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        return forwarded;
    }
}
