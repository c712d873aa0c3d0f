using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace Torch.Contracts.Json;

/// <summary>Durations as ISO 8601 (<c>PT15S</c>, <c>P1D</c>); years and months are refused, for their length varies.</summary>
public sealed class Iso8601DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("expected an ISO 8601 duration such as \"PT15S\"");
        var text = reader.GetString()!;
        return TryParse(text, out var duration)
            ? duration
            : throw new JsonException($"\"{text}\" is not an ISO 8601 duration such as \"PT15S\"");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(XmlConvert.ToString(value));

    /// <summary>False for anything that is not a duration of fixed length.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var date = text.AsSpan(0, Math.Max(0, text.IndexOf('T', StringComparison.Ordinal)));
        if (text.Length is 0 or > 40 || date.IndexOfAny('Y', 'M') >= 0)
            return false;
        if (!text.Contains('T', StringComparison.Ordinal) && text.AsSpan().IndexOfAny('Y', 'M') >= 0)
            return false;
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            return false;
        }
    }
}
