using System.Diagnostics;
using System.Diagnostics.Metrics;
using Torch.Agent.Export;
using Torch.Agent.Spool;
using Torch.Contracts;

namespace Torch.Agent;

/// <summary>What an agent counts and times of itself, and its spans; where nobody listens, that costs next to nothing.</summary>
internal sealed class AgentMeter : IDisposable
{
    private const string Name = "Torch.Agent";

    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _took;
    private readonly Histogram<double> _late;

    /// <param name="buffer">Where results wait for the server.</param>
    public AgentMeter(IResultBuffer buffer)
    {
        _took = _meter.CreateHistogram("torch.agent.probe.duration", "s", "What a probe took.", null, Buckets);
        _late = _meter.CreateHistogram("torch.agent.probe.lateness", "s", "From its time to its start.", null, Buckets);
        _meter.CreateObservableGauge(
            "torch.agent.results.waiting",
            () => buffer.Count,
            "{result}",
            "Results that the server does not have."
        );
        _meter.CreateObservableCounter(
            "torch.agent.results.dropped",
            () => buffer.Dropped,
            "{result}",
            "Results dropped at the cap."
        );
        if (buffer is DiskSpool spool)
            _meter.CreateObservableGauge(
                "torch.agent.spool.size",
                () => spool.Condition.Bytes,
                "By",
                "The spool's file."
            );
    }

    /// <summary>Spans: each probe, and each delivery.</summary>
    public static ActivitySource Spans { get; } = new(Name);

    /// <summary>A probe has been run.</summary>
    public void Ran(CheckKind kind, ProbeCompleted result)
    {
        if (!_took.Enabled)
            return;
        var tags = new TagList
        {
            { "torch.kind", kind.ToString().ToLowerInvariant() },
            { "torch.outcome", result.Outcome.ToString().ToLowerInvariant() },
        };
        _took.Record(result.Latency.Total / 1_000, tags);
        _late.Record(result.LatenessMs / 1_000, tags);
    }

    public void Dispose() => _meter.Dispose();
}
