using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Copying;

/// <summary>The header of an export: the first line of the file.</summary>
/// <param name="Drawn">The last position drawn, which a closed partition moves beyond the last event.</param>
internal sealed record CopyHeader(
    string Torch,
    int Format,
    string Version,
    IReadOnlyDictionary<string, string> Workspace,
    Log? Log,
    long From,
    long To,
    long Drawn,
    IReadOnlyDictionary<string, long> Checkpoints
)
{
    public const string Kind = "log";
    public const int CurrentFormat = 1;
}

/// <summary>A telemetry stream whose versions do not follow from the events that are left of it.</summary>
internal sealed record CopyStream(Guid Id, string? Type, long Version, long Created, long Timestamp);

/// <summary>The last line of an export: without it, the export was interrupted.</summary>
/// <param name="Sha256">Of all lines before it, each with its line feed.</param>
internal sealed record CopyTrailer(bool End, long Events, string Sha256);

/// <summary>Writes the lines of an export and hashes them on the way.</summary>
internal sealed class CopyWriter(Stream stream) : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Events { get; private set; }

    public void Header(CopyHeader header) => Line(JsonSerializer.SerializeToUtf8Bytes(header, CopyJson.Options));

    public void Stream(CopyStream row) =>
        Line(JsonSerializer.SerializeToUtf8Bytes(new { stream = row }, CopyJson.Options));

    public void Row(string table, ReadOnlySpan<byte> row)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("table"u8, table);
            json.WritePropertyName("row"u8);
            json.WriteRawValue(row, skipInputValidation: true);
            json.WriteEndObject();
        }
        Line(_buffer.WrittenSpan);
    }

    public void Event(StoredEvent stored, string? streamType)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, Options))
            Write(json, stored, streamType);
        Event(_buffer.WrittenSpan);
    }

    /// <summary>An event's line as it is.</summary>
    public void Event(ReadOnlySpan<byte> line)
    {
        Line(line);
        Events++;
    }

    /// <summary>Any other line as it is.</summary>
    public void Line(ReadOnlySpan<byte> line)
    {
        _hash.AppendData(line);
        _hash.AppendData("\n"u8);
        stream.Write(line);
        stream.Write("\n"u8);
    }

    public void Trailer()
    {
        var trailer = new CopyTrailer(true, Events, Convert.ToHexStringLower(_hash.GetCurrentHash()));
        Line(JsonSerializer.SerializeToUtf8Bytes(trailer, CopyJson.Options));
    }

    public void Dispose() => _hash.Dispose();

    private static void Write(Utf8JsonWriter json, StoredEvent stored, string? streamType)
    {
        json.WriteStartObject();
        json.WriteString("log"u8, stored.Log.Schema());
        json.WriteNumber("position"u8, stored.Position);
        json.WriteString("id"u8, stored.Id);
        json.WriteString("stream"u8, stored.StreamId);
        if (streamType is not null)
            json.WriteString("streamType"u8, streamType);
        json.WriteNumber("version"u8, stored.Version);
        json.WriteString("type"u8, stored.Type);
        json.WriteNumber("timestamp"u8, stored.Micros);
        if (stored.Correlation is not null)
            json.WriteString("correlation"u8, stored.Correlation);
        if (stored.Causation is not null)
            json.WriteString("causation"u8, stored.Causation);
        if (stored.Headers is not null)
        {
            json.WritePropertyName("headers"u8);
            json.WriteRawValue(stored.Headers, skipInputValidation: true);
        }
        json.WritePropertyName("data"u8);
        json.WriteRawValue(stored.Data, skipInputValidation: true);
        json.WriteEndObject();
    }
}
