using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Torch.Server.Http.OpenApi;

/// <summary>
/// One request and its answer for every operation, in <c>examples.json</c>: steps of one walk in their order, so that each finds what the ones
/// before it made. A test sends them all to a real server. <c>«name»</c> stands for what an earlier answer gave, or for a moment (<c>«in 2h»</c>);
/// <c>«#name»</c> for a number. In the document it is a sample.
/// </summary>
internal static partial class Examples
{
    private static readonly Lazy<JsonObject> File = new(() => Read("examples.json"));

    /// <summary>In their order. <c>setup</c>: not shown. <c>without</c>: why it is not sent.</summary>
    public static IReadOnlyList<JsonObject> Steps { get; } =
    [.. File.Value["steps"]!.AsArray().Select(s => s!.AsObject())];

    /// <summary>The step that is shown, by the operation's name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Shown { get; } =
        Steps.Where(s => s["setup"] is null).ToDictionary(Operation, StringComparer.Ordinal);

    public static string Operation(JsonObject step) => step["operation"]!.GetValue<string>();

    /// <summary>A value as the document shows it.</summary>
    public static JsonNode? Sampled(JsonNode? value) => Filled(value, Sample);

    /// <summary>The value with whatever its names stand for.</summary>
    public static JsonNode? Filled(JsonNode? value, Func<string, string> of) =>
        value switch
        {
            JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Filled(m.Value, of)))),
            JsonArray items => new JsonArray([.. items.Select(i => Filled(i, of))]),
            JsonValue text when text.TryGetValue<string>(out var said) => said.StartsWith(
                "«#",
                StringComparison.Ordinal
            )
                ? JsonNode.Parse(of(said[2..^1]))
                : JsonValue.Create(Filled(said, of)),
            _ => value?.DeepClone(),
        };

    public static string Filled(string text, Func<string, string> of) => Name().Replace(text, m => of(m.Value[1..^1]));

    private static string Sample(string name) => File.Value["samples"]![name]?.GetValue<string>() ?? IdOf(name);

    // The same in every document, and another for each name.
    private static string IdOf(string name)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        return $"019a1fcc-{hash[..4]}-7{hash[4..7]}-8{hash[7..10]}-{hash[10..22]}";
    }

    private static JsonObject Read(string name)
    {
        using var stream = typeof(Examples).Assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    [GeneratedRegex("«[^»#][^»]*»", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
