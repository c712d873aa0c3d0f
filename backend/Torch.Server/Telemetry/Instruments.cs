using System.Diagnostics.Metrics;
using Torch.Server.Agents;
using Torch.Server.Evaluating;
using Torch.Server.Features;
using Torch.Server.SystemLogs;

namespace Torch.Server.Telemetry;

/// <summary>Torch's own figures as OpenTelemetry knows them; made only where they are sent somewhere. They are those of <c>/metrics</c>.</summary>
internal sealed class Instruments(
    IngestCounter reports,
    IEvaluation evaluation,
    LiveAgents agents,
    LogCapture logs,
    SystemReading system
) : IDisposable
{
    private readonly Meter _meter = new(TorchActivity.Name);
    private volatile IReadOnlyDictionary<string, long> _lags = new Dictionary<string, long>();

    /// <summary>Begins to answer who asks.</summary>
    public void Start()
    {
        _meter.CreateObservableCounter(
            "torch.reports.accepted",
            () => reports.Count,
            "{report}",
            "Reports made durable."
        );
        _meter.CreateObservableGauge(
            "torch.evaluation.position",
            () => evaluation.Position,
            "{event}",
            "What is judged."
        );
        _meter.CreateObservableGauge("torch.agents", () => agents.Names.Count, "{agent}", "Live agents.");
        _meter.CreateObservableGauge("torch.projection.lag", Lags, "{event}", "From the log's head to a checkpoint.");
        _meter.CreateObservableCounter("torch.log.lines", Lines, "{line}", "Lines logged.");
    }

    /// <summary>Looks where the projections stand: that is in the database, and whoever asks for figures does not wait.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var facts = await system.ReadAsync(cancellationToken);
        _lags = facts.Checkpoints.ToDictionary(c => c.Key, c => Math.Max(0, facts.Head - c.Value));
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Lags() =>
        _lags.Select(lag => new Measurement<long>(lag.Value, new KeyValuePair<string, object?>("projection", lag.Key)));

    private IEnumerable<Measurement<long>> Lines() =>
        logs.Counts.Select(c => new Measurement<long>(
            c.Value,
            new KeyValuePair<string, object?>("level", c.Key.Level.ToString().ToLowerInvariant()),
            new KeyValuePair<string, object?>("component", c.Key.Component)
        ));
}
