using System.Buffers;
using System.Net.Http.Headers;
using System.Text;

namespace Torch.Probes.Http;

/// <summary>What is kept of an answer: its code, its headers without credentials and clocks, the start of its body.</summary>
internal static class HttpAnswer
{
    /// <summary>No more of a body is read, after decompression: neither to judge it nor to keep it.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    private const int MaxTextBytes = 4 * 1024;
    private const int MaxHeaders = 64;
    private const int MaxHeaderValueBytes = 1024;

    public static void Record(HttpResponseMessage response, ProbeRecording recording)
    {
        recording.StatusCode = (int)response.StatusCode;
        recording.HttpVersion = response.Version.ToString(2);
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        Keep(response.Headers.NonValidated, kept);
        Keep(response.Content.Headers.NonValidated, kept);
        recording.Headers = kept;
    }

    /// <summary>The body as text, up to <see cref="MaxBodyBytes"/>; its start is recorded even where reading fails.</summary>
    public static async Task<string> ReadBodyAsync(
        HttpResponseMessage response,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxBodyBytes);
        var announced = response.Content.Headers.ContentLength ?? 0;
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            for (int read; length < MaxBodyBytes; length += read)
            {
                read = await body.ReadAsync(buffer.AsMemory(length, MaxBodyBytes - length), cancellationToken);
                if (read == 0)
                    break;
            }
            return Decode(buffer.AsSpan(0, length), response);
        }
        finally
        {
            var start = buffer.AsSpan(0, Math.Min(length, MaxTextBytes));
            recording.BodyBytes = length < MaxBodyBytes ? length : Math.Max(length, announced);
            recording.Text = length == 0 ? null : StorableText.Cap(Decode(start, response), MaxTextBytes);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Keep(HttpHeadersNonValidated headers, Dictionary<string, string> kept)
    {
        foreach (var (name, values) in headers)
        {
            if (kept.Count < MaxHeaders && name.Length <= 200 && !IsLeftOut(name))
                kept[name.ToLowerInvariant()] = StorableText.Cap(values.ToString(), MaxHeaderValueBytes);
        }
    }

    // Credentials must not be stored; clocks would make every answer differ from the one before.
    private static bool IsLeftOut(string name) =>
        name.ToUpperInvariant()
            is "SET-COOKIE"
                or "SET-COOKIE2"
                or "DATE"
                or "AGE"
                or "AUTHORIZATION"
                or "PROXY-AUTHORIZATION"
                or "WWW-AUTHENTICATE"
                or "PROXY-AUTHENTICATE"
                or "AUTHENTICATION-INFO"
                or "PROXY-AUTHENTICATION-INFO";

    private static string Decode(ReadOnlySpan<byte> body, HttpResponseMessage response)
    {
        var text = EncodingOf(response).GetString(body);
        return text.StartsWith('\uFEFF') ? text[1..] : text;
    }

    private static Encoding EncodingOf(HttpResponseMessage response)
    {
        try
        {
            return Encoding.GetEncoding(response.Content.Headers.ContentType?.CharSet?.Trim('"') ?? "utf-8");
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }
}
