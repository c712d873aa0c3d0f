using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Torch.Server.Http.OpenApi;

/// <summary>Lists each form in which an operation answers: the generator keeps only one where a status has several.</summary>
internal sealed class EveryMediaType : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var answers = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IProducesResponseTypeMetadata>();
        foreach (var (status, forms) in answers.GroupBy(a => a.StatusCode).Select(g => (g.Key, g.ToList())))
            if (forms.Count > 1 && operation.Responses?[$"{status}"] is OpenApiResponse answer)
                answer.Content = Contents(forms, context);
    }

    private static Dictionary<string, IOpenApiMediaType> Contents(
        IEnumerable<IProducesResponseTypeMetadata> forms,
        OperationFilterContext context
    ) =>
        forms
            .SelectMany(form => form.ContentTypes.Select(media => (media, form.Type)))
            .DistinctBy(form => form.media)
            .ToDictionary(
                form => form.media,
                IOpenApiMediaType (form) => new OpenApiMediaType { Schema = Schema(form.Type, context) }
            );

    private static IOpenApiSchema? Schema(Type? type, OperationFilterContext context) =>
        type is null ? null : context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository);
}
