using Torch.Contracts;

namespace Torch.Agent.Scheduling;

/// <summary>How much later than scheduled the last thousand runs started.</summary>
internal sealed class LatenessMeter
{
    private readonly Lock _lock = new();
    private readonly double[] _lastMs = new double[1_000];
    private long _count;

    public void Add(TimeSpan lateness)
    {
        lock (_lock)
            _lastMs[_count++ % _lastMs.Length] = Math.Max(0, lateness.TotalMilliseconds);
    }

    public Lateness Read()
    {
        double[] sorted;
        lock (_lock)
            sorted = _lastMs[..(int)Math.Min(_count, _lastMs.Length)];
        if (sorted.Length == 0)
            return new Lateness(0, 0, 0);
        Array.Sort(sorted);
        return new Lateness(At(0.5), At(0.99), Math.Round(sorted[^1], 3));

        double At(double share) => Math.Round(sorted[(int)Math.Ceiling(share * sorted.Length) - 1], 3);
    }
}
