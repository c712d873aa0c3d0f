using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Torch.Domain.Notices;

namespace Torch.Server.Notifying.Sending.Mail;

/// <summary>The mail server refused something. Codes of 500 and more will not change.</summary>
internal sealed class SmtpRefusedException(int code, string text)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"the mail server said {code} {text}"))
{
    public bool IsPermanent { get; } = code >= 500;
}

/// <summary>One conversation with a mail server (RFC 5321), protected by TLS unless the channel says otherwise.</summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private const int LongestLine = 2_000;
    private const int MostLines = 100;

    private Stream _stream;
    private readonly byte[] _buffer = new byte[4_096];
    private int _from;
    private int _to;

    private SmtpSession(Stream stream) => _stream = stream;

    /// <summary>Greets, and protects the connection as the settings ask.</summary>
    /// <exception cref="SmtpRefusedException"/>
    /// <exception cref="AuthenticationException">Its certificate cannot be trusted.</exception>
    public static async Task<SmtpSession> OpenAsync(EmailSettings settings, Outbound outbound, CancellationToken ct)
    {
        var socket = await outbound.ConnectAsync(settings.Host, settings.Port, ct);
        var session = new SmtpSession(new NetworkStream(socket, ownsSocket: true));
        try
        {
            if (settings.Security == SmtpSecurity.Tls)
                await session.ProtectAsync(settings.Host, ct);
            await session.ExpectAsync(ct);
            var offers = await session.GreetAsync(ct);
            if (settings.Security != SmtpSecurity.StartTls)
                return session;
            if (!offers.Any(o => o.Equals("STARTTLS", StringComparison.OrdinalIgnoreCase)))
                throw new SmtpRefusedException(454, "nothing of STARTTLS, which the channel asks for");
            await session.SayAsync("STARTTLS", ct);
            await session.ProtectAsync(settings.Host, ct);
            await session.GreetAsync(ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async Task LoginAsync(string user, string password, CancellationToken ct)
    {
        var plain = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"));
        await SayAsync($"AUTH PLAIN {plain}", ct);
    }

    /// <param name="content">Headers and body, with CRLF.</param>
    public async Task<string> SendAsync(string from, IEnumerable<string> to, string content, CancellationToken ct)
    {
        await SayAsync($"MAIL FROM:<{from}>", ct);
        foreach (var address in to)
            await SayAsync($"RCPT TO:<{address}>", ct);
        await SayAsync("DATA", ct);
        // A line that begins with a dot gets another one, so that it does not end the message.
        await WriteAsync(content.Replace("\r\n.", "\r\n..", StringComparison.Ordinal) + "\r\n.\r\n", ct);
        return (await ExpectAsync(ct))[^1];
    }

    /// <summary>Says goodbye. The message has been taken by then, whatever comes of it.</summary>
    public async Task QuitAsync()
    {
        try
        {
            await WriteAsync("QUIT\r\n", CancellationToken.None);
        }
        catch (IOException)
        {
            // It hung up first.
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<IReadOnlyList<string>> GreetAsync(CancellationToken ct) => await SayAsync("EHLO torch", ct);

    private async Task ProtectAsync(string host, CancellationToken ct)
    {
        // What came in plain text before the handshake is not believed after it.
        (_from, _to) = (0, 0);
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                CertificateChainPolicy = new() { DisableCertificateDownloads = true },
            },
            ct
        );
        _stream = tls;
    }

    private async Task<IReadOnlyList<string>> SayAsync(string line, CancellationToken ct)
    {
        if (line.AsSpan().ContainsAny('\r', '\n'))
            throw new SmtpRefusedException(550, "nothing yet, for an address has a line break");
        await WriteAsync(line + "\r\n", ct);
        return await ExpectAsync(ct);
    }

    private async Task WriteAsync(string text, CancellationToken ct)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await _stream.FlushAsync(ct);
    }

    // The texts of an answer's lines; 2xx and 3xx go on.
    private async Task<IReadOnlyList<string>> ExpectAsync(CancellationToken ct)
    {
        var texts = new List<string>();
        while (texts.Count < MostLines)
        {
            var line = await LineAsync(ct);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), CultureInfo.InvariantCulture, out var code))
                throw new SmtpRefusedException(421, "something that is no answer of SMTP");
            texts.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length > 3 && line[3] == '-')
                continue;
            return code < 400 ? texts : throw new SmtpRefusedException(code, texts[^1]);
        }
        throw new SmtpRefusedException(421, "too much");
    }

    private async Task<string> LineAsync(CancellationToken ct)
    {
        var line = new List<byte>();
        while (line.Count < LongestLine)
        {
            if (_from == _to)
                (_from, _to) = (0, await _stream.ReadAsync(_buffer, ct));
            if (_to == 0)
                throw new IOException("The mail server hung up.");
            var next = _buffer[_from++];
            if (next == '\n')
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(next);
        }
        throw new SmtpRefusedException(421, "a line without end");
    }
}
