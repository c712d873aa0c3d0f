using System.Diagnostics;
using System.Globalization;

namespace Torch.Benchmarks.Common;

/// <summary>What some work cost: CPU milliseconds per 1,000 units, and the rate.</summary>
public sealed record Measurement(string What, int Count, TimeSpan Elapsed, CpuTime Cpu)
{
    /// <summary>Units a second.</summary>
    public double Rate => Count / Elapsed.TotalSeconds;

    /// <summary>CPU milliseconds of both sides per 1,000 units.</summary>
    public double CpuPerThousand => (Cpu.OwnMs + Cpu.DescendantsMs) / Count * 1_000;

    public static async Task<Measurement> TakeAsync(string what, int count, CpuMeter meter, Func<Task> work)
    {
        var (before, watch) = (meter.Read(), Stopwatch.StartNew());
        await work();
        return new Measurement(what, count, watch.Elapsed, meter.Read() - before);
    }

    /// <summary>One line for people.</summary>
    /// <param name="own">What the measured process is called.</param>
    public string Line(string own) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{What}: {CpuPerThousand:0.0} CPU ms per 1,000 ({own} {Cpu.OwnMs / Count * 1_000:0.0}, PostgreSQL {Cpu.DescendantsMs / Count * 1_000:0.0}), {Rate:0}/s"
        );
}
