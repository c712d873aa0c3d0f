using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Torch.Server.Http;

/// <summary>Refuses text that PostgreSQL cannot keep: U+0000. (The reader itself refuses lone surrogates.)</summary>
internal sealed class SoundStringConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Sound(reader.GetString()!)
            : throw new JsonException("expected a string");

    public override string ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => Sound(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);

    public static string Sound(string text) =>
        text.Contains('\0') ? throw new JsonException("the character U+0000 cannot be stored") : text;
}

/// <summary>Refuses numbers beyond double, which would otherwise read as infinity.</summary>
internal sealed class FiniteDoubleConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
            throw new JsonException("expected a number");
        return reader.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw new JsonException("the number is beyond double precision");
    }

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);
}

/// <summary>Reads free-form JSON and refuses what the other converters refuse.</summary>
internal sealed class SoundElementConverter : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        Check(document.RootElement);
        return document.RootElement.Clone();
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
        value.WriteTo(writer);

    private static void Check(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                SoundStringConverter.Sound(element.GetString()!);
                break;
            case JsonValueKind.Number:
                if (!element.TryGetDouble(out var number) || !double.IsFinite(number))
                    throw new JsonException("the number is beyond double precision");
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Check(item);
                break;
            case JsonValueKind.Object:
                CheckMembers(element);
                break;
        }
    }

    private static void CheckMembers(JsonElement element)
    {
        var names = new HashSet<string>();
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Add(SoundStringConverter.Sound(member.Name)))
                throw new JsonException($"the member \"{member.Name}\" stands twice");
            Check(member.Value);
        }
    }
}

/// <summary>Times as RFC 3339. Any offset is taken and normalised to UTC; a time without one is refused, for it names no instant.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var time)
            ? time
            : throw new JsonException("expected an RFC 3339 time with an offset, such as \"2026-01-31T08:00:00Z\"");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is < 20 or > 40 || text[10] is not ('T' or 't' or ' ') || !HasOffset(text))
            return false;
        return DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowLeadingWhite,
                out time
            ) && time.Year is >= 1970 and < 9999;
    }

    private static bool HasOffset(string text) => text[^1] is 'Z' or 'z' || (text[^3] == ':' && text[^6] is '+' or '-');
}
