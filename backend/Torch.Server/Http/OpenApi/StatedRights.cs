using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Torch.Server.Auth;

namespace Torch.Server.Http.OpenApi;

/// <summary>
/// Says of each operation which right it asks for, as <c>x-torch-right</c>, and, as <c>x-torch-within-sight</c>, that it is also for who sees certain
/// hierarchies only.
/// </summary>
internal sealed class StatedRights : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var stated = metadata.OfType<RightMetadata>().LastOrDefault();
        if (stated is null)
            return;
        var word = stated.Right.ToString().ToLowerInvariant();
        operation.AddExtension("x-torch-right", new JsonNodeExtension(JsonValue.Create(word)));
        if (metadata.OfType<SightMark>().Any())
            operation.AddExtension("x-torch-within-sight", new JsonNodeExtension(JsonValue.Create(true)));
    }
}
