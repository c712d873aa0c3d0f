using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Features.Post;

namespace Torch.Server.Features.Reports;

internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("Reports");
        reports.MapGet("", ListReports.Handle).WithName("ListReports").Refuses(400);
        reports
            .MapPost("", PostReport.Handle)
            .WithName("PostReport")
            .Takes<ReportRequest>()
            .Produces<ReportAccepted>(202)
            .WithMetadata(IdempotentMetadata.Instance)
            .Refuses(400, 409, 413, 415, 422, 429);
        reports
            .MapPost("/batch", PostBatch.Handle)
            .WithName("PostBatch")
            .Accepts<IReadOnlyList<ReportRequest>>("application/json", "application/x-ndjson")
            .Produces<BatchAccepted>(202)
            .WithMetadata(IdempotentMetadata.Instance)
            .Refuses(400, 409, 413, 415, 422, 429);
        // Torch v1's scripts know no key: they may post from this machine and from networks that were named.
        api.MapPost("/post/reports", PostV1Report.Handle)
            .WithTags("Reports")
            .WithName("PostV1Report")
            .Accepts<V1ReportRequest>("application/json", "*/*")
            .Produces<V1Report>(201)
            .Refuses(400, 413, 422, 429)
            .RequireAuthorization(V1Access.Policy);
    }
}
