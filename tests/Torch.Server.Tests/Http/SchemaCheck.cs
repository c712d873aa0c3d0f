using System.Text.Json;

namespace Torch.Server.Tests.Http;

/// <summary>Holds JSON against the schemas of the OpenAPI document: as much of JSON Schema as those use.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    /// <summary>What a media type shows.</summary>
    public IEnumerable<JsonElement> ExamplesOf(JsonElement media)
    {
        if (media.TryGetProperty("example", out var one))
            yield return one;
        if (media.TryGetProperty("examples", out var many))
            foreach (var example in many.EnumerateObject())
                yield return Resolved(example.Value).GetProperty("value");
    }

    /// <summary>What of the value is not as the schema says, with its place.</summary>
    public IReadOnlyList<string> Faults(JsonElement schema, JsonElement value, string at = "")
    {
        var own = Resolved(schema);
        if (own.ValueKind != JsonValueKind.Object)
            return [];
        List<string> faults = [];
        if (own.TryGetProperty("type", out var type) && !Types(type).Any(t => IsOf(t, value)))
            faults.Add($"{at} is {value.ValueKind}, not {type}");
        if (
            own.TryGetProperty("enum", out var words)
            && !words.EnumerateArray().Any(w => JsonElement.DeepEquals(w, value))
        )
            faults.Add($"{at} is {value}, which is none of {words}");
        foreach (var part in Many(own, "allOf"))
            faults.AddRange(Faults(part, value, at));
        faults.AddRange(Choice(own, value, at));
        if (value.ValueKind == JsonValueKind.Object)
            faults.AddRange(Members(own, value, at));
        if (value.ValueKind == JsonValueKind.Array && own.TryGetProperty("items", out var items))
            faults.AddRange(value.EnumerateArray().SelectMany((item, i) => Faults(items, item, $"{at}/{i}")));
        return faults;
    }

    private IEnumerable<string> Choice(JsonElement own, JsonElement value, string at)
    {
        var choices = Many(own, "oneOf").Concat(Many(own, "anyOf")).Select(c => Faults(c, value, at)).ToList();
        return choices.Count == 0 || choices.Any(c => c.Count == 0) ? [] : choices.MinBy(c => c.Count)!;
    }

    private IEnumerable<string> Members(JsonElement own, JsonElement value, string at)
    {
        foreach (var name in Many(own, "required"))
            if (!value.TryGetProperty(name.GetString()!, out _))
                yield return $"{at}/{name} is missing";
        own.TryGetProperty("properties", out var known);
        own.TryGetProperty("additionalProperties", out var others);
        foreach (var member in value.EnumerateObject())
        {
            var place = $"{at}/{member.Name}";
            if (known.ValueKind == JsonValueKind.Object && known.TryGetProperty(member.Name, out var schema))
                foreach (var fault in Faults(schema, member.Value, place))
                    yield return fault;
            else if (others.ValueKind == JsonValueKind.False)
                yield return $"{place} is not known";
            else if (others.ValueKind == JsonValueKind.Object)
                foreach (var fault in Faults(others, member.Value, place))
                    yield return fault;
        }
    }

    private JsonElement Resolved(JsonElement schema)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference))
            schema = reference
                .GetString()!
                .Split('/')
                .Skip(1)
                .Aggregate(document, (here, name) => here.GetProperty(name));
        return schema;
    }

    private static IEnumerable<JsonElement> Many(JsonElement own, string name) =>
        own.TryGetProperty(name, out var many) ? many.EnumerateArray() : [];

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool IsOf(string type, JsonElement value) =>
        type switch
        {
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => value.ValueKind.ToString().Equals(type, StringComparison.OrdinalIgnoreCase),
        };
}
