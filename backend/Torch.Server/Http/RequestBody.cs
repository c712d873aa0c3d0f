using System.Buffers;
using System.Text.Json;
using FluentValidation;

namespace Torch.Server.Http;

/// <summary>Reads a request's body: bounded, of the right type, strict JSON, validated. Whatever is wrong is a <see cref="FaultException"/>.</summary>
internal static class RequestBody
{
    /// <summary>Reads, parses and validates one JSON object.</summary>
    /// <param name="options">How strictly; <see cref="ApiJson.Input"/> where absent.</param>
    public static async Task<Body<T>> ReadJsonAsync<T>(
        this HttpContext http,
        IValidator<T>? validator = null,
        JsonSerializerOptions? options = null
    )
        where T : notnull
    {
        if (!http.Request.HasJsonContentType())
            throw new FaultException(Fault.UnsupportedMediaType("application/json"));
        var bytes = await http.ReadBytesAsync(BodyLimits.Bytes);
        var value = Parse<T>(bytes, options ?? ApiJson.Input);
        if (validator is not null)
            Validation.Check(validator, value);
        return new Body<T>(value, bytes);
    }

    /// <summary>Parses, and names the place of what is wrong.</summary>
    public static T Parse<T>(ReadOnlySpan<byte> bytes, JsonSerializerOptions options, string prefix = "")
    {
        try
        {
            var value =
                JsonSerializer.Deserialize<T>(bytes, options)
                ?? throw new FaultException(
                    Fault.Malformed(prefix, $"expected {(typeof(T).IsArray ? "an array" : "an object")}, found null")
                );
            return Holes.In(value) is { } hole
                ? throw new FaultException(Fault.Malformed(prefix + hole, "must not be null"))
                : value;
        }
        catch (JsonException wrong)
        {
            throw new FaultException(JsonFaults.From(wrong, prefix));
        }
    }

    /// <summary>The whole body without the byte order mark that some editors put before it, or 413.</summary>
    public static async Task<byte[]> ReadBytesAsync(this HttpContext http, int limit)
    {
        if (http.Request.ContentLength > limit)
            throw new FaultException(Fault.TooLarge(limit));
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > limit)
                throw new FaultException(Fault.TooLarge(limit));
            if (read.IsCompleted)
            {
                var bytes = Unmarked(read.Buffer).ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ReadOnlySequence<byte> Unmarked(ReadOnlySequence<byte> body)
    {
        Span<byte> start = stackalloc byte[ByteOrderMark.Length];
        if (body.Length < start.Length)
            return body;
        body.Slice(0, start.Length).CopyTo(start);
        return start.SequenceEqual(ByteOrderMark) ? body.Slice(start.Length) : body;
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];
}

/// <summary>A parsed body with the bytes it came from, which an idempotency key is bound to.</summary>
internal sealed record Body<T>(T Value, byte[] Bytes);
