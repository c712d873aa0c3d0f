using Torch.Domain.Checks;

namespace Torch.Domain.Rollups;

/// <summary>For each phase of probes how many reached it, and the sum of their times in microseconds.</summary>
public sealed class PhaseSums
{
    private const int Phases = 5;

    private readonly long[] _counts = new long[Phases];
    private readonly long[] _sums = new long[Phases];

    public void Add(Latency latency)
    {
        Add(0, latency.Resolve);
        Add(1, latency.Connect);
        Add(2, latency.Tls);
        Add(3, latency.FirstByte);
        Add(4, latency.Transfer);
    }

    public void Merge(PhaseSums other)
    {
        for (var i = 0; i < Phases; i++)
            (_counts[i], _sums[i]) = (_counts[i] + other._counts[i], _sums[i] + other._sums[i]);
    }

    /// <summary>Takes what another one took.</summary>
    /// <param name="other">As <see cref="ToBytes"/> writes it.</param>
    public void Merge(ReadOnlySpan<byte> other)
    {
        var reader = new VarintReader(other);
        for (var i = 0; i < Phases; i++)
        {
            _counts[i] += (long)reader.Unsigned();
            _sums[i] += reader.Signed();
        }
    }

    /// <summary>The mean of each phase.</summary>
    /// <param name="totalMs">The mean of the whole.</param>
    public Latency Means(double totalMs) => new(Mean(0), Mean(1), Mean(2), Mean(3), Mean(4), totalMs);

    /// <summary>Count and sum of each phase as variable-length integers.</summary>
    public byte[] ToBytes()
    {
        var bytes = new VarintWriter();
        for (var i = 0; i < Phases; i++)
        {
            bytes.Unsigned((ulong)_counts[i]);
            bytes.Signed(_sums[i]);
        }
        return bytes.ToArray();
    }

    /// <inheritdoc cref="ToBytes"/>
    public static PhaseSums FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new VarintReader(bytes);
        var read = new PhaseSums();
        for (var i = 0; i < Phases; i++)
        {
            read._counts[i] = (long)reader.Unsigned();
            read._sums[i] = reader.Signed();
        }
        return read;
    }

    private void Add(int phase, double? ms)
    {
        if (ms is not { } time)
            return;
        _counts[phase]++;
        _sums[phase] += Microseconds(time);
    }

    private double? Mean(int phase) => _counts[phase] == 0 ? null : _sums[phase] / 1000.0 / _counts[phase];

    /// <summary>Whole microseconds of milliseconds.</summary>
    public static long Microseconds(double ms) => (long)Math.Round(ms * 1000);
}
