using System.Globalization;
using System.Text.Json.Nodes;
using Torch.Server.Http;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Torch.Server.Configuring.Text;

/// <summary>A YAML 1.2 document (JSON is one, too) as JSON, with the place of every value.</summary>
internal sealed record YamlDocument(JsonNode? Root, ConfigPlaces Places);

/// <summary>
/// Reads YAML by its core schema: plain <c>true</c>, <c>12</c>, <c>null</c> are what they look like, everything else is text. Anchors and
/// merge keys (<c>&lt;&lt;</c>) are understood; what grows beyond measure by them is refused. Nothing is recursive without a bound.
/// </summary>
internal sealed class YamlReading
{
    private const int MostValues = 500_000;
    private const int Deepest = 200;

    private readonly IParser _parser;
    private readonly ConfigPlaces _places = new();
    private readonly Dictionary<AnchorName, JsonNode?> _anchors = [];
    private int _values;

    private YamlReading(IParser parser) => _parser = parser;

    /// <exception cref="FaultException">It is no YAML, or not one document.</exception>
    public static YamlDocument Read(string text)
    {
        var documents = ReadAll(text, most: 1);
        return documents.Count > 0 ? documents[0] : new(null, new());
    }

    /// <summary>Every document of a text.</summary>
    /// <exception cref="FaultException">It is no YAML.</exception>
    public static IReadOnlyList<YamlDocument> ReadAll(string text, int most = 100)
    {
        var documents = new List<YamlDocument>();
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            while (!parser.TryConsume<StreamEnd>(out _))
            {
                if (documents.Count == most)
                    throw Fault(parser.Current!.Start, "one document was expected, here begins another");
                var reading = new YamlReading(parser);
                documents.Add(new(reading.Document(), reading._places));
            }
        }
        catch (YamlException wrong)
        {
            throw Fault(IndentingTab(wrong, text) ?? wrong.Start, Sentence(wrong));
        }
        // What its scanner did not foresee, such as half a surrogate pair.
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException)
        {
            throw Fault(Mark.Empty, "this is not YAML: " + wrong.Message);
        }
        return documents;
    }

    // Of a tab it tells where the mapping around it begins, which may be the first line of all.
    private static Mark? IndentingTab(YamlException wrong, string text)
    {
        if (!wrong.Message.Contains("tab as indentation", StringComparison.Ordinal))
            return null;
        var lines = text.Split('\n');
        for (var line = Math.Max(0, (int)wrong.Start.Line - 1); line < lines.Length; line++)
            if (lines[line].AsSpan().TrimStart(' ').StartsWith('\t') && !string.IsNullOrWhiteSpace(lines[line]))
                return new(0, line + 1, lines[line].IndexOf('\t') + 1);
        return null;
    }

    private static string Sentence(YamlException wrong)
    {
        var said = wrong.InnerException?.Message ?? wrong.Message;
        return "this is not YAML: " + said;
    }

    private JsonNode? Document()
    {
        _parser.Consume<DocumentStart>();
        var root = Value("", 0);
        _parser.Consume<DocumentEnd>();
        return root;
    }

    private JsonNode? Value(string pointer, int depth)
    {
        var start = _parser.Current is { } current ? current.Start : Mark.Empty;
        if (++_values > MostValues)
            throw Fault(start, $"this document has more than {MostValues:N0} values");
        if (depth > Deepest)
            throw Fault(start, $"this is nested deeper than {Deepest} levels");
        _places.Note(pointer, PlaceOf(start));
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return Alias(alias);
        if (_parser.TryConsume<Scalar>(out var scalar))
            return Keep(scalar.Anchor, Plain(scalar));
        if (_parser.TryConsume<SequenceStart>(out var sequence))
            return Keep(sequence.Anchor, Items(pointer, depth));
        var mapping = _parser.Consume<MappingStart>();
        return Keep(mapping.Anchor, Members(pointer, depth));
    }

    private JsonArray Items(string pointer, int depth)
    {
        var items = new JsonArray();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Value(ConfigPlaces.Step(pointer, items.Count), depth + 1));
        return items;
    }

    private JsonObject Members(string pointer, int depth)
    {
        var members = new JsonObject();
        var merged = new List<JsonNode?>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
                throw Fault(_parser.Current!.Start, "a member's name is a plain text");
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
                merged.Add(Merge(pointer, depth, key));
            else if (members.ContainsKey(key.Value))
                throw Fault(key.Start, $"\"{key.Value}\" stands here twice");
            else
                members.Add(key.Value, Value(Named(pointer, key), depth + 1));
        }
        foreach (var below in merged.SelectMany(m => m is JsonArray several ? [.. several] : new[] { m }))
        foreach (var (name, value) in (below as JsonObject)?.ToList() ?? [])
            if (!members.ContainsKey(name))
                members.Add(name, value?.DeepClone());
        return members;
    }

    private JsonNode? Merge(string pointer, int depth, Scalar key) =>
        Value(ConfigPlaces.Step(pointer, "<<"), depth + 1) is { } below and (JsonObject or JsonArray)
            ? below
            : throw Fault(key.Start, "<< merges a mapping, such as an alias of one");

    // What a member has to do with is found by its name, so that an error about one that is missing its value points there.
    private string Named(string pointer, Scalar key)
    {
        var named = ConfigPlaces.Step(pointer, key.Value);
        if (_parser.Current is Scalar { Value: "" } or MappingStart or SequenceStart)
            _places.Note(named, PlaceOf(key.Start));
        return named;
    }

    private JsonNode? Keep(AnchorName anchor, JsonNode? value)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor] = value?.DeepClone();
        return value;
    }

    private JsonNode? Alias(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var value))
            throw Fault(alias.Start, $"nothing before this is called &{alias.Value}");
        _values += Count(value);
        return _values <= MostValues
            ? value?.DeepClone()
            : throw Fault(alias.Start, $"with its aliases this document has more than {MostValues:N0} values");
    }

    private static int Count(JsonNode? value) =>
        value switch
        {
            JsonObject members => 1 + members.Sum(m => Count(m.Value)),
            JsonArray items => 1 + items.Sum(Count),
            _ => 1,
        };

    private static JsonNode? Plain(Scalar scalar)
    {
        var isText = scalar.Style is not ScalarStyle.Plain || (!scalar.Tag.IsEmpty && scalar.Tag.Value.EndsWith("str"));
        if (!isText && YamlScalars.Value(scalar.Value) is var (known, value) && known)
            return value;
        return JsonValue.Create(scalar.Value);
    }

    private static FilePlace PlaceOf(Mark mark) => new(Math.Max(1, mark.Line), Math.Max(1, mark.Column));

    private static FaultException Fault(Mark mark, string message)
    {
        var whole = string.Create(CultureInfo.InvariantCulture, $"{PlaceOf(mark)}: {message}");
        return new(
            new Fault(400, "validation", whole, new Dictionary<string, IReadOnlyList<string>> { [""] = [whole] })
        );
    }
}

/// <summary>What plain scalars are, by YAML 1.2's core schema.</summary>
internal static class YamlScalars
{
    /// <summary>The value of a plain scalar that is no text.</summary>
    public static (bool Known, JsonNode? Value) Value(string text) =>
        text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => (true, null),
            "true" or "True" or "TRUE" => (true, JsonValue.Create(true)),
            "false" or "False" or "FALSE" => (true, JsonValue.Create(false)),
            _ when text[0] is (>= '0' and <= '9') or '-' or '+' or '.' => Number(text),
            _ => (false, null),
        };

    private static (bool, JsonNode?) Number(string text)
    {
        const NumberStyles styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return (true, JsonValue.Create(whole));
        return decimal.TryParse(text, styles, CultureInfo.InvariantCulture, out var number)
            ? (true, JsonValue.Create(number))
            : (false, null);
    }
}
