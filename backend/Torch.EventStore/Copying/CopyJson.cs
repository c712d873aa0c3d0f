using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Torch.EventStore.Canonical;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Copying;

/// <summary>Reads the lines of an export.</summary>
internal static class CopyJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <exception cref="FormatException">It is no header that this version understands.</exception>
    public static CopyHeader Header(ReadOnlySpan<byte> line)
    {
        var header = Parse<CopyHeader>(line);
        if (
            header is not { Torch: CopyHeader.Kind, Checkpoints: not null, From: > 0, To: >= 0 }
            || header.Drawn < header.To
        )
            throw new FormatException("this is no export of a log");
        if (header.Format != CopyHeader.CurrentFormat)
            throw new FormatException($"format {header.Format} is not known to this version of Torch");
        return header;
    }

    /// <summary>Null where the line is another one.</summary>
    public static CopyTrailer? Trailer(ReadOnlySpan<byte> line) =>
        line.StartsWith("{\"end\":true,"u8) ? Parse<CopyTrailer>(line) : null;

    /// <exception cref="FormatException">It is no such object.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Options) ?? throw new FormatException("null");
        }
        catch (JsonException exception)
        {
            throw new FormatException("not as an export writes it: " + exception.Message, exception);
        }
    }

    /// <exception cref="FormatException">A member is missing or is not what it must be, or the log would not store it.</exception>
    public static (StoredEvent Event, string? StreamType) Event(JsonElement line)
    {
        try
        {
            var stored = new StoredEvent(
                line.GetProperty("log").GetString() switch
                {
                    "journal" => Log.Journal,
                    "telemetry" => Log.Telemetry,
                    var other => throw new FormatException($"there is no log {other}"),
                },
                line.GetProperty("position").GetInt64(),
                line.GetProperty("id").GetGuid(),
                line.GetProperty("stream").GetGuid(),
                line.GetProperty("version").GetInt64(),
                line.GetProperty("type").GetString()!,
                line.GetProperty("timestamp").GetInt64(),
                Document(line, "data")!,
                Text(line, "correlation"),
                Text(line, "causation"),
                Document(line, "headers")
            );
            return (Sound(stored), Text(line, "streamType"));
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("no event as an export writes it: " + exception.Message, exception);
        }
    }

    private static StoredEvent Sound(StoredEvent stored)
    {
        if (stored.Position < 1 || stored.Version < 1 || stored.Micros < 0)
            throw new FormatException("positions and versions begin with 1, times with 1970");
        if (stored.Type is not { Length: > 0 and <= 500 } || stored.Data is null)
            throw new FormatException("an event has a type and data");
        if (stored.Log == Log.Telemetry && (stored.Correlation ?? stored.Causation) is not null)
            throw new FormatException("the telemetry keeps no correlation or causation");
        _ = CanonicalJson.Of(stored.Data);
        return stored;
    }

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var member) ? member.GetString() : null;

    private static byte[]? Document(JsonElement line, string name)
    {
        if (!line.TryGetProperty(name, out var member))
            return null;
        var raw = JsonMarshal.GetRawUtf8Value(member);
        if (raw.IndexOf("\\u0000"u8) >= 0 && HoldsNul(member))
            throw new FormatException($"{name} holds a NUL, which PostgreSQL does not store");
        return raw.ToArray();
    }

    private static bool HoldsNul(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Contains('\0'),
            JsonValueKind.Array => value.EnumerateArray().Any(HoldsNul),
            JsonValueKind.Object => value.EnumerateObject().Any(p => p.Name.Contains('\0') || HoldsNul(p.Value)),
            _ => false,
        };
}
