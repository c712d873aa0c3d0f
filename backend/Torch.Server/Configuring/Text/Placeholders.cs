using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Torch.Server.Configuring.Text;

/// <summary>
/// <c>${NAME}</c> in a file stands for a value that whoever applies it gives; <c>$${NAME}</c> for that text itself. So that a file can
/// be shared while what is secret stays out of it.
/// </summary>
internal static partial class Placeholders
{
    /// <summary>Puts the values in place.</summary>
    /// <returns>Of each text whose value is not given: its pointer, and the name.</returns>
    public static IReadOnlyDictionary<string, string> Fill(JsonNode? root, IReadOnlyDictionary<string, string> values)
    {
        var missing = new Dictionary<string, string>(StringComparer.Ordinal);
        Fill(root, "", values, missing);
        return missing;
    }

    /// <summary>Whether a text is nothing but a placeholder.</summary>
    public static bool IsOne(string text) =>
        text.StartsWith("${", StringComparison.Ordinal) && Pattern().Match(text).Length == text.Length;

    /// <summary>As it must stand in a file to be read back as it is.</summary>
    public static string Escape(string text) => Pattern().Replace(text, m => "$" + m.Value);

    /// <summary>Every text of a document, as it must stand in a file.</summary>
    public static void EscapeAll(JsonNode? root)
    {
        switch (root)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                    if (TextOf(value) is { } text)
                        members[name] = Escape(text);
                    else
                        EscapeAll(value);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    if (TextOf(items[i]) is { } text)
                        items[i] = Escape(text);
                    else
                        EscapeAll(items[i]);
                break;
        }
    }

    /// <summary>A placeholder's name out of words: <c>Shop front, password</c> becomes <c>SHOP_FRONT_PASSWORD</c>.</summary>
    public static string NameOf(params IEnumerable<string> words)
    {
        var name = new StringBuilder();
        foreach (var c in string.Join('_', words).ToUpperInvariant())
            if (char.IsAsciiLetterOrDigit(c))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '_')
                name.Append('_');
        var trimmed = name.ToString().Trim('_');
        return trimmed.Length == 0 || char.IsAsciiDigit(trimmed[0]) ? "SECRET_" + trimmed : trimmed;
    }

    private static void Fill(
        JsonNode? node,
        string pointer,
        IReadOnlyDictionary<string, string> values,
        Dictionary<string, string> missing
    )
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    var at = ConfigPlaces.Step(pointer, name);
                    if (TextOf(value) is { } text)
                        members[name] = Filled(text, at, values, missing);
                    else
                        Fill(value, at, values, missing);
                }
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var at = ConfigPlaces.Step(pointer, i);
                    if (TextOf(items[i]) is { } text)
                        items[i] = Filled(text, at, values, missing);
                    else
                        Fill(items[i], at, values, missing);
                }
                break;
        }
    }

    private static string Filled(
        string text,
        string pointer,
        IReadOnlyDictionary<string, string> values,
        Dictionary<string, string> missing
    ) =>
        Pattern()
            .Replace(
                text,
                match =>
                {
                    var name = match.Groups["name"].Value;
                    if (match.Groups["escaped"].Length > 0)
                        return match.Value[1..];
                    if (values.TryGetValue(name, out var value))
                        return value;
                    missing.TryAdd(pointer, name);
                    return match.Value;
                }
            );

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    [GeneratedRegex(
        @"(?<escaped>\$*)\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Pattern();
}
