using System.Diagnostics;
using Torch.Benchmarks.Common;

namespace Torch.Benchmarks.Spool;

/// <summary>An agent comes back after an hour: how fast the server takes what it brings, and how long others wait meanwhile.</summary>
internal static class Draining
{
    private const int Checks = 300;
    private const int LiveChecks = 50;

    // Of probes that the server's own agent made while the backlog came in: from their end until they were in the log.
    private const string LiveProbes = """
        select coalesce(percentile_disc(0.99) within group (order by
            extract(epoch from timestamp - (data->>'at')::timestamptz) * 1000 - (data->'latency'->>'total')::float8), -1)::bigint
        from telemetry.mt_events where type = 'probe_completed' and data->>'location' is null and timestamp > now() - interval '1 second' *
        """;

    public static async Task MeasureAsync(Bars bars)
    {
        await using var target = await NginxTarget.StartAsync();
        await using var torch = await RunningTorch.StartAsync();
        var checks = await World.ChecksAsync(torch, target.Http, Checks, TimeSpan.FromSeconds(5.625));
        await World.ChecksAsync(torch, target.Http, LiveChecks, TimeSpan.FromSeconds(1), "default");
        var folder = Directory.CreateTempSubdirectory("torch-bench-spool-").FullName;
        await Recording.FillAsync(folder, checks);
        await Task.Delay(TimeSpan.FromSeconds(5));
        await DrainAsync(bars, torch, folder);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task DrainAsync(Bars bars, RunningTorch torch, string folder)
    {
        using var stop = new CancellationTokenSource();
        var live = LiveReports.WatchAsync(torch, stop.Token);
        await using var agent = await RunningAgent.StartAsync(torch, World.Far, folder, "--no-scheduler");
        while (await FarAsync(torch) == 0)
            await Task.Delay(20);
        var (watch, cpu, own) = (Stopwatch.StartNew(), torch.Meter.Read(), agent.Meter.Read());
        var before = await FarAsync(torch);
        long taken;
        while ((taken = await FarAsync(torch)) < Recording.Hour && watch.Elapsed < TimeSpan.FromMinutes(2))
            await Task.Delay(100);
        var (seconds, count) = (watch.Elapsed.TotalSeconds, taken - before);
        (cpu, own) = (torch.Meter.Read() - cpu, agent.Meter.Read() - own);
        await stop.CancelAsync();
        var waits = await live;
        bars.AtLeast("results a second out of the spool, into the log", 5_000, count / seconds);
        Bars.Note(
            $"{taken:N0} of {Recording.Hour:N0} after {seconds:0.0} s; CPU ms per 1,000: agent {own.OwnMs / count * 1_000:0}, server {cpu.OwnMs / count * 1_000:0}, PostgreSQL {cpu.DescendantsMs / count * 1_000:0}"
        );
        bars.Below(
            "meanwhile, live probes in the log, ms (p99)",
            500,
            await torch.ScalarAsync(LiveProbes + (int)seconds)
        );
        bars.Below("meanwhile, live reports answered, ms (p99)", 500, LiveReports.P99(waits, w => w.AnsweredMs));
        bars.Below(
            "meanwhile, live reports judged and to be read, ms (p99)",
            500,
            LiveReports.P99(waits, w => w.JudgedMs)
        );
    }

    private static Task<long> FarAsync(RunningTorch torch) =>
        torch.ScalarAsync(
            $"select coalesce(sum(last_offset), 0) from torch_log.spool_offsets where last_offset <= {Recording.Hour}"
        );
}
