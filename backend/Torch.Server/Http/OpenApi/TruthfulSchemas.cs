using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Torch.Server.Http.OpenApi;

/// <summary>
/// Makes schemas say what the serializer does. A member without a default is always there, be it null: answers are written whole, and
/// requests must name it. So it is required, and client types need no question mark. Null is allowed where C# says so, and nowhere else.
/// </summary>
internal sealed class TruthfulSchemas : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { Count: > 0 } properties } known)
            return;
        var members = context.Type.GetProperties().ToDictionary(JsonName);
        var optional = Optional(context.Type);
        known.Required = properties
            .Keys.Where(n => members.ContainsKey(n) && !optional.Contains(members[n].Name))
            .ToHashSet();
        foreach (var name in properties.Keys.Where(members.ContainsKey).ToList())
        {
            var nullability = new NullabilityInfoContext().Create(members[name]);
            // Of a type parameter's items C# cannot tell.
            if (!context.Type.IsGenericType)
                SayItems(properties[name], nullability);
            properties[name] =
                nullability.ReadState == NullabilityState.Nullable
                    ? OrNull(properties[name])
                    : NotNull(properties[name]);
        }
    }

    // The items of a list of references: C# knows whether they may be null, the generator does not ask.
    private static void SayItems(IOpenApiSchema schema, NullabilityInfo nullability)
    {
        var items = nullability.ElementType ?? (nullability.GenericTypeArguments is [var only] ? only : null);
        if (items is { ReadState: NullabilityState.Nullable } && schema is OpenApiSchema { Items: { } item } list)
            list.Items = OrNull(item);
    }

    // What a record inherits and its own constructor does not name keeps the default that it has there.
    private static HashSet<string> Optional(Type? type)
    {
        if (type is null)
            return [];
        var optional = Optional(type.BaseType);
        foreach (var own in type.GetConstructors().MaxBy(c => c.GetParameters().Length)?.GetParameters() ?? [])
            _ = own.HasDefaultValue ? optional.Add(own.Name!) : optional.Remove(own.Name!);
        return optional;
    }

    private static string JsonName(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
        ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static IOpenApiSchema NotNull(IOpenApiSchema schema)
    {
        if (schema is OpenApiSchema { Type: { } type } own)
            own.Type = type == JsonSchemaType.Null ? null : type & ~JsonSchemaType.Null;
        return schema;
    }

    // A reference beside "type" would demand both: null or the referenced schema is a oneOf.
    private static IOpenApiSchema OrNull(IOpenApiSchema schema) =>
        schema switch
        {
            OpenApiSchema { AllOf: [var only] } own => Choice(only, own.Description),
            OpenApiSchemaReference reference => Choice(reference, null),
            OpenApiSchema { Type: { } type } own => WithNull(own, type),
            _ => schema,
        };

    private static OpenApiSchema Choice(IOpenApiSchema schema, string? description) =>
        new() { OneOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }], Description = description };

    private static OpenApiSchema WithNull(OpenApiSchema schema, JsonSchemaType type)
    {
        schema.Type = type | JsonSchemaType.Null;
        return schema;
    }
}
