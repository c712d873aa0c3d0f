using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Torch.Server.Configuring.Text;

/// <summary>JSON as YAML that people like to read, and that reads back as the same.</summary>
internal static class YamlWriting
{
    public static string Write(JsonObject root)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings(2, 10_000, false, 1_024, true, true, "\n", false));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, true));
        Write(emitter, root);
        emitter.Emit(new DocumentEnd(true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    /// <summary>One value as it would stand in a file, for differences: short, on one line.</summary>
    public static string OneLine(JsonNode? value) =>
        value switch
        {
            null => "null",
            JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => scalar.GetValue<string>(),
            _ => value.ToJsonString(Readable),
        };

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static void Write(Emitter emitter, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                emitter.Emit(new MappingStart(null, null, true, Style(members.Count)));
                foreach (var (name, member) in members)
                {
                    emitter.Emit(Text(name));
                    Write(emitter, member);
                }
                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(
                    new SequenceStart(null, null, true, IsShort(items) ? SequenceStyle.Flow : SequenceStyle.Block)
                );
                foreach (var item in items)
                    Write(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String:
                emitter.Emit(Text(scalar.GetValue<string>()));
                break;
            default:
                emitter.Emit(new Scalar(value?.ToJsonString() ?? "null"));
                break;
        }
    }

    private static MappingStyle Style(int members) => members == 0 ? MappingStyle.Flow : MappingStyle.Block;

    // [200-299, 304] rather than a line for each.
    private static bool IsShort(JsonArray items) =>
        items.All(i => i is null or JsonValue) && items.Sum(i => i?.ToJsonString().Length ?? 4) < 60;

    // A text that would read back as something else is quoted; one of several lines stands as it is.
    private static Scalar Text(string text)
    {
        var style =
            YamlScalars.Value(text).Known || text == "<<" || IsSomethingElsewhere(text) ? ScalarStyle.DoubleQuoted
            : IsBlock(text) ? ScalarStyle.Literal
            : text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF') ? ScalarStyle.DoubleQuoted
            : ScalarStyle.Any;
        return new(AnchorName.Empty, TagName.Empty, text, style, true, true);
    }

    // Readers of YAML 1.1 take yes and no for booleans, and 02:00 for a number.
    private static bool IsSomethingElsewhere(string text) =>
        text.ToLowerInvariant() is "yes" or "no" or "on" or "off" or "y" or "n"
        || (char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiDigit(c) || c is ':' or '-' or '_' or '.'));

    private static bool IsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
        && !char.IsWhiteSpace(text[0])
        && !text.Split('\n').Any(l => l.Length > 0 && char.IsWhiteSpace(l[^1]))
        && !text.Any(c => char.IsControl(c) && c != '\n');
}
