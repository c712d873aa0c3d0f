using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Retention;

internal static class RetentionEndpoints
{
    public static void MapRetention(this IEndpointRouteBuilder api)
    {
        var retention = api.MapGroup("/retention").WithTags("Retention").Needs(Right.Read, change: Right.Admin);
        retention.MapGet("", GetRetention.Handle).WithName("GetRetention");
        retention.MapGet("/seals", ListSeals.Handle).WithName("ListSeals");
        retention
            .MapPost("/run", RunRetention.Handle)
            .WithName("RunRetention")
            .Produces<RetentionView>()
            .Refuses(400, 409);
    }
}
