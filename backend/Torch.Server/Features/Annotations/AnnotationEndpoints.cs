using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Annotations;

internal static class AnnotationEndpoints
{
    public static void MapAnnotations(this IEndpointRouteBuilder api)
    {
        var annotations = api.MapGroup("").WithTags("Annotations").WithinHierarchies();
        annotations
            .MapGet("/nodes/{id:guid}/annotations", ListAnnotations.Handle)
            .WithName("ListAnnotations")
            .Needs(Right.Read)
            .WithinSight()
            .Refuses(400, 404);
        // Who may report may say this too: a build has a key to report, and none to change anything.
        annotations
            .MapPost("/nodes/{id:guid}/annotations", PostAnnotation.Handle)
            .WithName("AddAnnotation")
            .Needs(Right.Ingest)
            .Takes<AnnotationRequest>()
            .IsCommand(201)
            .Refuses(404, 413, 415);
        annotations
            .MapDelete("/annotations/{id:guid}", DeleteAnnotation.Handle)
            .WithName("RemoveAnnotation")
            .Needs(Right.Write)
            .IsCommand()
            .Refuses(404);
    }
}
