using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Torch.Testing;

/// <summary>A receiver of OTLP over HTTP, on a port of its own.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _traces = new();
    private readonly ConcurrentQueue<byte[]> _metrics = new();

    private OtlpCollector(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>The bodies of all traces that came.</summary>
    public IReadOnlyList<byte[]> Traces => [.. _traces];

    /// <summary>What senders say of themselves with both traces and metrics: their names, versions and ids.</summary>
    public IReadOnlyList<string> Senders =>
        [.. Texts(_traces, 1, 1, 1, 2, 1).Intersect(Texts(_metrics, 1, 1, 1, 2, 1))];

    public IReadOnlyList<string> Spans => Texts(_traces, 1, 2, 2, 5);

    /// <summary>Who made spans: the names of their sources.</summary>
    public IReadOnlyList<string> Sources => Texts(_traces, 1, 2, 1, 1);

    public IReadOnlyList<string> Metrics => Texts(_metrics, 1, 2, 2, 1);

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var collector = new OtlpCollector(builder.Build());
        collector._app.Run(collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Returns once all of that has come from that sender.</summary>
    public Task HearsAsync(string sender, IReadOnlyList<string> spans, IReadOnlyList<string> metrics) =>
        Eventually.IsTrueAsync(
            () => Senders.Contains(sender) && !spans.Except(Spans).Any() && !metrics.Except(Metrics).Any(),
            TimeSpan.FromSeconds(60)
        );

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        var all = http.Request.Path.Value switch
        {
            "/v1/traces" => _traces,
            "/v1/metrics" => _metrics,
            _ => null,
        };
        if (all is null || http.Request.ContentType != "application/x-protobuf")
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        all.Enqueue(body.ToArray());
        http.Response.ContentType = "application/x-protobuf";
    }

    private static IReadOnlyList<string> Texts(IEnumerable<byte[]> bodies, params int[] path) =>
        [.. bodies.SelectMany(body => Protobuf.Texts(body, path))];
}
