using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Torch.Benchmarks.Http;

/// <summary>One kept-alive connection that posts prepared bytes and waits for each answer. Lean, so that the load costs little beside what it loads.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };
    private readonly byte[] _buffer = new byte[16 * 1024];

    public static async Task<LoadConnection> OpenAsync(Uri address)
    {
        var connection = new LoadConnection();
        await connection._socket.ConnectAsync(address.Host, address.Port);
        return connection;
    }

    /// <summary>A request's bytes, made once.</summary>
    public static byte[] Post(Uri address, string path, string json)
    {
        var length = Encoding.UTF8.GetByteCount(json).ToString(CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{json}"
        );
    }

    /// <summary>A request of any kind, with the key or token that it shows.</summary>
    /// <param name="body">JSON; null for none.</param>
    public static byte[] Request(Uri address, string line, string? body, string? bearer)
    {
        var length = Encoding.UTF8.GetByteCount(body ?? "").ToString(CultureInfo.InvariantCulture);
        var kind = body is null ? "" : $"Content-Type: application/json\r\nContent-Length: {length}\r\n";
        var key = bearer is null ? "" : $"Authorization: Bearer {bearer}\r\n";
        return Encoding.UTF8.GetBytes($"{line} HTTP/1.1\r\nHost: {address.Authority}\r\n{key}{kind}\r\n{body}");
    }

    /// <summary>Sends, and returns the position in the answer.</summary>
    /// <exception cref="InvalidOperationException">The answer was not 202.</exception>
    public async Task<long> SendAsync(byte[] request) => Position((await AnswerAsync(request)).Span);

    /// <summary>Sends, and expects that it succeeds.</summary>
    public async Task AskAsync(byte[] request)
    {
        var answer = await AnswerAsync(request);
        if (!answer.Span.StartsWith("HTTP/1.1 20"u8))
            throw new InvalidOperationException(Encoding.UTF8.GetString(answer.Span));
    }

    private async Task<ReadOnlyMemory<byte>> AnswerAsync(byte[] request)
    {
        await _socket.SendAsync(request);
        var filled = 0;
        while (true)
        {
            filled += await _socket.ReceiveAsync(_buffer.AsMemory(filled));
            if (IsWhole(_buffer.AsSpan(0, filled)))
                return _buffer.AsMemory(0, filled);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var length = answer.IndexOf("Content-Length: "u8);
        return length < 0 || length > end
            ? answer.EndsWith("0\r\n\r\n"u8)
            : answer.Length >= end + 4 + (int)Number(answer[(length + 16)..]);
    }

    private static long Position(ReadOnlySpan<byte> answer)
    {
        var place = answer.IndexOf("\"position\":"u8);
        if (!answer.StartsWith("HTTP/1.1 202"u8) || place < 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
        return Number(answer[(place + 11)..]);
    }

    private static long Number(ReadOnlySpan<byte> text)
    {
        long number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                break;
            number = number * 10 + digit - '0';
        }
        return number;
    }
}
