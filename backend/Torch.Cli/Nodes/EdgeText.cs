using System.Globalization;
using System.Text.Json.Nodes;

namespace Torch.Cli.Nodes;

/// <summary>An edge as people write it: <c>db under shop/payments, weight 3, required, lower 1</c>, or <c>db not under shop</c>.</summary>
/// <param name="Child">As <see cref="NodeArgument"/> takes it, like the parent.</param>
/// <param name="Settings">In the API's words.</param>
internal sealed record EdgeText(string Child, string Parent, JsonObject Settings)
{
    public const string Expected =
        "\"NODE under PARENT\", perhaps with \", weight 3, required, lower 1\", or \"NODE not under PARENT\"";

    private const string Under = " under ";
    private const string NotUnder = " not under ";

    /// <summary>Null where it is none.</summary>
    public static EdgeText? Parse(string text)
    {
        if (Halves(text, NotUnder) is { } gone)
            return new(gone.Before, gone.After, new() { ["remove"] = true });
        if (Halves(text, Under) is not { } drawn)
            return null;
        var (parent, settings) = Halves(drawn.After, ",") ?? (drawn.After, "");
        return Read(settings) is { } read ? new(drawn.Before, parent, read) : null;
    }

    // What is none of the settings is how the child counts, to the end: its map has commas of its own.
    private static JsonObject? Read(string text)
    {
        var settings = new JsonObject();
        while (text.Length > 0)
        {
            var (word, rest) = Halves(text, ",") ?? (text, "");
            switch (word.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                case ["required"]:
                    settings["required"] = true;
                    break;
                case ["not", "required"]:
                    settings["required"] = false;
                    break;
                case ["weight", var number]:
                    if (!decimal.TryParse(number, CultureInfo.InvariantCulture, out var weight))
                        return null;
                    settings["weight"] = weight;
                    break;
                default:
                    settings["contribution"] = text;
                    return settings;
            }
            text = rest;
        }
        return settings;
    }

    private static (string Before, string After)? Halves(string text, string at) =>
        text.IndexOf(at, StringComparison.Ordinal) is > 0 and var i && i + at.Length < text.Length
            ? (text[..i].Trim(), text[(i + at.Length)..].Trim())
            : null;
}
