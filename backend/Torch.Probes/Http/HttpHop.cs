using System.Net;
using System.Text;
using Torch.Contracts;

namespace Torch.Probes.Http;

/// <summary>One request of a probe: the check's own, or one that a redirect asked for.</summary>
internal sealed record HttpHop(
    Uri Url,
    string Method,
    byte[]? Body,
    IReadOnlyDictionary<string, string> Headers,
    HttpAuth? Auth
)
{
    public string Host => Url.IdnHost;
    public int Port => Url.Port;
    public bool IsTls => Url.Scheme == Uri.UriSchemeHttps;

    /// <summary>The request as it goes over a stream that is open and, for https, encrypted.</summary>
    public HttpRequestMessage Request(bool isHttp2)
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), isHttp2 ? Url : OverOpenStream())
        {
            Version = isHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        // To the handler the stream is plain http, so https's default port would show in Host unless said here.
        request.Headers.Host = Url.IsDefaultPort ? HostInUrl : $"{HostInUrl}:{Url.Port}";
        if (Body is not null)
            request.Content = new ByteArrayContent(Body);
        foreach (var (name, value) in Headers)
            Set(request, name, value);
        if (Auth is not null)
            Set(request, "Authorization", Credentials(Auth));
        if (!request.Headers.Contains("User-Agent"))
            request.Headers.TryAddWithoutValidation("User-Agent", "Torch/0.1");
        return request;
    }

    private Uri OverOpenStream() => new UriBuilder(Url) { Scheme = Uri.UriSchemeHttp, Port = Url.Port }.Uri;

    private string HostInUrl => Url.HostNameType is UriHostNameType.IPv6 ? $"[{Url.IdnHost}]" : Url.IdnHost;

    private static string Credentials(HttpAuth auth) =>
        auth.Basic is { } basic
            ? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{basic.User}:{basic.Password}"))
            : "Bearer " + auth.Bearer;

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        if (name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            request.Headers.Host = value;
        else if (name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
            Replace(request, name, value);
        else if (!request.Headers.TryAddWithoutValidation(name, value))
            (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
    }

    private static void Replace(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }
}
