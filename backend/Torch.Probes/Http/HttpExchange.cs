using System.Net;
using System.Net.Security;
using System.Text;
using Torch.Probes.Net;

namespace Torch.Probes.Http;

/// <summary>
/// One request and its answer over a connection of its own. One handler per exchange: a shared one may hand the connection that this probe
/// timed to another probe of that host.
/// </summary>
internal sealed class HttpExchange : IDisposable
{
    private readonly HttpPlan _plan;
    private readonly HttpHop _hop;
    private readonly ProbeContext _context;
    private readonly ProbeRecording _recording;
    private readonly HttpMessageInvoker _invoker;
    private readonly HttpRequestMessage _request;
    private Stream? _wire;
    private long _ready;

    public HttpExchange(HttpPlan plan, HttpHop hop, ProbeContext context, ProbeRecording recording)
    {
        (_plan, _hop, _context, _recording) = (plan, hop, context, recording);
        _request = hop.Request(plan.IsHttp2);
        _invoker = new HttpMessageInvoker(Handler());
    }

    /// <summary>A timestamp.</summary>
    public long FirstByte { get; private set; }

    /// <summary>Until the answer's headers are there.</summary>
    public async Task<HttpResponseMessage> SendAsync(CancellationToken cancellationToken)
    {
        var response = await _invoker.SendAsync(_request, cancellationToken);
        var timed = _wire as TimedStream;
        // HTTP/2 talks of settings before it answers, so there the first byte is that of the answer's headers.
        FirstByte = timed?.FirstByte ?? _recording.Mark();
        _recording.Answered(timed?.RequestSent ?? _ready, FirstByte);
        return response;
    }

    public void Dispose()
    {
        _invoker.Dispose();
        _request.Dispose();
        _wire?.Dispose();
    }

    private SocketsHttpHandler Handler() =>
        new()
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = 64,
            ActivityHeadersPropagator = null,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            ConnectCallback = async (_, cancellationToken) => await OpenAsync(cancellationToken),
        };

    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        // The handler asks again, up to three times, where a connection closes without an answer; a probe asks once.
        if (_wire is not null)
            throw Faults.ClosedEarly();
        var stream = _plan.Proxy is null
            ? await Opening.ConnectAsync(
                _hop.Host,
                _hop.Port,
                _plan.Settings.AddressFamily,
                _context,
                _recording,
                cancellationToken
            )
            : await ProxyTunnel.OpenAsync(_plan, _hop, _context, _recording, cancellationToken);
        if (_hop.IsTls)
            stream = await TlsHandshake.PerformAsync(stream, Tls(), _context, _recording, cancellationToken);
        _recording.Phase = "waiting for the answer";
        _ready = _recording.Mark();
        // HTTP/2's handler must see that the stream is encrypted, or it would ask for http in its pseudo-headers.
        return _wire = _plan.IsHttp2 ? stream : new TimedStream(stream, _context.Time);
    }

    // The name that the check gives is that of its own host, not of one that a redirect leads to.
    private TlsAsk Tls() =>
        new(
            ReferenceEquals(_hop, _plan.First) ? _plan.Settings.ServerName ?? _hop.Host : _hop.Host,
            _plan.Settings.IgnoreCertificate ?? false,
            _plan.IsHttp2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11
        );
}
