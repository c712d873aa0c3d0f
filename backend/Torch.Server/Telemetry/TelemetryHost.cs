using System.Reflection;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Torch.EventStore;

namespace Torch.Server.Telemetry;

/// <summary>
/// Sends traces and metrics by OTLP, where it was said whereto. Everything else that OpenTelemetry's environment variables say (headers,
/// protocol, sampler, name, intervals) holds.
/// </summary>
internal sealed class TelemetryHost(TorchOptions options, Instruments instruments, TimeProvider time)
    : BackgroundService
{
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    // Of PostgreSQL's client, of the web server, and Torch's own: server, log and agent.
    private static readonly string[] Sources = ["Npgsql", "Microsoft.AspNetCore", "Torch", "Torch.*"];
    private static readonly string[] Meters =
    [
        "Npgsql",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
        "Torch",
        "Torch.*",
    ];

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = Resource();
        instruments.Start();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Sources)
            .AddOtlpExporter(to => Aim(to, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter(to => Aim(to, "v1/metrics"))
            .Build();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await instruments.LookAsync(stoppingToken);
            }
            catch (Exception away)
                when (away is NpgsqlException or LogUnavailableException or OperationCanceledException)
            {
                // The figures stay as they were; what is wrong with the database is said elsewhere.
            }
            await Task.Delay(Look, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What has been gathered goes out, within the exporter's own time limit.
    public override void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        base.Dispose();
    }

    private void Aim(OtlpExporterOptions to, string signal)
    {
        // The exporter has read the protocol from the environment; without it OTLP's own default counts, not the library's.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Protocol)))
            to.Protocol = OtlpExportProtocol.HttpProtobuf;
        var root = options.OtlpEndpoint!.TrimEnd('/') + "/";
        to.Endpoint = to.Protocol == OtlpExportProtocol.HttpProtobuf ? new Uri(root + signal) : new Uri(root);
    }

    private static ResourceBuilder Resource() =>
        ResourceBuilder
            .CreateEmpty()
            .AddService("torch", serviceVersion: Version)
            .AddTelemetrySdk()
            // Last, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
            .AddEnvironmentVariableDetector();

    private static string Version =>
        typeof(TelemetryHost)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "unknown";
}
