using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Torch.Server.Features;

namespace Torch.Server.Http.OpenApi;

/// <summary>Adds what many operations share: minPosition, Idempotency-Key, If-Match and the ETag.</summary>
internal sealed class SharedParameters : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        operation.Parameters ??= [];
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (
            context.ApiDescription.HttpMethod == "GET"
            && context.ApiDescription.RelativePath?.StartsWith("api/") == true
        )
            operation.Parameters.Add(MinPosition);
        if (metadata.OfType<IdempotentMetadata>().Any())
            operation.Parameters.Add(IdempotencyKey);
        if (metadata.OfType<CommandMetadata>().Any())
            AddVersions(operation);
        operation.Responses = Sorted(operation.Responses);
    }

    private static OpenApiResponses Sorted(OpenApiResponses? responses)
    {
        var sorted = new OpenApiResponses();
        foreach (var (status, response) in (responses ?? []).OrderBy(r => r.Key, StringComparer.Ordinal))
            sorted[status] = response;
        return sorted;
    }

    private static void AddVersions(OpenApiOperation operation)
    {
        operation.Parameters!.Add(IfMatch);
        foreach (var (status, response) in operation.Responses ?? [])
            if (status.StartsWith('2') && response is OpenApiResponse answer)
                answer.Headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = ETag };
    }

    private static OpenApiParameter MinPosition =>
        new()
        {
            Name = "minPosition",
            In = ParameterLocation.Query,
            Description =
                "Wait up to 5 s until this position can be read: pass a command's position to read your own write.",
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int64",
                Minimum = "0",
            },
        };

    private static OpenApiParameter IdempotencyKey =>
        new()
        {
            Name = Idempotency.Header,
            In = ParameterLocation.Header,
            Description =
                "A repeat within 24 hours is answered as the first request was; with another body it is refused (422).",
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = 1,
                MaxLength = 200,
            },
        };

    private static OpenApiParameter IfMatch =>
        new()
        {
            Name = "If-Match",
            In = ParameterLocation.Header,
            Description = "The ETag that the change is based on; 412 when it is no longer current.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = "\"5\"",
        };

    private static OpenApiHeader ETag =>
        new()
        {
            Description = "The new version.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
}
