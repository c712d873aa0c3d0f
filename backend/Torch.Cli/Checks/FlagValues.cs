using System.Globalization;
using System.Text.Json.Nodes;
using Torch.Cli.Client;
using Torch.Cli.Settings;

namespace Torch.Cli.Checks;

/// <summary>What stands behind the flags of checks, as JSON.</summary>
internal static class FlagValues
{
    public static JsonNode Plain(string text) => text;

    public static JsonNode Duration(string text) => Durations.Iso(text);

    public static JsonNode Whole(string text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new SettingException($"\"{text}\" is no whole number");

    public static JsonNode Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : throw new SettingException($"\"{text}\" is no number");

    public static JsonNode Switch(string text) =>
        bool.TryParse(text, out var isOn) ? isOn : throw new SettingException($"\"{text}\" is neither true nor false");

    /// <summary><c>200,300-399</c>.</summary>
    public static JsonNode List(string text) =>
        new JsonArray([
            .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(v => (JsonNode)v),
        ]);

    /// <summary><c>Name: value</c>.</summary>
    public static JsonNode Header(string text) => Pair(text, ':', "a header such as \"Accept: text/html\"");

    /// <summary><c>name=value</c>.</summary>
    public static JsonNode Assignment(string text) => Pair(text, '=', "an assignment such as online=up");

    /// <summary><c>user:password</c>.</summary>
    public static JsonNode Credentials(string text)
    {
        var pair = Pair(text, ':', "a user and a password such as torch:secret");
        return new JsonObject { ["user"] = pair[0]!.DeepClone(), ["password"] = pair[1]!.DeepClone() };
    }

    /// <summary><c>$.status=ok</c>, or <c>$.status~^o</c> for a regular expression.</summary>
    public static JsonNode JsonExpectation(string text)
    {
        var at = text.AsSpan().IndexOfAny('=', '~');
        if (at < 1)
            throw new SettingException($"\"{text}\" is no expectation such as $.status=ok or $.status~^o");
        return new JsonObject { ["path"] = text[..at], [text[at] == '=' ? "equals" : "matches"] = text[(at + 1)..] };
    }

    /// <summary><c>expect:^220</c>, <c>send:EHLO torch\r\n</c> or <c>starttls</c>.</summary>
    public static JsonNode Step(string text) =>
        text.Split(':', 2) switch
        {
            ["starttls"] => new JsonObject { ["startTls"] = true },
            ["send", var sent] => new JsonObject { ["send"] = Unescaped(sent) },
            ["expect", var expected] => new JsonObject { ["expect"] = expected },
            _ => throw new SettingException($"\"{text}\" is no step: expect:REGEX, send:TEXT or starttls"),
        };

    private static string Unescaped(string text) =>
        text.Replace("\\r", "\r", StringComparison.Ordinal)
            .Replace("\\n", "\n", StringComparison.Ordinal)
            .Replace("\\t", "\t", StringComparison.Ordinal);

    private static JsonArray Pair(string text, char by, string example)
    {
        var at = text.IndexOf(by, StringComparison.Ordinal);
        return at > 0
            ? new JsonArray(text[..at].Trim(), text[(at + 1)..].Trim())
            : throw new SettingException($"\"{text}\" is not {example}");
    }
}
