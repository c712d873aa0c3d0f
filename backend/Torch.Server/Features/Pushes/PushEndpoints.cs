using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Pushes;

internal static class PushEndpoints
{
    public static void AddPushes(this IServiceCollection services) =>
        services
            .AddSingleton<PushKeys>()
            .AddSingleton<PushThrottle>()
            .AddSingleton<PushKeyValidator>()
            .AddSingleton<PushHealthchecks>()
            .AddSingleton<UnfinishedRuns>()
            .AddHostedService(s => s.GetRequiredService<UnfinishedRuns>());

    public static void MapPushKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/push-keys").WithTags("Push").Needs(Right.Admin);
        keys.MapGet("", ListPushKeys.Handle).WithName("ListPushKeys").Refuses(400);
        keys.MapPost("", CreatePushKey.Handle)
            .WithName("CreatePushKey")
            .Takes<PushKeyRequest>()
            .Produces<PushKeyMade>(201)
            .Refuses(400, 409, 413, 415, 422);
        keys.MapDelete("/{id:guid}", RemovePushKey.Handle).WithName("RemovePushKey").IsCommand().Refuses(404);
        api.MapPost("/endpoints/{key}/external", PushGatus.Handle)
            .WithName("PushGatus")
            .Produces(200)
            .Produces<string>(400, "text/plain")
            .Produces<string>(401, "text/plain")
            .Produces<string>(404, "text/plain")
            .Opens();
        api.MapPost("/alertmanager", PushAlertmanager.Handle)
            .WithName("PushAlertmanager")
            .Accepts<AlertmanagerWebhook>("application/json", "*/*")
            .Produces(202)
            .Refuses(400, 401, 413, 422)
            .Opens();
    }

    /// <summary>The paths that other systems' scripts have built in. Described once, as POST: the other methods do the same.</summary>
    public static void MapForeignPushes(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/push/{token}", PushKuma.Handle).Opens().ExcludeFromDescription();
        app.MapPost("/api/push/{token}", PushKuma.Handle)
            .WithName("PushKuma")
            .Produces<KumaAnswer>()
            .Produces<KumaAnswer>(404)
            .Opens();
        foreach (var (path, name) in Pings)
        {
            app.MapMethods(path, ["GET", "HEAD"], PushHealthchecks.Handle).Opens().ExcludeFromDescription();
            Describe(app.MapPost(path, PushHealthchecks.Handle).WithName(name).Opens());
        }
    }

    private static readonly (string Path, string Name)[] Pings =
    [
        ("/ping/{token}", "Ping"),
        ("/ping/{token}/{second}", "PingWith"),
        ("/ping/{token}/{second}/{third}", "PingSlugWith"),
    ];

    private static void Describe(RouteHandlerBuilder ping) =>
        ping.Accepts<string>(isOptional: true, "text/plain", "*/*")
            .Produces<string>(200, "text/plain")
            .Produces<string>(201, "text/plain")
            .Produces<string>(400, "text/plain")
            .Produces<string>(404, "text/plain")
            .Refuses(413);

    // The token is the key, in the path or as the bearer: each of them looks at it itself.
    private static RouteHandlerBuilder Opens(this RouteHandlerBuilder push) =>
        push.WithTags("Push")
            .WithMetadata(MinPosition.Ingesting, KnownQuery.Any)
            .Refuses(429, 503)
            .Needs(Right.Anonymous);
}
