using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Torch.Text;

/// <summary>
/// The way to one value in a JSON text: <c>$.checks[0].status</c>, or the same without <c>$.</c>; a name with dots or brackets stands in
/// brackets and single quotes: <c>['a.b']</c>. No wildcards: it means one value or none.
/// </summary>
public sealed class JsonPath
{
    private readonly List<(string? Name, int Index)> _steps = [];

    /// <summary>Null where the text is no path.</summary>
    public static JsonPath? Read(string text)
    {
        var path = new JsonPath();
        var at = text.StartsWith('$') ? 1 : 0;
        while (at < text.Length)
            if (!path.TryStep(text, ref at))
                return null;
        return path._steps.Count is 0 or > 32 ? null : path;
    }

    /// <summary>Without <c>$.</c>; <see cref="Read"/> reads it back.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in _steps)
            if (name is null)
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else if (name.AsSpan().IndexOfAny("[].'$") >= 0 || name.Length == 0)
                text.Append(CultureInfo.InvariantCulture, $"['{name}']");
            else
                text.Append(text.Length == 0 ? "" : ".").Append(name);
        return text.ToString();
    }

    /// <summary>
    /// The value as a text: a string's own, a number or true, false and null as they are written. Null where it is missing, an object or an
    /// array, or where the text is no JSON up to there: what follows, even a cut, does not matter.
    /// </summary>
    public string? ValueIn(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), isFinalBlock: false, state: default);
        try
        {
            return reader.Read() && TryFind(ref reader) ? Value(ref reader) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What the way leads to in a parsed text; null where it leads nowhere.</summary>
    public JsonElement? Find(JsonElement root)
    {
        var found = root;
        foreach (var (name, index) in _steps)
            if (name is null && found.ValueKind is JsonValueKind.Array && index < found.GetArrayLength())
                found = found[index];
            else if (
                name is null
                || found.ValueKind is not JsonValueKind.Object
                || !found.TryGetProperty(name, out found)
            )
                return null;
        return found;
    }

    private bool TryFind(ref Utf8JsonReader reader)
    {
        foreach (var (name, index) in _steps)
            if (!(name is null ? TryIndex(ref reader, index) : TryProperty(ref reader, name)))
                return false;
        return true;
    }

    private static bool TryProperty(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            if (!reader.Read() || found)
                return found && reader.TokenType != JsonTokenType.PropertyName;
            if (!reader.TrySkip())
                return false;
        }
        return false;
    }

    private static bool TryIndex(ref Utf8JsonReader reader, int index)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
            if (i == index)
                return true;
            else if (!reader.TrySkip())
                return false;
        return false;
    }

    private static string? Value(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null =>
                Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };

    private bool TryStep(string text, ref int at)
    {
        if (text[at] == '[')
            return TryBracket(text, ref at);
        if (text[at] == '.' && at++ == 0 && _steps.Count == 0)
            return false;
        var start = at;
        while (at < text.Length && text[at] is not ('.' or '[' or ']' or '\'' or '$'))
            at++;
        _steps.Add((text[start..at], 0));
        return at > start && (at == text.Length || text[at] is '.' or '[');
    }

    private bool TryBracket(string text, ref int at)
    {
        var isName = text.AsSpan(at).StartsWith("['", StringComparison.Ordinal);
        var end = isName ? text.IndexOf("']", at + 2, StringComparison.Ordinal) : text.IndexOf(']', at);
        if (end < 0)
            return false;
        var inside = text[(at + (isName ? 2 : 1))..end];
        at = end + (isName ? 2 : 1);
        if (isName)
            _steps.Add((inside, 0));
        else if (int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            _steps.Add((null, index));
        else
            return false;
        return at == text.Length || text[at] is '.' or '[';
    }
}
