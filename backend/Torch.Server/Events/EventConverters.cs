using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Server.Events;

/// <summary>Enums as camelCase words; numbers are refused.</summary>
internal sealed class CamelCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;

/// <summary>Times in UTC, with a Z: the same instant is always the same text.</summary>
internal sealed class UtcConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}

/// <summary>A condition as its canonical text, which people can read in the log and the parser reads back.</summary>
internal sealed class ConditionConverter : JsonConverter<Condition>
{
    public override Condition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? throw new JsonException("a condition is a text");
        var parsed = RuleText.Read(text, StatusCatalog.AnyName);
        return parsed.Condition
            ?? throw new JsonException(
                string.Create(CultureInfo.InvariantCulture, $"\"{text}\" is not a condition: {parsed.Error}")
            );
    }

    public override void Write(Utf8JsonWriter writer, Condition value, JsonSerializerOptions options) =>
        writer.WriteStringValue(RuleText.Print(value));
}

/// <summary>A roll-up as its text.</summary>
internal sealed class RollUpConverter : JsonConverter<RollUp>
{
    public override RollUp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? throw new JsonException("a roll-up is a text");
        return RollUp.TryParse(text, out var rollUp, StatusCatalog.AnyName)
            ? rollUp
            : throw new JsonException($"\"{text}\" is not a roll-up");
    }

    public override void Write(Utf8JsonWriter writer, RollUp value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
