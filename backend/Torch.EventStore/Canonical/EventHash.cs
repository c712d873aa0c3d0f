using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Canonical;

/// <summary>The hash of an event: SHA-256 of its canonical form. Export, import and verify use the same.</summary>
internal static class EventHash
{
    public static byte[] Of(StoredEvent stored)
    {
        var output = new ByteBuffer();
        Write(stored, output);
        return SHA256.HashData(output.Written);
    }

    /// <summary>Position, stream, version, type, timestamp in microseconds, who, data: members in canonical order.</summary>
    public static void Write(StoredEvent stored, ByteBuffer output)
    {
        output.Add((byte)'{');
        Document("data", stored.Data, output);
        Number(",\"position\":"u8, stored.Position, output);
        output.Add(",\"stream\":\""u8);
        output.Add(Encoding.ASCII.GetBytes(stored.StreamId.ToString("D", CultureInfo.InvariantCulture)));
        Number("\",\"timestamp\":"u8, stored.Micros, output);
        output.Add(",\"type\":"u8);
        CanonicalJson.WriteString(stored.Type, output);
        Number(",\"version\":"u8, stored.Version, output);
        output.Add(",\"who\":{"u8);
        Who(stored, output);
        output.Add("}}"u8);
    }

    private static void Who(StoredEvent stored, ByteBuffer output)
    {
        var start = output.Length;
        if (stored.Causation is { } causation)
            Text("\"causation\":"u8, causation, output);
        Comma(start, stored.Correlation, output);
        if (stored.Correlation is { } correlation)
            Text("\"correlation\":"u8, correlation, output);
        Comma(start, stored.Headers, output);
        if (stored.Headers is { } headers)
            Document("headers", headers, output);
    }

    private static void Comma(int start, object? next, ByteBuffer output)
    {
        if (next is not null && output.Length > start)
            output.Add((byte)',');
    }

    // What has no canonical form is refused at the edge; found in a database nevertheless, it must hash to something of its own
    // rather than stop the chain.
    private static void Document(string name, byte[] json, ByteBuffer output)
    {
        var start = output.Length;
        try
        {
            CanonicalJson.WriteString(name, output);
            output.Add((byte)':');
            CanonicalJson.Write(json, output);
        }
        catch (FormatException)
        {
            output.Length = start;
            CanonicalJson.WriteString(name + "AsText", output);
            output.Add((byte)':');
            CanonicalJson.WriteString(Encoding.UTF8.GetString(json), output);
        }
    }

    private static void Text(ReadOnlySpan<byte> name, string value, ByteBuffer output)
    {
        output.Add(name);
        CanonicalJson.WriteString(value, output);
    }

    private static void Number(ReadOnlySpan<byte> name, long value, ByteBuffer output)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var length);
        output.Add(name);
        output.Add(digits[..length]);
    }
}
