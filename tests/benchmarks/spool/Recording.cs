using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Torch.Agent.Spool;
using Torch.Contracts;

namespace Torch.Benchmarks.Spool;

/// <summary>How many results a second get into a spool, each on the disk when it counts.</summary>
internal static class Recording
{
    /// <summary>An hour at 3,200 a minute.</summary>
    public const int Hour = 192_000;

    public static async Task MeasureAsync(Bars bars)
    {
        var folder = Directory.CreateTempSubdirectory("torch-bench-spool-").FullName;
        Guid[] checks = [.. Enumerable.Range(0, 300).Select(_ => Guid.CreateVersion7())];
        var rate = await FillAsync(folder, checks);
        bars.AtLeast("records a second into the spool", 20_000, rate);
        Bars.Note($"{Hour:N0} records, {Bytes(folder) / Hour:N0} bytes each on disk");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>An hour's results, as an agent without its server has them.</summary>
    /// <returns>Records a second.</returns>
    public static async Task<double> FillAsync(string folder, IReadOnlyList<Guid> checks)
    {
        var begin = DateTimeOffset.UtcNow.AddHours(-1);
        ProbeCompleted[] results =
        [
            .. Enumerable.Range(0, Hour).Select(i => Result(checks[i % checks.Count], begin, i)),
        ];
        var options = new SpoolOptions(Path.Combine(folder, "spool.db")) { Collects = false };
        using var spool = new DiskSpool(options, TimeProvider.System, NullLogger<DiskSpool>.Instance);
        spool.Add(results[0]);
        await spool.FlushAsync(CancellationToken.None);
        var watch = Stopwatch.StartNew();
        foreach (var result in results[1..])
            spool.Add(result);
        await spool.FlushAsync(CancellationToken.None);
        return (Hour - 1) / watch.Elapsed.TotalSeconds;
    }

    private static double Bytes(string folder) => new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);

    // What a probe of the target's page says.
    private static ProbeCompleted Result(Guid check, DateTimeOffset begin, int index)
    {
        var at = begin + TimeSpan.FromHours(1) * index / Hour;
        return new(
            Guid.CreateVersion7(at),
            Guid.CreateVersion7(at),
            check,
            at,
            ProbeOutcome.Up,
            null,
            null,
            200,
            "1.1",
            "127.0.0.1",
            new Latency(0.021, 0.083, null, 0.412, 0.044, 0.61 + (index % 100 / 100.0)),
            null,
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["Server"] = "nginx/1.22.1",
                ["Date"] = at.ToString("R", CultureInfo.InvariantCulture),
                ["Content-Type"] = "text/plain",
                ["Content-Length"] = "12",
                ["Connection"] = "close",
            },
            "all is well\n",
            12,
            0.4,
            "bench"
        );
    }
}
