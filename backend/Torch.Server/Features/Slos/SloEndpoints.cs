using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Slos;

internal static class SloEndpoints
{
    public static void MapSlos(this IEndpointRouteBuilder api)
    {
        var slos = api.MapGroup("/slos")
            .WithTags("Objectives")
            .Needs(Right.Read, change: Right.Write)
            .WithinHierarchies();
        slos.MapGet("", ListObjectives.Handle).WithName("ListObjectives").WithinSight().Refuses(400);
        slos.MapPost("", PostObjective.Handle)
            .WithName("CreateObjective")
            .Takes<ObjectiveRequest>()
            .IsCommand(201)
            .Refuses(413, 415);
        slos.MapGet("/reports", ListReports.Handle)
            .WithName("ListObjectiveReports")
            .WithinSight()
            .WithMetadata(PastMark.Instance)
            .Refuses(400);
        slos.MapGet("/{id:guid}", GetObjective.Handle).WithName("GetObjective").WithinSight().Refuses(404);
        slos.MapPut("/{id:guid}", PutObjective.Handle)
            .WithName("ChangeObjective")
            .Takes<ObjectiveRequest>()
            .IsCommand()
            .Refuses(404, 413, 415);
        slos.MapDelete("/{id:guid}", DeleteObjective.Handle).WithName("DeleteObjective").IsCommand().Refuses(404);
        slos.MapPost("/{id:guid}/exclusions", PostExclusion.Handle)
            .WithName("ExcludeTime")
            .Takes<ExclusionRequest>()
            .IsCommand(201)
            .Refuses(404, 413, 415);
        slos.MapDelete("/{id:guid}/exclusions/{exclusionId:guid}", DeleteExclusion.Handle)
            .WithName("IncludeTime")
            .IsCommand()
            .Refuses(404);
        slos.MapGet("/{id:guid}/report", GetReport.Handle)
            .WithName("GetObjectiveReport")
            .WithinSight()
            .Produces<ObjectiveReport>()
            .Produces<string>(200, "text/csv")
            .WithMetadata(PastMark.Instance)
            .Refuses(400, 404);
        slos.MapGet("/{id:guid}/budget", GetBudget.Handle)
            .WithName("GetObjectiveBudget")
            .WithinSight()
            .WithMetadata(PastMark.Instance)
            .Refuses(400, 404);
    }
}
