using System.Diagnostics;
using Torch.Benchmarks.Common;

namespace Torch.Benchmarks.Spool;

/// <summary>10,000 checks of one agent at 30 s, with server, PostgreSQL and target on the same cores.</summary>
internal static class Many
{
    private const int Checks = 10_000;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(75);

    private const string Lateness = """
        select (1000 * percentile_disc(0.99) within group (order by (data->>'latenessMs')::float8))::bigint
        from telemetry.mt_events where type = 'probe_completed'
        """;

    private const string NotUp =
        "select count(*) from telemetry.mt_events where type = 'probe_completed' and data->>'outcome' <> 'up'";

    public static async Task MeasureAsync(Bars bars)
    {
        await using var target = await NginxTarget.StartAsync();
        await using var torch = await RunningTorch.StartAsync();
        var making = Stopwatch.StartNew();
        await World.ChecksAsync(torch, target.Http, Checks, TimeSpan.FromSeconds(30));
        Bars.Note($"{Checks:N0} checks and their leaves made in {making.Elapsed.TotalSeconds:0} s");
        var folder = Directory.CreateTempSubdirectory("torch-bench-agent-").FullName;
        await using (var agent = await RunningAgent.StartAsync(torch, World.Far, folder))
        {
            await World.UntilAtWorkAsync(torch, Checks);
            await MeasureAsync(bars, torch, agent);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task MeasureAsync(Bars bars, RunningTorch torch, RunningAgent agent)
    {
        var (cpu, own, before) = (torch.Meter.Read(), agent.Meter.Read(), await World.ProbesAsync(torch));
        await Task.Delay(Span);
        var probes = await World.ProbesAsync(torch) - before;
        (cpu, own) = (torch.Meter.Read() - cpu, agent.Meter.Read() - own);
        bars.Below("an agent's memory at 10,000 checks, MB (peak)", 120, agent.PeakMegabytes);
        bars.Below("lateness at 10,000 checks every 30 s, ms (p99)", 500, await torch.ScalarAsync(Lateness) / 1_000.0);
        Bars.Note(
            $"{probes / Span.TotalSeconds:0} probes a second, {await torch.ScalarAsync(NotUp)} not up; CPU ms per 1,000: agent {own.OwnMs / probes * 1_000:0}, server {cpu.OwnMs / probes * 1_000:0}, PostgreSQL {cpu.DescendantsMs / probes * 1_000:0}"
        );
    }
}
