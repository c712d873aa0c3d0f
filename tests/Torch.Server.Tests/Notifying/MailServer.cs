using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Torch.Server.Tests.Notifying;

/// <summary>A mail that was taken.</summary>
internal sealed record Mail(string From, IReadOnlyList<string> To, string? Login, string Data);

/// <summary>A real, small mail server on a free port: EHLO, AUTH PLAIN, MAIL, RCPT, DATA.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public MailServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<Mail> All { get; } = [];

    /// <summary>What it answers to RCPT.</summary>
    public string Recipient { get; set; } = "250 ok";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(client);
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // It stops; stopped while it talked, it asks a listener that is closed.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
            await ConverseAsync(reader, writer);
        }
        catch (IOException)
        {
            // It hung up.
        }
    }

    private async Task ConverseAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("220 test");
        var (from, to, login) = ("", new List<string>(), default(string));
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.StartsWith("EHLO", StringComparison.Ordinal))
                await writer.WriteLineAsync("250-test\r\n250 AUTH PLAIN");
            else if (line.StartsWith("AUTH PLAIN ", StringComparison.Ordinal))
            {
                login = Encoding.UTF8.GetString(Convert.FromBase64String(line["AUTH PLAIN ".Length..]));
                await writer.WriteLineAsync("235 welcome");
            }
            else if (line.StartsWith("MAIL FROM:", StringComparison.Ordinal))
            {
                from = line["MAIL FROM:".Length..];
                await writer.WriteLineAsync("250 ok");
            }
            else if (line.StartsWith("RCPT TO:", StringComparison.Ordinal))
            {
                to.Add(line["RCPT TO:".Length..]);
                await writer.WriteLineAsync(Recipient);
            }
            else if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                All.Enqueue(new(from, to, login, await DataAsync(reader)));
                await writer.WriteLineAsync("250 taken");
            }
            else if (line == "QUIT")
                return;
        }
    }

    private async Task<string> DataAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
            text.Append(line).Append('\n');
        return text.ToString();
    }
}
