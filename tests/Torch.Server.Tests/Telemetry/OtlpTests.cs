using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Torch.Server.Telemetry;
using Torch.Server.Tests.Features;
using Torch.Testing;

namespace Torch.Server.Tests.Telemetry;

/// <summary>Traces and metrics go to a collector by OTLP over HTTP, where there is one.</summary>
public sealed class OtlpTests
{
    // What would take a minute is sent at once. A stop gives the exporter five seconds, which a busy machine may not have.
    public OtlpTests()
    {
        Environment.SetEnvironmentVariable("OTEL_METRIC_EXPORT_INTERVAL", "500");
        Environment.SetEnvironmentVariable("OTEL_BSP_SCHEDULE_DELAY", "500");
    }

    [Fact]
    public async Task Spans_and_figures_reach_a_collector_with_the_services_name()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using (var torch = await TorchFactory.StartAsync(("OTLP_ENDPOINT", collector.Address)))
        {
            using var client = torch.Client();
            await new NodeWorld(client).LeafAsync("told elsewhere");
            using var pushed = await client.GetAsync("/api/push/planted-in-a-path?status=up&msg=planted-in-a-query");
            using var nowhere = await client.GetAsync("/api/v1/planted-nowhere");
            await collector.HearsAsync("torch", ["POST /api/v1/reports", "append reports"], ["torch.reports.accepted"]);
        }
        collector.Traces.ShouldAllBe(b => !Encoding.UTF8.GetString(b).Contains("planted", StringComparison.Ordinal));
        collector.Sources.ShouldContain("Npgsql");
        collector.Metrics.ShouldContain("http.server.request.duration");
        collector.Metrics.ShouldContain(name => name.StartsWith("db.client.", StringComparison.Ordinal));
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
}
