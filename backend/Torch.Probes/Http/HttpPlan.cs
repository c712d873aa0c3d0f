using System.Buffers;
using System.Text;
using Torch.Contracts;

namespace Torch.Probes.Http;

/// <summary>A check's settings, read once: whatever cannot be used is refused before a byte is sent.</summary>
internal sealed class HttpPlan
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    );

    private static readonly Dictionary<string, string> NoHeaders = [];

    private HttpPlan(HttpSettings settings, Uri url)
    {
        Settings = settings;
        First = new HttpHop(
            url,
            (settings.Method ?? "GET").ToUpperInvariant(),
            settings.Body is { } body ? Encoding.UTF8.GetBytes(body) : null,
            settings.Headers ?? NoHeaders,
            settings.Auth
        );
        Judge = HttpJudge.Of(settings.Expect);
    }

    public HttpSettings Settings { get; }
    public HttpHop First { get; }
    public HttpJudge Judge { get; }
    public Uri? Proxy { get; private init; }
    public int MostRedirects => Settings.FollowRedirects ?? 0;
    public bool IsHttp2 => Settings.Version is "2";

    /// <summary>How much of a body is read, after decompression: to be judged, and to know that it is too large.</summary>
    public int MaxBodyBytes =>
        Math.Max(Settings.MaxBodyBytes ?? HttpAnswer.MaxTextBytes, Settings.Expect?.MaxBodyBytes + 1 ?? 0);

    /// <exception cref="ProbeFault">The settings cannot be used.</exception>
    public static HttpPlan Of(HttpSettings? settings)
    {
        if (settings is null)
            throw ProbeFault.Local("The check has no HTTP settings.");
        if (!Uri.TryCreate(settings.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw ProbeFault.Local("The check's address is not an http or https URL.");
        var plan = new HttpPlan(settings, url) { Proxy = ProxyOf(settings) };
        // CONNECT asks for a tunnel, not for an answer.
        if (!IsToken(plan.First.Method) || plan.First.Method is "CONNECT")
            throw ProbeFault.Local("The check's method cannot be used.");
        if (settings.Version is not (null or "1.1" or "2"))
            throw ProbeFault.Local("The check's HTTP version is neither 1.1 nor 2.");
        foreach (var (name, value) in plan.First.Headers)
            RefuseForgery(name, value);
        RefuseForgery("Authorization", settings.Auth?.Bearer ?? "");
        return plan;
    }

    private static Uri? ProxyOf(HttpSettings settings) =>
        settings.Proxy is null ? null
        : Uri.TryCreate(settings.Proxy, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" ? proxy
        : throw ProbeFault.Local("The check's proxy is not an http URL.");

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
