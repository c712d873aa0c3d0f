using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Torch.Server.Http.OpenApi;

/// <summary>Shows with each operation what is sent, what is answered, and how each refusal looks.</summary>
internal sealed class OperationExamples : IDocumentFilter
{
    private static readonly Dictionary<int, Fault> Refusals = new[]
    {
        Fault.Invalid("/name", "must have 1 to 200 characters"),
        new(401, "unauthenticated", "This needs an API key: Authorization: Bearer <key>, or a browser session."),
        new(403, "forbidden", "This key may not do that."),
        Fault.NotFound("node"),
        Fault.Conflict("It was changed at the same moment. Read it again and repeat."),
        new(410, "before_retention", "Nothing of that window is kept any more, or nothing had been recorded yet."),
        Fault.Stale(4, 5),
        Fault.TooLarge(BodyLimits.Bytes),
        Fault.UnsupportedMediaType("application/json"),
        new(422, "idempotency_key_reused", "This Idempotency-Key was used before with another request."),
        Fault.Busy,
        new(500, "internal", "Something unforeseen happened. The trace id names it in the log."),
        Fault.Unavailable,
        new(504, "no_result", "No result came back within the timeout and 5 s."),
    }.ToDictionary(f => f.Status);

    private static readonly Dictionary<string, IOpenApiMediaType> Nothing = [];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Components ??= new OpenApiComponents();
        swaggerDoc.Components.Examples = Refusals.Values.ToDictionary(Name, Example);
        foreach (var operation in swaggerDoc.Paths.Values.SelectMany(p => p.Operations?.Values.AsEnumerable() ?? []))
        {
            foreach (var (status, answer) in operation.Responses ?? [])
                Refuse(answer, status, swaggerDoc);
            if (Examples.Shown.TryGetValue(operation.OperationId ?? "", out var step))
                Show(operation, step, swaggerDoc);
        }
    }

    private static void Refuse(IOpenApiResponse answer, string status, OpenApiDocument document)
    {
        if (
            (answer.Content ?? Nothing).TryGetValue(Problems.MediaType, out var content)
            && content is OpenApiMediaType media
            && int.TryParse(status, out var code)
            && Refusals.TryGetValue(code, out var fault)
        )
            media.Examples = new Dictionary<string, IOpenApiExample>
            {
                [Name(fault)] = new OpenApiExampleReference(Name(fault), document),
            };
    }

    private static void Show(OpenApiOperation operation, JsonObject step, OpenApiDocument document)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            parameter.Example ??= Examples.Sampled(Argument(step, parameter));
        if (step["body"] is { } body)
            foreach (var (type, media) in operation.RequestBody?.Content ?? Nothing)
                ShowBody(media, type, Examples.Sampled(body)!, document);
        if (
            step["answer"] is not { } answer
            || !(operation.Responses ?? []).TryGetValue($"{step["status"]}", out var response)
            || response.Content is not { } contents
        )
            return;
        if (contents.FirstOrDefault(c => Suits(c.Key, answer)).Value is OpenApiMediaType shown)
            shown.Example = Examples.Sampled(answer);
    }

    private static void ShowBody(IOpenApiMediaType media, string type, JsonNode body, OpenApiDocument document)
    {
        // Lines are not JSON: what they look like is said where they are described.
        if (media is not OpenApiMediaType own || type == "application/x-ndjson")
            return;
        own.Example = body;
        if (
            own.Schema is OpenApiSchemaReference { Reference.Id: { } id }
            && document.Components?.Schemas?[id] is OpenApiSchema schema
        )
            schema.Examples ??= [body.DeepClone()];
    }

    private static JsonNode? Argument(JsonObject step, OpenApiParameter parameter) =>
        parameter.In switch
        {
            ParameterLocation.Path => step["path"]?[parameter.Name!],
            ParameterLocation.Query => Asked(step, parameter.Name!),
            _ => null,
        };

    private static JsonNode? Asked(JsonObject step, string name) =>
        (step["query"]?.GetValue<string>() ?? "")
            .Split('&')
            .Where(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))
            .Select(pair => Uri.UnescapeDataString(pair[(name.Length + 1)..]))
            .FirstOrDefault();

    private static bool Suits(string type, JsonNode answer) =>
        type == "application/json" == answer is JsonObject or JsonArray;

    private static string Name(Fault fault) => "problem_" + fault.Status;

    private static IOpenApiExample Example(Fault fault)
    {
        var problem = Problems.ToProblem("0af7651916cd43dd8448eb211c80319c", fault);
        return new OpenApiExample { Value = JsonSerializer.SerializeToNode(problem, ApiJson.Output) };
    }
}
