using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Torch.Server.Telemetry;
using Torch.Server.Tests.Features;

namespace Torch.Server.Tests.Telemetry;

/// <summary>Traces and metrics go to a collector by OTLP over HTTP, where there is one.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Spans_and_figures_reach_a_collector_with_the_services_name()
    {
        await using var collector = await Collector.StartAsync();
        await using (var torch = await TorchFactory.StartAsync(("OTLP_ENDPOINT", collector.Address)))
        {
            using var client = torch.Client();
            await new NodeWorld(client).LeafAsync("told elsewhere");
        }
        // Stopped, it has sent what it had gathered.
        var traces = collector.Received["/v1/traces"].ToList();
        var metrics = collector.Received["/v1/metrics"].ToList();

        traces.SelectMany(b => Protobuf.Texts(b, 1, 1, 1, 2, 1)).ShouldContain("torch");
        var spans = traces.SelectMany(b => Protobuf.Texts(b, 1, 2, 2, 5)).ToList();
        spans.ShouldContain("POST /api/v1/reports");
        spans.ShouldContain("append reports");
        traces.SelectMany(b => Protobuf.Texts(b, 1, 2, 1, 1)).ShouldContain("Npgsql");
        metrics.SelectMany(b => Protobuf.Texts(b, 1, 1, 1, 2, 1)).ShouldContain("torch");
        var names = metrics.SelectMany(b => Protobuf.Texts(b, 1, 2, 2, 1)).ToList();
        names.ShouldContain("torch.reports.accepted");
        names.ShouldContain("http.server.request.duration");
        names.ShouldContain(name => name.StartsWith("db.client.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collector_that_is_away_costs_nothing_but_what_it_would_have_heard()
    {
        await using var torch = await TorchFactory.StartAsync(("OTLP_ENDPOINT", "http://127.0.0.1:1"));
        using var client = torch.Client();
        (await new NodeWorld(client).LeafAsync("nobody listens")).Id.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Nothing_of_it_is_there_where_nobody_said_whereto()
    {
        await using var torch = await TorchFactory.StartAsync();
        torch.Services.GetServices<IHostedService>().ShouldNotContain(s => s is TelemetryHost);
        torch.Services.GetService<Instruments>().ShouldBeNull();
    }

    [Fact]
    public void What_is_no_address_is_refused_at_the_start() =>
        Should
            .Throw<StartRefusedException>(() => TorchOptions.Read(["--otlp-endpoint", "collector:4318"]))
            .Message.ShouldContain("--otlp-endpoint");

    /// <summary>A receiver of OTLP over HTTP.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        public string Address => app.Urls.Single();

        public ConcurrentDictionary<string, ConcurrentQueue<byte[]>> Received { get; } = new();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            var collector = new Collector(builder.Build());
            collector.Run();
            await collector.StartListeningAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private Task StartListeningAsync() => app.StartAsync();

        private void Run() =>
            app.Run(async http =>
            {
                http.Request.ContentType.ShouldBe("application/x-protobuf");
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                Received.GetOrAdd(http.Request.Path, _ => []).Enqueue(body.ToArray());
                http.Response.ContentType = "application/x-protobuf";
            });
    }

    /// <summary>Enough of protobuf's wire format to follow fields by their numbers.</summary>
    private static class Protobuf
    {
        /// <summary>The texts at a path of field numbers.</summary>
        public static IEnumerable<string> Texts(byte[] message, params int[] path) =>
            path.Aggregate<int, IEnumerable<byte[]>>(
                    [message],
                    (found, field) => found.SelectMany(m => Fields(m, field))
                )
                .Select(Encoding.UTF8.GetString);

        private static List<byte[]> Fields(byte[] message, int wanted)
        {
            var found = new List<byte[]>();
            for (var at = 0; at < message.Length; )
            {
                var tag = Number(message, ref at);
                switch (tag & 7)
                {
                    case 0:
                        Number(message, ref at);
                        break;
                    case 1:
                        at += 8;
                        break;
                    case 5:
                        at += 4;
                        break;
                    case 2:
                        var length = (int)Number(message, ref at);
                        if ((int)(tag >> 3) == wanted)
                            found.Add(message[at..(at + length)]);
                        at += length;
                        break;
                    default:
                        throw new InvalidDataException($"wire type {tag & 7}");
                }
            }
            return found;
        }

        private static ulong Number(byte[] message, ref int at)
        {
            var number = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var part = message[at++];
                number |= (ulong)(part & 0x7F) << shift;
                if (part < 0x80)
                    return number;
            }
        }
    }
}
