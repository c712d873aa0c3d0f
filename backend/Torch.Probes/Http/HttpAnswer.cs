using System.Buffers;
using System.Net.Http.Headers;
using System.Text;

namespace Torch.Probes.Http;

/// <summary>What is kept of an answer: its code, its headers without credentials and clocks, the start of its body.</summary>
internal static class HttpAnswer
{
    /// <summary>As much of a body is kept to judge it, after decompression; of more only the size is known.</summary>
    public const int MaxTextBytes = 64 * 1024;

    private const int MaxStoredBytes = 4 * 1024;

    // A character that is cut in two lies beyond what is stored.
    private const int EnoughBytes = MaxStoredBytes + 4;
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

    /// <summary>The start of the body as text; what is stored of it is recorded even where reading fails.</summary>
    /// <param name="maxBytes">No more is read.</param>
    /// <param name="isJudged">False where what is stored is enough: a text of <see cref="MaxTextBytes"/> for each probe is much garbage.</param>
    public static async Task<string> ReadBodyAsync(
        HttpResponseMessage response,
        int maxBytes,
        bool isJudged,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var room = Math.Min(isJudged ? MaxTextBytes : EnoughBytes, maxBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(MaxTextBytes);
        var (kept, length) = (0, 0L);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            for (var read = -1; read != 0 && kept < room; kept += read, length += read)
                read = await body.ReadAsync(buffer.AsMemory(kept, room - kept), cancellationToken);
            var text = Decode(buffer.AsSpan(0, kept), response);
            recording.Text = Stored(text);
            // What is only counted may go over what was kept: the text is taken.
            for (var read = -1; read != 0 && kept == room && length < maxBytes; length += read)
                read = await body.ReadAsync(buffer.AsMemory(0, Room(maxBytes - length)), cancellationToken);
            return text;
        }
        finally
        {
            recording.Text ??= Stored(Decode(buffer.AsSpan(0, Math.Min(kept, MaxStoredBytes)), response));
            var announced = response.Content.Headers.ContentLength ?? 0;
            recording.BodyBytes = length < maxBytes ? length : Math.Max(length, announced);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Room(long left) => (int)Math.Min(MaxTextBytes, left);

    private static string? Stored(string text) => text.Length == 0 ? null : StorableText.Cap(text, MaxStoredBytes);

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
