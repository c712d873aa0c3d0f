namespace Torch.Agent.Export;

/// <summary>When the exporter sends and how long it waits: policy without a clock.</summary>
public sealed record ExportPacing
{
    private readonly int _batchSize = 1000;

    /// <summary>Results in one delivery: 1 to 5,000.</summary>
    public int BatchSize
    {
        get => _batchSize;
        init =>
            _batchSize = value is >= 1 and <= 5000
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "A batch holds 1 to 5,000 results.");
    }

    /// <summary>How long a result waits for company before a batch that is not full leaves.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The wait after the first failure; it doubles with each one after that.</summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>No wait is longer.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a stopping agent goes on delivering.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait before sending this many results.</summary>
    public TimeSpan WaitFor(long waiting) => waiting >= BatchSize ? TimeSpan.Zero : Linger;

    /// <summary>How long to wait after so many failures in a row.</summary>
    /// <param name="failures">From 1.</param>
    /// <param name="chance">0 up to 1: half of the wait is left to it, so that agents do not return all at once.</param>
    public TimeSpan BackOff(int failures, double chance)
    {
        var doubled = FirstBackOff * Math.Pow(2, Math.Min(failures - 1, 30));
        var longest = doubled < LongestBackOff ? doubled : LongestBackOff;
        return longest * (0.5 + chance / 2);
    }
}
