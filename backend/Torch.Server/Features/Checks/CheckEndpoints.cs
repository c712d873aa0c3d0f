using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Checks;

internal static class CheckEndpoints
{
    public static void MapChecks(this IEndpointRouteBuilder api)
    {
        var checks = api.MapGroup("/checks")
            .WithTags("Checks")
            .Needs(Right.Read, change: Right.Write)
            .WithinHierarchies();
        checks.MapGet("", ListChecks.Handle).WithName("ListChecks").WithinSight().Refuses(400);
        checks
            .MapPost("", CreateCheck.Handle)
            .WithName("CreateCheck")
            .Takes<CheckRequest>()
            .IsCommand(201)
            .Refuses(413, 415);
        checks
            .MapPost("/try", TryCheck.Handle)
            .WithName("TryCheck")
            .Takes<CheckRequest>()
            .Produces<ObservationView>()
            .Refuses(400, 413, 415, 422, 504);
        api.MapGet("/agents/{id:guid}/checks", ListAgentChecks.Handle)
            .WithTags("Agents")
            .WithName("ListAgentChecks")
            .Needs(Right.Read)
            .Refuses(400, 404);
        checks.MapGet("/{id:guid}", GetCheck.Handle).WithName("GetCheck").WithinSight().Refuses(404);
        checks
            .MapPut("/{id:guid}", ChangeCheck.Handle)
            .WithName("ChangeCheck")
            .Takes<CheckRequest>()
            .IsCommand()
            .Refuses(404, 413, 415);
        checks.MapDelete("/{id:guid}", DeleteCheck.Handle).WithName("DeleteCheck").IsCommand().Refuses(404);
        checks
            .MapPost("/{id:guid}/run", RunCheck.Handle)
            .WithName("RunCheck")
            .Produces<ObservationView>()
            .Refuses(404, 409, 422, 504);
        checks
            .MapGet("/{id:guid}/observations", ListObservations.Handle)
            .WithName("ListObservations")
            .WithinSight()
            .Refuses(400, 404);
        checks.MapGet("/{id:guid}/series", GetSeries.Handle).WithName("GetSeries").WithinSight().Refuses(400, 404);
    }
}
