using Torch.Domain.Rollups;

namespace Torch.Domain.Tests.Rollups;

public sealed class SketchTests
{
    [Fact]
    public void A_percentile_is_within_its_stated_error()
    {
        var random = new Random(7);
        foreach (var scale in new[] { 1e-9, 1.0, 1e6, 1e200 })
        {
            var values = Enumerable.Range(0, 5_000).Select(_ => Math.Exp(random.NextDouble() * 9) * scale).ToList();
            var sketch = Of(values);
            values.Sort();
            foreach (var q in new[] { 0, 0.01, 0.5, 0.95, 0.99, 1 })
            {
                var exact = values[(int)Math.Floor(q * (values.Count - 1))];
                (Math.Abs(sketch.Quantile(q)!.Value - exact) / exact).ShouldBeLessThanOrEqualTo(Sketch.RelativeError);
            }
        }
    }

    [Fact]
    public void Numbers_below_zero_and_zero_itself_stand_in_their_order()
    {
        var sketch = Of([3, -7, 0, -0.5, 12]);

        sketch.Quantile(0)!.Value.ShouldBe(-7, 7 * Sketch.RelativeError);
        sketch.Quantile(0.25)!.Value.ShouldBe(-0.5, 0.501 * Sketch.RelativeError);
        sketch.Quantile(0.5).ShouldBe(0);
        sketch.Quantile(1)!.Value.ShouldBe(12, 12 * Sketch.RelativeError);
        sketch.CountUpTo(0).ShouldBe(3);
        sketch.CountUpTo(11).ShouldBe(4);
    }

    [Fact]
    public void Whatever_is_merged_in_whatever_order_comes_to_the_same_bytes()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var values = Enumerable
                .Range(0, random.Next(1, 300))
                .Select(_ => Math.Round(random.NextDouble() * 4_000 - 500, 2))
                .ToArray();
            var whole = Of(values).ToBytes();
            random.Shuffle(values);
            var (merged, sum) = (new Sketch(), new SketchSum());
            for (var at = 0; at < values.Length; )
            {
                var count = random.Next(1, values.Length - at + 1);
                // Through its bytes, as a row of the rollups comes.
                var bytes = Of(values.Skip(at).Take(count)).ToBytes();
                merged.Merge(Sketch.FromBytes(bytes));
                sum.Add(bytes);
                at += count;
            }
            merged.ToBytes().ShouldBe(whole);
            sum.ToSketch().ToBytes().ShouldBe(whole);
            merged.Count.ShouldBe(values.Length);
        }
    }

    [Fact]
    public void Merging_leaves_the_other_one_as_it_is()
    {
        var (one, other) = (Of([1, 2, 3]), Of([2, 9]));
        one.Merge(other);
        other.ToBytes().ShouldBe(Of([2, 9]).ToBytes());
        one.ToBytes().ShouldBe(Of([1, 2, 2, 3, 9]).ToBytes());
    }

    [Fact]
    public void A_sketch_that_has_taken_nothing_knows_no_percentile()
    {
        new Sketch().Quantile(0.5).ShouldBeNull();
        new Sketch().ToBytes().ShouldBeEmpty();
        Sketch.FromBytes([]).Count.ShouldBe(0);
    }

    [Fact]
    public void The_bytes_of_a_sketch_are_for_ever() =>
        Convert.ToHexStringLower(Of([0, 250, 250, 1000, -3]).ToBytes()).ShouldBe("c1800801c2800801fc860802800201");

    [Fact]
    public void Phases_that_were_not_reached_do_not_count_in_their_mean()
    {
        var sums = new PhaseSums();
        sums.Add(new(1, 2, null, 8, null, 11));
        sums.Add(new(3, 4, null, null, null, 7));
        var other = new PhaseSums();
        other.Add(new(null, 3, 0.5, 4, 1, 9));
        sums.Merge(PhaseSums.FromBytes(other.ToBytes()));

        sums.Means(9).ShouldBe(new(2, 3, 0.5, 6, 1, 9));
    }

    private static Sketch Of(IEnumerable<double> values)
    {
        var sketch = new Sketch();
        foreach (var value in values)
            sketch.Add(value);
        return sketch;
    }
}
