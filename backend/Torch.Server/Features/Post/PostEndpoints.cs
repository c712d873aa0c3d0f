using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Post;

internal static class PostEndpoints
{
    public static void MapV1Post(this IEndpointRouteBuilder api)
    {
        // Torch v1's scripts know no key: they may post from this machine and from networks that were named.
        api.MapPost("/post/reports", PostV1Report.Handle)
            .WithTags("Reports")
            .WithName("PostV1Report")
            .Accepts<V1ReportRequest>("application/json", "*/*")
            .Produces<V1Report>(201)
            .Refuses(400, 413, 422, 429)
            .WithMetadata(MinPosition.Ingesting, KnownQuery.Any, V1Mark.Instance)
            .Needs(Right.Ingest);
    }
}
