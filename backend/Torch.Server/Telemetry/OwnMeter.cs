using System.Diagnostics.Metrics;

namespace Torch.Server.Telemetry;

/// <summary>What this server counts and times of itself; where nobody listens, that costs next to nothing. Its meter's scope is itself.</summary>
internal sealed class OwnMeter : IDisposable
{
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    };

    private readonly Meter _meter;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _failed;

    public OwnMeter()
    {
        _meter = new(new MeterOptions("Torch.Server") { Scope = this });
        Evaluation = _meter.CreateHistogram(
            "torch.evaluation.duration",
            "s",
            "Judging a page of events, with its transitions written.",
            null,
            Buckets
        );
        Results = _meter.CreateCounter<long>("torch.results.accepted", "{result}", "Probes' results made durable.");
        _refused = _meter.CreateCounter<long>("torch.requests.refused", "{request}", "Requests answered with 4xx.");
        _failed = _meter.CreateCounter<long>("torch.requests.failed", "{request}", "Requests answered with 5xx.");
    }

    /// <summary>In seconds: a page of events judged, its transitions written.</summary>
    public Histogram<double> Evaluation { get; }

    /// <summary>Probes' results made durable.</summary>
    public Counter<long> Results { get; }

    /// <param name="status">Of HTTP.</param>
    public void Answered(int status)
    {
        if (status >= 500)
            _failed.Add(1);
        else if (status >= 400)
            _refused.Add(1);
    }

    public void Dispose() => _meter.Dispose();
}
