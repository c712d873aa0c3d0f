using System.Diagnostics;
using System.Runtime.InteropServices;
using Torch.Benchmarks.Common;

namespace Torch.Benchmarks.Spool;

/// <summary>A script that reports twenty times a second and asks for what came of it.</summary>
internal static class LiveReports
{
    /// <param name="AnsweredMs">Until it was durable.</param>
    /// <param name="JudgedMs">Until it was evaluated, projected and to be read.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Wait(double AnsweredMs, double JudgedMs);

    public static async Task<IReadOnlyList<Wait>> WatchAsync(RunningTorch torch, CancellationToken stop)
    {
        var waits = new List<Wait>();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var watch = Stopwatch.StartNew();
            var answer = await torch.PostAsync("/api/v1/reports", new { source = "live", value = i });
            var answered = watch.Elapsed.TotalMilliseconds;
            await torch.CatchUpAsync(answer.GetProperty("position").GetInt64());
            waits.Add(new(answered, watch.Elapsed.TotalMilliseconds));
            await Task.Delay(50, CancellationToken.None);
        }
        return waits;
    }

    public static double P99(IReadOnlyList<Wait> waits, Func<Wait, double> of)
    {
        double[] sorted = [.. waits.Select(of).Order()];
        return sorted[(int)Math.Ceiling(0.99 * sorted.Length) - 1];
    }
}
