using System.Text;
using System.Text.Json;

namespace Torch.Server.Http;

/// <summary>Says what a JSON parser complained about, for people and by JSON pointer, without naming a .NET type.</summary>
internal static class JsonFaults
{
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

    // The serializer's own sentences name .NET types; those are put in the API's words. Ours carry no line number and pass.
    private static string Describe(JsonException wrong)
    {
        var message = wrong.Message;
        if (message.Contains("could not be mapped to any .NET member"))
            return "this member is not known here";
        if (message.Contains("Duplicate property"))
            return "this member stands twice";
        if (message.Contains("was missing required properties"))
            return "missing: " + Missing(message);
        if (message.Contains("could not be converted"))
            return "this value has the wrong type or form";
        if (message.Contains("maximum configured depth"))
            return $"the JSON is nested deeper than {BodyLimits.JsonDepth} levels";
        return message.Contains("LineNumber") || message.Contains("System.") ? Syntax(wrong) : message;
    }

    private static string Syntax(JsonException wrong) =>
        wrong.LineNumber is { } line
            ? $"this is not JSON, from line {line + 1}, byte {wrong.BytePositionInLine + 1} on"
            : "this is not JSON";

    private static string Missing(string message)
    {
        var names = message.Split('\'').Where((_, i) => i % 2 == 1).Skip(1);
        return string.Join(", ", names.Where(n => n is not ", " and not ","));
    }
}
