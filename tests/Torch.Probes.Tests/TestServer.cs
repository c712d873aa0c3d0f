using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Torch.Probes.Tests;

/// <summary>A listener on port 0 that answers bytes as told, so that it can also misbehave.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<Stream, string, CancellationToken, Task> _answer;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _loop;
    private int _accepted;

    private TestServer(IPAddress address, Func<Stream, string, CancellationToken, Task> answer, X509Certificate2? tls)
    {
        _answer = answer;
        _listener = new TcpListener(address, 0);
        _listener.Start();
        _loop = AcceptAsync(tls);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public int Accepted => Volatile.Read(ref _accepted);
    public string LastRequest { get; private set; } = "";
    public string Url => $"http://127.0.0.1:{Port}/";

    public static TestServer Answering(string raw, IPAddress? address = null, X509Certificate2? tls = null) =>
        Answering((stream, _, token) => stream.WriteAsync(Encoding.Latin1.GetBytes(raw), token).AsTask(), address, tls);

    public static TestServer Answering(
        Func<Stream, string, CancellationToken, Task> answer,
        IPAddress? address = null,
        X509Certificate2? tls = null
    ) => new(address ?? IPAddress.Loopback, answer, tls);

    /// <summary>A complete answer with its length.</summary>
    public static string Ok(string body = "hello", string status = "200 OK", string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{headers}\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        // The loop ends by the token: a listener that is stopped under it would throw.
        await _loop;
        _listener.Stop();
        _over.Dispose();
    }

    private async Task AcceptAsync(X509Certificate2? tls)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_over.Token);
                Interlocked.Increment(ref _accepted);
                serving.Add(ServeAsync(client, tls));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, X509Certificate2? tls)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (tls is not null)
                {
                    var secured = new SslStream(stream);
                    await secured.AuthenticateAsServerAsync(
                        new SslServerAuthenticationOptions { ServerCertificate = tls },
                        _over.Token
                    );
                    stream = secured;
                }
                LastRequest = await ReadRequestAsync(stream);
                await _answer(stream, LastRequest, _over.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception fault)
                when (fault
                        is IOException
                            or SocketException
                            or OperationCanceledException
                            or ObjectDisposedException
                            or System.Security.Authentication.AuthenticationException
                )
            {
                // The probe hung up, which is what many of these tests are about.
            }
        }
    }

    private async Task<string> ReadRequestAsync(Stream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var head = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head >= 0 && text.Length >= head + 4 + BodyLength(text.ToString()))
                return text.ToString();
            var read = await stream.ReadAsync(buffer, _over.Token);
            if (read == 0)
                return text.ToString();
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
    }

    private static int BodyLength(string request)
    {
        const string name = "Content-Length: ";
        var at = request.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(request[(at + name.Length)..request.IndexOf('\r', at)]);
    }
}
