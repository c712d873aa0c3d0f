namespace Torch.Domain.Rollups;

/// <summary>
/// Counts of numbers in fixed buckets, from which percentiles are answered with a relative error of at most 1/128 (0.79 %): a DDSketch
/// with the linearly interpolated mapping (Masson, Rim, Lee: "DDSketch", VLDB 2019). A bucket's number is read from the bits of the
/// double, so no logarithm is rounded, and whatever was merged in whatever order comes to the same bytes.
/// </summary>
public sealed class Sketch
{
    /// <summary>The largest relative error of a percentile.</summary>
    public const double RelativeError = 1.0 / 128;

    // The exponent and the first 6 bits of the mantissa: 64 buckets between each two powers of two.
    private const int DroppedBits = 46;

    private readonly List<(int Bucket, long Count)> _buckets;

    public Sketch() => _buckets = [];

    private Sketch(List<(int, long)> buckets) => _buckets = buckets;

    /// <param name="counts">By bucket.</param>
    internal static Sketch Of(Dictionary<int, long> counts) =>
        new([.. counts.OrderBy(c => c.Key).Select(c => (c.Key, c.Value))]);

    /// <summary>How many numbers it has taken.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            foreach (var bucket in _buckets)
                count += bucket.Count;
            return count;
        }
    }

    /// <param name="value">Finite.</param>
    public void Add(double value)
    {
        var bucket = BucketOf(value);
        var at = Find(bucket);
        if (at < _buckets.Count && _buckets[at].Bucket == bucket)
            _buckets[at] = (bucket, _buckets[at].Count + 1);
        else
            _buckets.Insert(at, (bucket, 1));
    }

    /// <summary>Takes all that another one took, which stays as it is.</summary>
    public void Merge(Sketch other)
    {
        if (other._buckets is [var only])
        {
            Add(only.Bucket, only.Count);
            return;
        }
        var merged = new List<(int, long)>(_buckets.Count + other._buckets.Count);
        var (i, j) = (0, 0);
        while (i < _buckets.Count || j < other._buckets.Count)
            if (j == other._buckets.Count || (i < _buckets.Count && _buckets[i].Bucket < other._buckets[j].Bucket))
                merged.Add(_buckets[i++]);
            else if (i == _buckets.Count || other._buckets[j].Bucket < _buckets[i].Bucket)
                merged.Add(other._buckets[j++]);
            else
                merged.Add((_buckets[i].Bucket, _buckets[i++].Count + other._buckets[j++].Count));
        _buckets.Clear();
        _buckets.AddRange(merged);
    }

    /// <summary>The number at a rank, within the relative error; null where it has taken none.</summary>
    /// <param name="quantile">From 0 to 1; 0.95 for the 95th percentile.</param>
    public double? Quantile(double quantile)
    {
        var rank = (long)Math.Floor(quantile * (Count - 1));
        foreach (var (bucket, count) in _buckets)
            if ((rank -= count) < 0)
                return Middle(bucket);
        return null;
    }

    /// <summary>How many of the numbers lie in buckets up to the one of this number.</summary>
    public long CountUpTo(double value)
    {
        var (last, count) = (BucketOf(value), 0L);
        foreach (var bucket in _buckets)
            if (bucket.Bucket <= last)
                count += bucket.Count;
        return count;
    }

    /// <summary>Sorted buckets as variable-length integers: the difference to the bucket before, zigzag at first, then the count.</summary>
    public byte[] ToBytes()
    {
        var bytes = new VarintWriter();
        var before = 0;
        foreach (var (bucket, count) in _buckets)
        {
            bytes.Signed(bucket - before);
            bytes.Unsigned((ulong)count);
            before = bucket;
        }
        return bytes.ToArray();
    }

    /// <inheritdoc cref="ToBytes"/>
    public static Sketch FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new VarintReader(bytes);
        var buckets = new List<(int, long)>();
        var bucket = 0;
        while (!reader.IsAtEnd)
        {
            bucket += (int)reader.Signed();
            buckets.Add((bucket, (long)reader.Unsigned()));
        }
        return new Sketch(buckets);
    }

    private void Add(int bucket, long count)
    {
        var at = Find(bucket);
        if (at < _buckets.Count && _buckets[at].Bucket == bucket)
            _buckets[at] = (bucket, _buckets[at].Count + count);
        else
            _buckets.Insert(at, (bucket, count));
    }

    private int Find(int bucket)
    {
        var (low, high) = (0, _buckets.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_buckets[middle].Bucket < bucket)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    // 0 for zero; positive numbers have positive buckets that grow with them, negative ones mirror them.
    private static int BucketOf(double value)
    {
        var magnitude = (int)(BitConverter.DoubleToInt64Bits(Math.Abs(value)) >> DroppedBits) + 1;
        return value switch
        {
            > 0 => magnitude,
            < 0 => -magnitude,
            _ => 0,
        };
    }

    private static double Middle(int bucket)
    {
        if (bucket == 0)
            return 0;
        var low = (long)(Math.Abs(bucket) - 1) << DroppedBits;
        var middle = BitConverter.Int64BitsToDouble(low + (1L << (DroppedBits - 1)));
        return bucket > 0 ? middle : -middle;
    }
}
