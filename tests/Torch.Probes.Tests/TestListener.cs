using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Torch.Probes.Tests;

/// <summary>A listener on port 0 that says what a test tells it to, line by line, and may begin TLS on the way.</summary>
internal sealed class TestListener : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<Dialogue, Task> _talk;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _loop;
    private int _accepted;

    private TestListener(Func<Dialogue, Task> talk, IPAddress address)
    {
        _talk = talk;
        _listener = new TcpListener(address, 0);
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public int Accepted => Volatile.Read(ref _accepted);

    public static TestListener Talking(Func<Dialogue, Task> talk, IPAddress? address = null) =>
        new(talk, address ?? IPAddress.Loopback);

    /// <summary>Accepts and says nothing until the other side goes.</summary>
    public static TestListener Silent(IPAddress? address = null) =>
        Talking(dialogue => dialogue.HearAsync(int.MaxValue), address);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _loop;
        _listener.Stop();
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_over.Token);
                Interlocked.Increment(ref _accepted);
                serving.Add(ServeAsync(client));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _talk(new Dialogue(client.GetStream(), _over.Token));
            }
            catch (Exception fault)
                when (fault
                        is IOException
                            or SocketException
                            or OperationCanceledException
                            or ObjectDisposedException
                            or AuthenticationException
                )
            {
                // The probe hung up, which is what many of these tests are about.
            }
        }
    }
}

/// <summary>The listener's side of one connection.</summary>
internal sealed class Dialogue(Stream stream, CancellationToken token)
{
    public Stream Stream { get; private set; } = stream;

    public CancellationToken Token => token;

    public Task SayAsync(string text) => Stream.WriteAsync(Encoding.UTF8.GetBytes(text), token).AsTask();

    public Task SayAsync(byte[] bytes) => Stream.WriteAsync(bytes, token).AsTask();

    /// <summary>Up to the end of a line.</summary>
    public async Task<string> LineAsync()
    {
        var line = new StringBuilder();
        while ((await HearAsync(1)) is [var b] && b != '\n')
            line.Append((char)b);
        return line.ToString().TrimEnd('\r');
    }

    /// <summary>So many bytes, or fewer where the other side has gone.</summary>
    public async Task<byte[]> HearAsync(int count)
    {
        var heard = new List<byte>();
        var buffer = new byte[Math.Min(count, 4096)];
        while (heard.Count < count)
        {
            var read = await Stream.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, count - heard.Count)), token);
            if (read == 0)
                break;
            heard.AddRange(buffer.AsSpan(0, read));
        }
        return [.. heard];
    }

    public async Task BeginTlsAsync(X509Certificate2 certificate)
    {
        var secured = new SslStream(Stream);
        await secured.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = certificate },
            token
        );
        Stream = secured;
    }
}
