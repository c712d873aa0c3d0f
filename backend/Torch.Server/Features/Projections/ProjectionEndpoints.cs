using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Projections;

internal static class ProjectionEndpoints
{
    public static void MapProjections(this IEndpointRouteBuilder api)
    {
        var projections = api.MapGroup("/projections").WithTags("Projections").Needs(Right.Read, change: Right.Admin);
        projections.MapGet("", ListProjections.Handle).WithName("ListProjections");
        var one = projections.MapGroup("/{name}");
        one.MapPost("/rebuild", BeginRebuild.Handle)
            .WithName("RebuildProjection")
            .Produces<ProjectionView>(202)
            .Refuses(404, 409);
        one.MapDelete("/rebuild", CancelRebuild.Handle).WithName("CancelRebuild").Produces(204).Refuses(404);
        one.MapPost("/verify", BeginVerification.Handle)
            .WithName("VerifyProjection")
            .Produces<ProjectionView>(202)
            .Refuses(404, 409);
        one.MapGet("/parked", ListParked.Handle).WithName("ListParkedStreams").Refuses(404);
        one.MapPost("/parked/{streamId:guid}/retry", RetryParked.Handle)
            .WithName("RetryParkedStream")
            .Produces<ParkedRetried>()
            .Refuses(404, 422);
    }
}
