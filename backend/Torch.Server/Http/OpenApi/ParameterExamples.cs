using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Torch.Server.Http.OpenApi;

/// <summary>Values that the parameters of reads may have.</summary>
internal sealed class ParameterExamples : IOperationFilter
{
    /// <summary>By the name of the parameter, which means the same wherever it stands.</summary>
    public static IReadOnlyDictionary<string, string> Parameters { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["asOf"] = "2026-11-20T18:00:00Z",
            ["knownAt"] = "now",
            ["from"] = "2026-11-01T00:00:00Z",
            ["to"] = "2026-12-01T00:00:00+01:00",
            ["atPosition"] = "81723",
            ["fromPosition"] = "81000",
            ["toPosition"] = "81723",
        };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            if (parameter.In == ParameterLocation.Query && Parameters.TryGetValue(parameter.Name ?? "", out var value))
                parameter.Example ??= value;
    }
}
