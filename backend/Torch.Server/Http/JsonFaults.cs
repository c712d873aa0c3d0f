using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Torch.Server.Http;

/// <summary>Says what a JSON parser complained about, for people and by JSON pointer, without naming a .NET type.</summary>
internal static partial class JsonFaults
{
    private const int Levels = BodyLimits.JsonDepth;

    public static Fault From(JsonException wrong, string prefix = "") =>
        Fault.Malformed(prefix + Pointer(wrong.Path), Describe(wrong));

    /// <summary>Turns <c>$.rules[0]['a b']</c> into <c>/rules/0/a b</c>.</summary>
    public static string Pointer(string? path)
    {
        if (string.IsNullOrEmpty(path) || path[0] != '$')
            return "";
        var pointer = new StringBuilder();
        for (var i = 1; i < path.Length; )
            i = path[i] == '.' ? Member(path, i + 1, pointer) : Bracket(path, i + 1, pointer);
        return pointer.ToString();
    }

    private static int Member(string path, int start, StringBuilder pointer)
    {
        var end = path.IndexOfAny(['.', '['], start);
        end = end < 0 ? path.Length : end;
        Append(pointer, path[start..end]);
        return end;
    }

    private static int Bracket(string path, int start, StringBuilder pointer)
    {
        var quoted = start < path.Length && path[start] == '\'';
        var close = path.IndexOf(quoted ? "']" : "]", start, StringComparison.Ordinal);
        if (close < 0)
            return path.Length;
        Append(pointer, quoted ? path[(start + 1)..close] : path[start..close]);
        return close + (quoted ? 2 : 1);
    }

    private static void Append(StringBuilder pointer, string token) =>
        pointer.Append('/').Append(token.Replace("~", "~0").Replace("/", "~1"));

    /// <summary>What the serializer says of a value's form, and how the API says it; the first that fits counts.</summary>
    private static readonly (string Said, string Meant)[] Forms =
    [
        ("UTF-16", "this text holds half of a surrogate pair"),
        ("invalid UTF-8", "this text is not valid UTF-8"),
        ("Guid format", "expected a UUID such as \"019a1fcc-16ae-773e-a891-b542ab02a1b2\""),
        ("an Int32", "expected a whole number of 32 bits"),
        ("an Int64", "expected a whole number of 64 bits"),
        ("a Decimal", "the number is too large or too small"),
        ("a Double", "the number is beyond double precision"),
    ];

    // The serializer's own sentences name .NET types; those are put in the API's words. Ours carry no line number and pass.
    private static string Describe(JsonException wrong)
    {
        var message = wrong.Message;
        if (message.Contains("could not be mapped to any .NET member"))
            return "this member is not known here";
        if (message.Contains("Duplicate propert"))
            return "this member stands twice";
        if (message.Contains("was missing required properties"))
            return "missing: " + Missing(message);
        if (message.Contains("allow null values") || message.Contains("allow setting null"))
            return "must not be null";
        if (message.Contains("maximum configured depth"))
            return $"the JSON is nested deeper than {Levels} levels";
        if (message.Contains("could not be converted"))
            return Form(message, wrong.InnerException?.Message ?? "");
        return message.Contains("LineNumber") || message.Contains("System.") ? Syntax(wrong) : message;
    }

    private static string Form(string message, string cause)
    {
        if (WrongToken().Match(cause) is { Success: true } token)
            return $"expected {Kind(token.Groups["wanted"].Value)}, found {Token(token.Groups["found"].Value)}";
        foreach (var (said, meant) in Forms)
            if (cause.Contains(said))
                return meant;
        if (cause.Length > 0)
            return "this value has the wrong form";
        return $"expected {(ListType().IsMatch(message) ? "an array" : "an object")}, found something else";
    }

    private static string Kind(string wanted) =>
        wanted == "boolean" ? "true or false"
        : wanted == "number" ? "a number"
        : "a string";

    private static string Token(string found) =>
        found switch
        {
            "StartObject" => "an object",
            "StartArray" => "an array",
            "True" or "False" or "Null" => char.ToLowerInvariant(found[0]) + found[1..],
            _ => "a " + char.ToLowerInvariant(found[0]) + found[1..],
        };

    private static string Syntax(JsonException wrong)
    {
        if (wrong.Message.Contains("any JSON tokens"))
            return "there is nothing here where JSON was expected";
        if (wrong.Message.Contains("Expected depth to be zero") || wrong.Message.Contains("reached end of data"))
            return "the JSON ends before it is complete";
        var place = wrong.LineNumber is { } line
            ? $", from line {line + 1}, byte {wrong.BytePositionInLine + 1} on"
            : "";
        return wrong.Message.Contains("after a single JSON value")
            ? $"something follows the JSON{place}"
            : $"this is not JSON{place}";
    }

    private static string Missing(string message)
    {
        var names = message.Split('\'').Where((_, i) => i % 2 == 1).Skip(1);
        return string.Join(", ", names.Where(n => n is not ", " and not ","));
    }

    [GeneratedRegex(
        "token type '(?<found>\\w+)' as an? (?<wanted>\\w+)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex WrongToken();

    [GeneratedRegex(
        @"converted to (System\.Collections\.Generic\.\w*List|[\w.]+\[\])",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex ListType();
}
