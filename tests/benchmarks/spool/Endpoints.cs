using Torch.Benchmarks.Common;

namespace Torch.Benchmarks.Spool;

/// <summary>What 300 endpoints at 3,200 probes a minute take of one core.</summary>
internal static class Endpoints
{
    private const int Checks = 300;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(60);

    public static async Task MeasureAsync(Bars bars)
    {
        await using var target = await NginxTarget.StartAsync();
        await using var torch = await RunningTorch.StartAsync();
        await World.ChecksAsync(torch, target.Http, Checks, TimeSpan.FromSeconds(5.625));
        var folder = Directory.CreateTempSubdirectory("torch-bench-agent-").FullName;
        await using (var agent = await RunningAgent.StartAsync(torch, World.Far, folder))
        {
            await World.UntilAtWorkAsync(torch, Checks);
            await Task.Delay(WarmUp);
            var (cpu, own, before) = (torch.Meter.Read(), agent.Meter.Read(), await World.ProbesAsync(torch));
            await Task.Delay(Span);
            var probes = await World.ProbesAsync(torch) - before;
            (cpu, own) = (torch.Meter.Read() - cpu, agent.Meter.Read() - own);
            var percent = Span.TotalMilliseconds / 100;
            bars.Below("an agent with 300 endpoints at 3,200 probes a minute, % of one core", 5, own.OwnMs / percent);
            Bars.Note(
                $"{probes * 60 / Span.TotalSeconds:N0} probes a minute; the server took {cpu.OwnMs / percent:0.0} %, PostgreSQL {cpu.DescendantsMs / percent:0.0} %; the agent's memory {agent.PeakMegabytes:0} MB"
            );
        }
        Directory.Delete(folder, recursive: true);
    }
}
