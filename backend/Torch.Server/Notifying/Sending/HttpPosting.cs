using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Torch.Server.Notifying.Sending;

/// <summary>Posts JSON: no redirect, no cookie, no proxy of the environment, 15 seconds, TLS verified.</summary>
internal sealed class HttpPosting : IDisposable
{
    private const int MostAnswer = 1_024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _client;
    private readonly TimeProvider _time;

    public HttpPosting(Outbound outbound, TimeProvider time)
    {
        _time = time;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 32,
            // A certificate names the address of its issuer: fetching it would pass by the address policy.
            SslOptions = { CertificateChainPolicy = new() { DisableCertificateDownloads = true } },
            ConnectCallback = async (context, ct) =>
                new NetworkStream(
                    await outbound.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct),
                    ownsSocket: true
                ),
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <param name="headers">Beside the content type.</param>
    public async Task<SendResult> PostAsync(
        string url,
        byte[] body,
        IEnumerable<(string Name, string Value)> headers,
        CancellationToken cancellationToken
    )
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return new(SendOutcome.Refused, "The channel's URL is no http or https address.");
        using var limit = new CancellationTokenSource(Patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = Request(address, body, headers);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return await JudgeAsync(response, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendResult.Failed($"No answer within {Patience.TotalSeconds:0} s.");
        }
        catch (HttpRequestException fault)
        {
            return SendResult.Failed(Innermost(fault).Message);
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Request(
        Uri address,
        byte[] body,
        IEnumerable<(string Name, string Value)> headers
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.UserAgent.ParseAdd("Torch");
        foreach (var (name, value) in headers)
            // Validated when it was written: no line break is in it.
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static async Task<SendResult> JudgeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var code = (int)response.StatusCode;
        var detail = string.Create(CultureInfo.InvariantCulture, $"HTTP {code}");
        if (response.IsSuccessStatusCode)
            return new(SendOutcome.Delivered, detail);
        var text = await BeginningAsync(response, cancellationToken);
        return new(
            response.StatusCode == HttpStatusCode.Gone ? SendOutcome.Gone : SendOutcome.Failed,
            text.Length > 0 ? $"{detail}: {text}" : detail,
            response.Headers.RetryAfter?.Delta
        );
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[MostAnswer];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        var text = Encoding.UTF8.GetString(bytes, 0, read);
        return new string([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]).Trim();
    }

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}
