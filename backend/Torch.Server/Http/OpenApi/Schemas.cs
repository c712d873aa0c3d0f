using Microsoft.OpenApi;

namespace Torch.Server.Http.OpenApi;

/// <summary>Schemas that no .NET type tells.</summary>
internal static class Schemas
{
    public static OpenApiSchema Duration =>
        new()
        {
            Type = JsonSchemaType.String,
            Format = "duration",
            Description = "ISO 8601 without years and months.",
            Examples = ["PT15S"],
        };

    public static OpenApiSchema MaybeDuration =>
        new()
        {
            Type = JsonSchemaType.String | JsonSchemaType.Null,
            Format = "duration",
            Description = "ISO 8601 without years and months.",
            Examples = ["PT15S"],
        };

    public static OpenApiSecurityScheme Bearer =>
        new()
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key. Not needed where none is configured; a browser's session cookie does as well.",
        };
}
