using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Statuses;

internal static class StatusEndpoints
{
    public static void MapStatuses(this IEndpointRouteBuilder api)
    {
        var statuses = api.MapGroup("/statuses").WithTags("Statuses").Needs(Right.Read, change: Right.Write);
        statuses.MapGet("", ListStatuses.Handle).WithName("ListStatuses").WithinSight();
        statuses
            .MapPost("", PostStatus.Handle)
            .WithName("DefineStatus")
            .Takes<DefineStatus>()
            .IsCommand(201)
            .Refuses(413, 415);
        statuses
            .MapPut("/{name}", PutStatus.Handle)
            .WithName("ChangeStatus")
            .Takes<StatusSettings>()
            .IsCommand()
            .Refuses(404, 413, 415);
        statuses.MapDelete("/{name}", DeleteStatus.Handle).WithName("RemoveStatus").IsCommand().Refuses(404);
    }
}
