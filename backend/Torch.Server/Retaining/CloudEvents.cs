using System.Globalization;
using System.Text.Json;
using Torch.EventStore;

namespace Torch.Server.Retaining;

/// <summary>
/// Events of the log as CloudEvents 1.0, one line of JSON each. Position and version are texts: the integers of CloudEvents end at 31 bits.
/// </summary>
internal static class CloudEvents
{
    private static readonly JsonWriterOptions OneLine = new() { Indented = false, SkipValidation = true };

    public static void Write(Stream output, RecordedEvent recorded)
    {
        using (var json = new Utf8JsonWriter(output, OneLine))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", recorded.Id);
            json.WriteString("source", "/torch/" + recorded.Log.ToString().ToLowerInvariant());
            json.WriteString("type", recorded.Type);
            json.WriteString("subject", recorded.StreamId);
            json.WriteString("time", recorded.Timestamp.UtcDateTime);
            json.WriteString("datacontenttype", "application/json");
            json.WriteString("position", recorded.Position.ToString(CultureInfo.InvariantCulture));
            json.WriteString("stream", recorded.StreamId);
            json.WriteString("version", recorded.Version.ToString(CultureInfo.InvariantCulture));
            Write(json, recorded.Metadata);
            json.WritePropertyName("data");
            json.WriteRawValue(recorded.Data.Span, skipInputValidation: true);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    // Who, from where, why, and cause; names of CloudEvents are small letters and digits.
    private static void Write(Utf8JsonWriter json, EventMetadata? metadata)
    {
        if (metadata?.CorrelationId is { } correlation)
            json.WriteString("correlationid", correlation);
        if (metadata?.CausationId is { } causation)
            json.WriteString("causationid", causation);
        foreach (var name in (string[])["actor", "origin", "reason"])
            if (metadata?.Headers?.GetValueOrDefault(name) is { } value)
                json.WriteString(name, value);
    }
}
