namespace Torch.Cli.Simulating;

/// <summary>What is wrong with a device while something is.</summary>
internal enum DeviceFault
{
    /// <summary>It answers 500.</summary>
    Error,

    /// <summary>It answers after 20 seconds.</summary>
    Slow,

    /// <summary>It closes the connection without an answer.</summary>
    Drop,

    /// <summary>It answers 200 with another body.</summary>
    Body,
}

/// <summary>
/// One device's good and bad times, an alternating renewal process with exponential spans. They follow from the seed alone, so that
/// two simulations with one seed are alike.
/// </summary>
/// <param name="availability">The share of good time, more than 0 and at most 1.</param>
/// <param name="meanFault">How long a fault lasts on average.</param>
internal sealed class DeviceTimeline(
    int seed,
    int device,
    double availability,
    TimeSpan meanFault,
    IReadOnlyList<DeviceFault> faults
)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private readonly Random _random = new(unchecked(seed * 1_000_003 + device));
    private readonly List<(TimeSpan End, DeviceFault? Fault)> _spans = [];

    /// <summary>What is wrong at this time since the start; null while nothing is.</summary>
    public DeviceFault? At(TimeSpan elapsed)
    {
        lock (_lock)
        {
            while (_spans.Count == 0 || _spans[^1].End <= elapsed)
                _spans.Add(Next_NeedsLock());
            return _spans[_spans.FindLastIndex(span => span.End <= elapsed) + 1].Fault;
        }
    }

    private (TimeSpan End, DeviceFault? Fault) Next_NeedsLock()
    {
        var (begin, isGoodNext) = _spans is [.., var last] ? (last.End, last.Fault is not null) : (TimeSpan.Zero, true);
        var chance = -Math.Log(1 - _random.NextDouble());
        if (!isGoodNext)
            return (begin + Shortest + meanFault * chance, faults[_random.Next(faults.Count)]);
        var isPerfect = availability >= 1 || faults.Count == 0;
        var good = isPerfect ? TimeSpan.FromDays(36_500) : meanFault * (availability / (1 - availability) * chance);
        return (begin + Shortest + good, null);
    }
}
