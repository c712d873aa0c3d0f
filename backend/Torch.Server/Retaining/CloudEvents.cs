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
            json.WritePropertyName("data");
            json.WriteRawValue(recorded.Data.Span, skipInputValidation: true);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }
}
