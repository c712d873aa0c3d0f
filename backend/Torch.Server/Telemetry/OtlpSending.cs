using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Torch.Server.Telemetry;

/// <summary>
/// Sends this process's traces and metrics by OTLP. Everything else that OpenTelemetry's environment variables say (headers, protocol,
/// sampler, name, intervals) holds.
/// </summary>
public sealed class OtlpSending : IDisposable
{
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

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

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    /// <param name="endpoint">Such as <c>http://collector:4318</c>.</param>
    /// <param name="service">What this process is called there.</param>
    public OtlpSending(string endpoint, string service)
    {
        var resource = ResourceBuilder
            .CreateEmpty()
            .AddService(service, serviceVersion: Version)
            .AddTelemetrySdk()
            // Last, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
            .AddEnvironmentVariableDetector();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Sources)
            .AddOtlpExporter(to => Aim(to, endpoint, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Meters)
            .AddOtlpExporter(to => Aim(to, endpoint, "v1/metrics"))
            .Build();
    }

    /// <summary>What has been gathered goes out, within the exporter's own time limit.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static void Aim(OtlpExporterOptions to, string endpoint, string signal)
    {
        // The exporter has read the protocol from the environment; without it OTLP's own default counts, not the library's.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Protocol)))
            to.Protocol = OtlpExportProtocol.HttpProtobuf;
        var root = endpoint.TrimEnd('/') + "/";
        to.Endpoint = to.Protocol == OtlpExportProtocol.HttpProtobuf ? new Uri(root + signal) : new Uri(root);
    }

    private static string Version =>
        typeof(OtlpSending)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "unknown";
}
