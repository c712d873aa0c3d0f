using System.CommandLine;
using System.Text.Json.Nodes;
using Torch.Cli.Settings;

namespace Torch.Cli.Checks;

/// <summary>How a flag's values become JSON.</summary>
internal enum FlagShape
{
    /// <summary>One value.</summary>
    Value,

    /// <summary>A list, one value per use of the flag.</summary>
    Items,

    /// <summary>An object, one member per use of the flag.</summary>
    Members,
}

/// <summary>A flag of <c>checks add</c> and <c>checks update</c>, and where its value stands in the settings of which kinds.</summary>
/// <param name="Read">Value to JSON; for <see cref="FlagShape.Members"/> an array of name and value.</param>
/// <param name="Places">Kind and path such as <c>expect.bodyMatches</c>; a kind of <c>*</c> is the check itself.</param>
internal sealed record CheckFlag(
    string Name,
    string Help,
    FlagShape Shape,
    Func<string, JsonNode> Read,
    params IReadOnlyList<(string Kind, string Path)> Places
)
{
    private readonly Option<string[]> _values = new(Name) { Description = Help, Arity = new(1, 100) };
    private readonly Option<bool> _switch = new(Name) { Description = Help };

    /// <summary>Stands alone, or with true or false.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>The option; one for all commands that take it.</summary>
    public Option Option => IsSwitch ? _switch : _values;

    /// <summary>It stands on the command line: a switch has a value also where it does not.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(Option) is { Implicit: false };

    /// <summary>What was given.</summary>
    public IReadOnlyList<string> Given(ParseResult parsed) =>
        IsSwitch ? [parsed.GetValue(_switch).ToString()] : parsed.GetValue(_values) ?? [];

    /// <summary>Puts what was given into a check's settings; an empty value takes the member out.</summary>
    /// <exception cref="SettingException">The kind has no such setting, or the value is none.</exception>
    public void Apply(JsonObject check, string kind, IReadOnlyList<string> values)
    {
        var place = Places.FirstOrDefault(p => p.Kind == kind || p.Kind == "*");
        if (place.Path is null)
            throw new SettingException(
                $"{Name} is for {string.Join(", ", Places.Select(p => p.Kind))} checks, not for {kind}"
            );
        var root = place.Kind == "*" ? check : Member(check, kind);
        var names = place.Path.Split('.');
        if (values is [""])
            Remove(root, names);
        else
            names[..^1].Aggregate(root, Member)[names[^1]] = Json(values);
    }

    private JsonNode Json(IReadOnlyList<string> values) =>
        Shape switch
        {
            FlagShape.Items => new JsonArray([
                .. values.SelectMany(v => Read(v) is JsonArray many ? many.Select(m => m!.DeepClone()) : [Read(v)]),
            ]),
            FlagShape.Members => new JsonObject(
                values.Select(v => Read(v).AsArray()).Select(m => KeyValuePair.Create((string)m[0]!, m[1]?.DeepClone()))
            ),
            _ when values.Count > 1 => throw new SettingException($"{Name} was given {values.Count} times"),
            _ => Read(values[0]),
        };

    private static JsonObject Member(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject there)
            return there;
        var made = new JsonObject();
        parent[name] = made;
        return made;
    }

    private static void Remove(JsonObject root, string[] names)
    {
        JsonObject? parent = root;
        foreach (var name in names[..^1])
            parent = parent?[name] as JsonObject;
        parent?.Remove(names[^1]);
    }
}
