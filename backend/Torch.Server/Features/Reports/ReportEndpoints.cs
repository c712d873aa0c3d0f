using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Reports;

internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("Reports").Needs(Right.Read, change: Right.Ingest);
        reports.MapGet("", ListReports.Handle).WithName("ListReports").Refuses(400);
        reports
            .MapPost("", PostReport.Handle)
            .WithName("PostReport")
            .Takes<ReportRequest>()
            .Produces<ReportAccepted>(202)
            .WithMetadata(IdempotentMetadata.Instance, MinPosition.Ingesting)
            .Refuses(400, 409, 413, 415, 422, 429);
        reports
            .MapPost("/batch", PostBatch.Handle)
            .WithName("PostBatch")
            .Accepts<IReadOnlyList<ReportRequest>>("application/json", "application/x-ndjson")
            .Produces<BatchAccepted>(202)
            .WithMetadata(IdempotentMetadata.Instance, MinPosition.Ingesting)
            .Refuses(400, 409, 413, 415, 422, 429);
    }
}
