using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Torch.Probes.Net;

/// <summary>A connection over which lines of text go to and fro, and which may become encrypted on the way.</summary>
internal sealed class Conversation(Stream stream, ProbeRecording recording) : IDisposable
{
    /// <summary>No more is read before what is expected must have come.</summary>
    public const int MaxUnread = 64 * 1024;

    /// <summary>More than is kept of it.</summary>
    private const int MaxHeard = 8 * 1024;

    private readonly StringBuilder _heard = new();

    // Searched where they are: a text of each state of it would be as much garbage as the target likes to cause.
    private readonly List<char> _unread = [];
    private readonly byte[] _buffer = new byte[4096];
    private Stream _stream = stream;
    private long _sent = recording.Mark();
    private bool _isAnswered;

    /// <summary>The start of all that came.</summary>
    public string Heard => _heard.ToString();

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken);
        if (!_isAnswered)
            _sent = recording.Mark();
    }

    public Task SendLineAsync(string line, CancellationToken cancellationToken) =>
        SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellationToken);

    /// <summary>Reads until what has come since the last match contains a pattern.</summary>
    /// <returns>What it matched.</returns>
    /// <exception cref="ProbeFault">It has not come before the end, or within <see cref="MaxUnread"/>.</exception>
    public async Task<string> ExpectAsync(Regex pattern, CancellationToken cancellationToken)
    {
        recording.Phase = $"waiting for /{pattern}/";
        while (true)
        {
            if (TakeMatch(pattern) is { } match)
                return match;
            if (_unread.Count >= MaxUnread)
                throw new ProbeFault(Causes.Answer, $"Within 64 KiB the target did not say what matches /{pattern}/.");
            await HearAsync(pattern, cancellationToken);
        }
    }

    /// <summary>So many bytes, as they come.</summary>
    /// <exception cref="ProbeFault">The target closed the connection before.</exception>
    public async Task<byte[]> ReadAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (int at = 0, read; at < count; at += read)
        {
            read = await _stream.ReadAsync(bytes.AsMemory(at), cancellationToken);
            if (read == 0)
                throw Faults.ClosedEarly();
        }
        return bytes;
    }

    /// <summary>The TLS handshake. What came in the clear and was not read is forgotten: it must not count as if it had come encrypted.</summary>
    public async Task EncryptAsync(TlsAsk ask, ProbeContext context, CancellationToken cancellationToken)
    {
        _unread.Clear();
        _stream = await TlsHandshake.PerformAsync(_stream, ask, context, recording, cancellationToken);
        if (!_isAnswered)
            _sent = recording.Mark();
    }

    public void Dispose() => _stream.Dispose();

    private string? TakeMatch(Regex pattern)
    {
        foreach (var match in pattern.EnumerateMatches(CollectionsMarshal.AsSpan(_unread)))
        {
            var text = new string(CollectionsMarshal.AsSpan(_unread).Slice(match.Index, match.Length));
            _unread.RemoveRange(0, match.Index + match.Length);
            return text;
        }
        return null;
    }

    private async Task HearAsync(Regex pattern, CancellationToken cancellationToken)
    {
        var read = await _stream.ReadAsync(_buffer, cancellationToken);
        if (read == 0)
            throw new ProbeFault(
                Causes.Reset,
                $"The target closed the connection before it said what matches /{pattern}/."
            );
        if (!_isAnswered)
            recording.Answered(_sent, recording.Mark());
        _isAnswered = true;
        var text = Encoding.UTF8.GetString(_buffer, 0, read);
        _unread.AddRange(text);
        if (_heard.Length < MaxHeard)
            _heard.Append(text);
    }
}
