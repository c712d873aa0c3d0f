using System.Diagnostics.Metrics;
using Torch.Domain.Rollups;
using Torch.EventStore;
using Torch.Server.Telemetry;

namespace Torch.Server.Measuring;

/// <summary>Listens to the instruments of this server's log and of the server itself, and to no other's in this process.</summary>
internal sealed class MeterReading : IDisposable
{
    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private Dictionary<string, Sketch> _times = [];
    private Dictionary<string, long> _counts = [];

    public MeterReading(EventLog log, OwnMeter own)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, log) || ReferenceEquals(instrument.Meter.Scope, own))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Time(instrument.Name, value));
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Count(instrument.Name, value));
    }

    /// <summary>From now on.</summary>
    public void Start() => _listener.Start();

    /// <summary>What came since it was last asked.</summary>
    /// <returns>Durations in seconds, and counts, by the names of their instruments.</returns>
    public (IReadOnlyDictionary<string, Sketch> Times, IReadOnlyDictionary<string, long> Counts) Take()
    {
        lock (_lock)
        {
            var taken = (_times, _counts);
            (_times, _counts) = ([], []);
            return taken;
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Time(string name, double seconds)
    {
        lock (_lock)
        {
            if (!_times.TryGetValue(name, out var sketch))
                _times[name] = sketch = new();
            sketch.Add(seconds);
        }
    }

    private void Count(string name, long number)
    {
        lock (_lock)
            _counts[name] = _counts.GetValueOrDefault(name) + number;
    }
}
