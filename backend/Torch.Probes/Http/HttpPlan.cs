using System.Buffers;
using System.Net;
using System.Text;
using Torch.Contracts;

namespace Torch.Probes.Http;

/// <summary>A check's settings, read once: whatever cannot be used is refused before a byte is sent.</summary>
internal sealed class HttpPlan
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    );

    private readonly Uri _url;
    private readonly string _method;
    private readonly string? _body;
    private readonly IReadOnlyDictionary<string, string> _headers;

    private HttpPlan(Uri url, HttpSettings settings)
    {
        _url = url;
        _method = (settings.Method ?? "GET").ToUpperInvariant();
        _body = settings.Body;
        _headers = settings.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal);
        Judge = HttpJudge.Of(settings.Expect);
    }

    public HttpJudge Judge { get; }
    public string Host => _url.IdnHost;
    public int Port => _url.Port;
    public bool IsTls => _url.Scheme == Uri.UriSchemeHttps;

    /// <exception cref="ProbeFault">The settings cannot be used.</exception>
    public static HttpPlan Of(HttpSettings? settings)
    {
        if (settings is null)
            throw ProbeFault.Local("The check has no HTTP settings.");
        if (!Uri.TryCreate(settings.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw ProbeFault.Local("The check's address is not an http or https URL.");
        var plan = new HttpPlan(url, settings);
        // CONNECT asks for a tunnel, not for an answer.
        if (!IsToken(plan._method) || plan._method is "CONNECT")
            throw ProbeFault.Local("The check's method cannot be used.");
        foreach (var (name, value) in plan._headers)
            RefuseForgery(name, value);
        return plan;
    }

    /// <summary>The request as it goes over a stream that <see cref="HttpProbe"/> has opened and, for https, encrypted.</summary>
    public HttpRequestMessage Request()
    {
        var overOpenStream = new UriBuilder(_url) { Scheme = Uri.UriSchemeHttp, Port = _url.Port }.Uri;
        var request = new HttpRequestMessage(new HttpMethod(_method), overOpenStream)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        // To the handler the stream is plain http, so https's default port would show in Host unless said here.
        request.Headers.Host = _url.IsDefaultPort ? HostInUrl : $"{HostInUrl}:{_url.Port}";
        if (_body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(_body));
        foreach (var (name, value) in _headers)
            Set(request, name, value);
        if (!request.Headers.Contains("User-Agent"))
            request.Headers.TryAddWithoutValidation("User-Agent", "Torch/0.1");
        return request;
    }

    private string HostInUrl => _url.HostNameType is UriHostNameType.IPv6 ? $"[{_url.IdnHost}]" : _url.IdnHost;

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        if (name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            request.Headers.Host = value;
        else if (!request.Headers.TryAddWithoutValidation(name, value))
            (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
    }

    // TryAddWithoutValidation puts a line break on the wire as it is.
    private static void RefuseForgery(string name, string value)
    {
        if (!IsToken(name) || value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            throw ProbeFault.Local("A header of the check holds characters that could forge another header.");
        if (FramesTheMessage(name))
            throw ProbeFault.Local($"The header {name} belongs to the connection and cannot be set.");
    }

    private static bool FramesTheMessage(string name) =>
        name.ToUpperInvariant()
            is "CONTENT-LENGTH"
                or "TRANSFER-ENCODING"
                or "CONNECTION"
                or "UPGRADE"
                or "EXPECT"
                or "TE"
                or "TRAILER";

    private static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);
}
