using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Torch.Server.Auth;

namespace Torch.Server.Http.OpenApi;

/// <summary>Says of each operation which right it asks for, as <c>x-torch-right</c>.</summary>
internal sealed class StatedRights : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var stated = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<RightMetadata>().LastOrDefault();
        if (stated is null)
            return;
        var word = stated.Right.ToString().ToLowerInvariant();
        operation.AddExtension("x-torch-right", new JsonNodeExtension(JsonValue.Create(word)));
    }
}
