using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Torch.Contracts.Json;
using Torch.Server.Configuring.Text;
using Torch.Server.Http;

namespace Torch.Server.Configuring;

/// <summary>How a configuration is read and written as JSON: as the API does, with durations as people write them, and what is absent left out.</summary>
internal static class ConfigJson
{
    /// <summary>Strict, as the API reads, and as deep as a hierarchy may be.</summary>
    public static JsonSerializerOptions Input { get; } = Friendly(new(ApiJson.Input) { MaxDepth = 512 });

    public static JsonSerializerOptions Output { get; } =
        Friendly(new(ApiJson.Output) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });

    /// <summary>Reads a part of a document; what is wrong with it goes to the problems.</summary>
    /// <returns>Null where something is wrong.</returns>
    public static T? Read<T>(JsonNode? part, string pointer, ConfigProblems problems)
        where T : class
    {
        try
        {
            var value = part is null ? null : part.Deserialize<T>(Input);
            if (value is null)
                problems.Add(pointer, "expected something here, found nothing");
            else if (Holes.In(value) is { } hole)
                problems.Add(pointer + hole, "must not be empty");
            else
                return value;
        }
        catch (JsonException wrong)
        {
            problems.Add(pointer, JsonFaults.From(wrong));
        }
        return null;
    }

    public static JsonObject Write<T>(T value) => (JsonObject)JsonSerializer.SerializeToNode(value, Output)!;

    private static JsonSerializerOptions Friendly(JsonSerializerOptions options)
    {
        options.Converters.Insert(0, new FriendlyDurationConverter());
        return options;
    }
}

/// <summary>Durations as <c>30s</c>, <c>1h30m</c>, <c>500ms</c>, <c>7d</c>; ISO 8601 (<c>PT30S</c>) is read, too.</summary>
internal sealed partial class FriendlyDurationConverter : JsonConverter<TimeSpan>
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
    ];

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("expected a duration such as 30s, 5m, 1h30m or PT30S");
        var text = reader.GetString()!;
        return TryParse(text, out var duration)
            ? duration
            : throw new JsonException($"\"{text}\" is no duration such as 30s, 5m, 1h30m or PT30S");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Print(value));

    public static bool TryParse(string text, out TimeSpan duration)
    {
        if (text.StartsWith('P') || text.StartsWith("-P", StringComparison.Ordinal))
            return Iso8601DurationConverter.TryParse(text, out duration);
        duration = default;
        if (text.Length is 0 or > 40 || !Form().IsMatch(text))
            return false;
        decimal ticks = 0;
        foreach (Match part in Part().Matches(text))
            ticks +=
                decimal.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
                * Units.First(u => u.Unit == part.Groups["unit"].Value).Ticks;
        if (ticks > TimeSpan.MaxValue.Ticks)
            return false;
        duration = new((long)ticks);
        return true;
    }

    /// <summary>Whole units from the largest down: 90 minutes are <c>1h30m</c>.</summary>
    public static string Print(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero || duration.Ticks % TimeSpan.TicksPerMillisecond != 0)
            return duration == TimeSpan.Zero ? "0s" : System.Xml.XmlConvert.ToString(duration);
        var (text, left) = ("", duration.Ticks);
        foreach (var (unit, size) in Units)
        {
            if (left >= size)
                text += string.Create(CultureInfo.InvariantCulture, $"{left / size}{unit}");
            left %= size;
        }
        return text;
    }

    [GeneratedRegex(
        @"^([0-9]{1,12}(\.[0-9]{1,6})?(ms|s|m|h|d))+$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Form();

    [GeneratedRegex(
        @"(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|m|h|d)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Part();
}
