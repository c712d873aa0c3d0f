using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Torch.Testing;

/// <summary>A TCP proxy before PostgreSQL that can lose answers: what the client sends arrives, what comes back does not.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint _upstream;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _accepting;
    private int _answersToLose;
    private volatile byte[]? _trigger;

    private FaultProxy(NpgsqlConnectionStringBuilder target)
    {
        var host = target.Host!;
        _upstream = host.StartsWith('/')
            ? new UnixDomainSocketEndPoint($"{host}/.s.PGSQL.{target.Port}")
            : new DnsEndPoint(host, target.Port);
        _listener.Start();
        target.Host = "127.0.0.1";
        target.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        ConnectionString = target.ConnectionString;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Leads through the proxy.</summary>
    public string ConnectionString { get; }

    /// <summary>How many answers were lost so far.</summary>
    public int Lost { get; private set; }

    public static FaultProxy Before(string connectionString) =>
        new(new NpgsqlConnectionStringBuilder(connectionString));

    /// <summary>From now on, the connection that sends these bytes next loses the answer and is cut; so many times.</summary>
    public void LoseAnswersTo(byte[] trigger, int times)
    {
        _answersToLose = times;
        _trigger = trigger;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync(_closing.Token));
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private sealed class Session
    {
        public volatile bool LosesAnswers;
    }

    private async Task ServeAsync(Socket client)
    {
        var family = _upstream is UnixDomainSocketEndPoint ? AddressFamily.Unix : AddressFamily.InterNetwork;
        var protocol = family == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp;
        using var down = client;
        using var up = new Socket(family, SocketType.Stream, protocol);
        try
        {
            await up.ConnectAsync(_upstream, _closing.Token);
            var session = new Session();
            await Task.WhenAny(ForwardAsync(down, up, session), AnswerAsync(up, down, session));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Either side has gone.
        }
    }

    private async Task ForwardAsync(Socket from, Socket to, Session session)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, _closing.Token) is > 0 and var count)
        {
            if (_trigger is { } trigger && buffer.AsSpan(0, count).IndexOf(trigger) >= 0)
                session.LosesAnswers = Interlocked.Decrement(ref _answersToLose) >= 0;
            await to.SendAsync(buffer.AsMemory(0, count), _closing.Token);
        }
    }

    private async Task AnswerAsync(Socket from, Socket to, Session session)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, _closing.Token) is > 0 and var count)
        {
            if (session.LosesAnswers)
            {
                Lost++;
                return;
            }
            await to.SendAsync(buffer.AsMemory(0, count), _closing.Token);
        }
    }
}
