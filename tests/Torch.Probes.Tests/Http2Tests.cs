using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Torch.Contracts;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

public sealed class Http2Tests : IDisposable
{
    private readonly Certificates _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Http_2_is_spoken_over_tls_and_by_prior_knowledge(bool isTls)
    {
        using var certificate = _authority.For("shop.test");
        await using var server = await ServeAsync(HttpProtocols.Http2, isTls ? certificate : null);
        var result = await AskAsync(server, isTls, "2");

        result.ShouldBeUp();
        result.HttpVersion.ShouldBe("2.0");
        result.Text.ShouldBe($"HTTP/2 {(isTls ? "https" : "http")} shop.test HEAD,x-key");
        result.Latency.FirstByte.ShouldNotBeNull();
        result.Latency.Transfer.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_target_without_http_2_is_protocol(bool isTls)
    {
        using var certificate = _authority.For("shop.test");
        await using var server = await ServeAsync(HttpProtocols.Http1, isTls ? certificate : null);
        (await AskAsync(server, isTls, "2")).Outcome.ShouldBe(ProbeOutcome.Down);
        (await AskAsync(server, isTls, "1.1")).HttpVersion.ShouldBe("1.1");
    }

    private Task<ProbeCompleted> AskAsync(WebApplication server, bool isTls, string version)
    {
        var port = new Uri(server.Urls.First()).Port;
        var context = Context with { Roots = _authority.Roots, Resolve = Names("127.0.0.1") };
        var headers = new Dictionary<string, string> { ["X-Key"] = "HEAD" };
        return Probe(
            new HttpSettings(
                $"{(isTls ? "https" : "http")}://shop.test:{port}/",
                Headers: headers,
                Version: version,
                Auth: new HttpAuth(Bearer: "abc")
            ),
            context
        );
    }

    private static async Task<WebApplication> ServeAsync(HttpProtocols protocols, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    listen.Protocols = protocols;
                    if (certificate is not null)
                        listen.UseHttps(certificate);
                }
            )
        );
        var server = builder.Build();
        server.MapGet(
            "/",
            (HttpContext http) =>
                $"{http.Request.Protocol} {http.Request.Scheme} {http.Request.Host.Host} {http.Request.Headers["X-Key"]},x-key"
        );
        await server.StartAsync();
        return server;
    }
}
