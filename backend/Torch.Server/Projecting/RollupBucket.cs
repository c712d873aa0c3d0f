using Torch.Domain.Checks;
using Torch.Domain.Rollups;

namespace Torch.Server.Projecting;

/// <summary>What the observations of one check in one bucket come to. Merges in any order to the same.</summary>
internal sealed class RollupBucket
{
    public long Count { get; private set; }
    public long Good { get; private set; }
    public long? SumUs { get; private set; }
    public long? MinUs { get; private set; }
    public long? MaxUs { get; private set; }
    public long Values { get; private set; }
    public ExactSum? SumValue { get; private set; }
    public double? MinValue { get; private set; }
    public double? MaxValue { get; private set; }

    /// <summary>Of the total times in microseconds for probes, of the values for reports; null where there were neither.</summary>
    public Sketch? Sketch { get; private set; }

    /// <summary>Of those that were not good; null where all were.</summary>
    public Sketch? BadSketch { get; private set; }

    public PhaseSums? Phases { get; private set; }

    public void AddProbe(bool good, Latency latency)
    {
        Add(good);
        var us = PhaseSums.Microseconds(latency.Total);
        (SumUs, MinUs, MaxUs) = ((SumUs ?? 0) + us, Least(MinUs, us), Most(MaxUs, us));
        AddToSketches(good, us);
        (Phases ??= new()).Add(latency);
    }

    public void AddReport(bool good, double? value)
    {
        Add(good);
        if (value is not { } v)
            return;
        Values++;
        SumValue = (SumValue ?? default).Plus(v);
        (MinValue, MaxValue) = (Math.Min(MinValue ?? v, v), Math.Max(MaxValue ?? v, v));
        AddToSketches(good, v);
    }

    public void Merge(RollupBucket other)
    {
        (Count, Good, Values) = (Count + other.Count, Good + other.Good, Values + other.Values);
        if (other.SumUs is { } sum)
            (SumUs, MinUs, MaxUs) = (
                (SumUs ?? 0) + sum,
                Least(MinUs, other.MinUs!.Value),
                Most(MaxUs, other.MaxUs!.Value)
            );
        if (other.SumValue is { } value)
        {
            SumValue = (SumValue ?? default).Plus(value);
            MinValue = Math.Min(MinValue ?? double.MaxValue, other.MinValue!.Value);
            MaxValue = Math.Max(MaxValue ?? double.MinValue, other.MaxValue!.Value);
        }
        MergeBlobs(other.Sketch, other.Phases, other.BadSketch);
    }

    /// <summary>Takes what a row holds that SQL cannot add up.</summary>
    public void MergeBlobs(Sketch? sketch, PhaseSums? phases, Sketch? bad)
    {
        if (bad is not null)
            (BadSketch ??= new()).Merge(bad);
        if (sketch is not null)
            (Sketch ??= new()).Merge(sketch);
        if (phases is not null)
            (Phases ??= new()).Merge(phases);
    }

    private void AddToSketches(bool good, double value)
    {
        (Sketch ??= new()).Add(value);
        if (!good)
            (BadSketch ??= new()).Add(value);
    }

    private void Add(bool good)
    {
        Count++;
        Good += good ? 1 : 0;
    }

    private static long Least(long? known, long value) => Math.Min(known ?? value, value);

    private static long Most(long? known, long value) => Math.Max(known ?? value, value);
}
