using Torch.Domain.Rules;

namespace Torch.Domain.Evaluation;

/// <summary>What a statistic comes to over a leaf's samples at a moment. Observations without the number are left out; without any there is no answer.</summary>
internal static class SampleWindow
{
    /// <param name="now">Later samples do not count yet, nor those as old as the window is long.</param>
    public static double? Of(Samples samples, int slot, Statistic of, DateTimeOffset now) =>
        of switch
        {
            { Function: "change" } => Change(samples, slot, of.InPercent, now),
            { Function: "rate" } => Rate(samples, slot, of, now),
            _ => Of(of.Function, Values(samples, slot, of, now)),
        };

    /// <summary>The index of the first sample of the window; as many as there are until now where it is empty.</summary>
    public static int First(Samples samples, TimeSpan? over, int? last, DateTimeOffset now)
    {
        var count = samples.CountUntil(now);
        if (over is not { } span)
            return Math.Max(0, count - (last ?? 2));
        var first = count;
        while (first > 0 && samples.AtOf(first - 1) > now - span)
            first--;
        return first;
    }

    private static List<double> Values(Samples samples, int slot, Statistic of, DateTimeOffset now)
    {
        var (first, end) = (First(samples, of.Over, of.Last, now), samples.CountUntil(now));
        var values = new List<double>(end - first);
        for (var i = first; i < end; i++)
            if (samples.ValueOf(i, slot) is var value && !double.IsNaN(value))
                values.Add(value);
        return values;
    }

    private static double? Of(string function, List<double> values) =>
        values.Count == 0
            ? null
            : function switch
            {
                "avg" => values.Sum() / values.Count,
                "min" => values.Min(),
                "max" => values.Max(),
                "sum" => values.Sum(),
                "p50" => Nearest(values, 50),
                "p95" => Nearest(values, 95),
                _ => Nearest(values, 99),
            };

    private static double Nearest(List<double> values, int percent)
    {
        values.Sort();
        return values[((values.Count * percent) + 99) / 100 - 1];
    }

    private static double? Change(Samples samples, int slot, bool inPercent, DateTimeOffset now)
    {
        var end = samples.CountUntil(now);
        if (end < 2)
            return null;
        var (before, after) = (samples.ValueOf(end - 2, slot), samples.ValueOf(end - 1, slot));
        var change = inPercent ? (after - before) / Math.Abs(before) * 100 : after - before;
        return double.IsFinite(change) ? change : null;
    }

    // A counter that fell was reset, and has counted from 0 since.
    private static double? Rate(Samples samples, int slot, Statistic of, DateTimeOffset now)
    {
        var (increase, from, to, before) = (0d, -1, -1, double.NaN);
        for (var i = First(samples, of.Over, of.Last, now); i < samples.CountUntil(now); i++)
        {
            if (samples.ValueOf(i, slot) is var value && double.IsNaN(value))
                continue;
            if (from < 0)
                from = i;
            else
                increase += value >= before ? value - before : value;
            (to, before) = (i, value);
        }
        var seconds = from < 0 ? 0 : (samples.AtOf(to) - samples.AtOf(from)).TotalSeconds;
        return seconds > 0 ? increase / seconds : null;
    }
}
