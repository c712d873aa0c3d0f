using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Audit;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit").Needs(Right.Read);
        audit
            .MapGet("", ListAudit.Handle)
            .WithName("ListAudit")
            .Produces<Page<AuditEntry>>()
            .Produces<string>(200, NdJson.MediaType)
            .Refuses(400, 404);
        audit.MapGet("/{position:long}", GetAuditEntry.Handle).WithName("GetAuditEntry").Refuses(404);
    }
}
