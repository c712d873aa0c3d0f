using Torch.Benchmarks.Common;

namespace Torch.Benchmarks.Spool;

/// <summary>What 300 endpoints at 3,200 probes a minute take of one core.</summary>
internal static class Endpoints
{
    private const int Checks = 300;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5.625);

    // What the compiler does at first is over by then: an agent runs for months.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(60);

    public static async Task MeasureAsync(Bars bars)
    {
        await using var target = await NginxTarget.StartAsync();
        await TorchAsync(bars, target);
        if (BlackboxPeer.IsInstalled)
            await PeerAsync(target);
        else
            Bars.Note($"Prometheus and blackbox_exporter are not installed here");
        var (cpu, pace) = await BareClient.MeasureAsync(target.Http, target.Authority, Checks, Interval, WarmUp, Span);
        Bars.Note($"bare requests of HttpClient at {pace * 60:N0} a minute: {cpu * pace / 10_000:0.0} % of one core");
    }

    private static async Task TorchAsync(Bars bars, NginxTarget target)
    {
        await using var torch = await RunningTorch.StartAsync();
        await World.ChecksAsync(torch, target.Http, Checks, Interval);
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

    // What another prober takes for the same on this machine, so that the figure can be judged elsewhere.
    private static async Task PeerAsync(NginxTarget target)
    {
        await using var peer = BlackboxPeer.Start(target.Http, target.Authority, Checks, Interval);
        await Task.Delay(WarmUp);
        var (both, exporter, before) = (peer.CpuMs, peer.ExporterCpuMs, await target.RequestsAsync());
        await Task.Delay(Span);
        (both, exporter) = (peer.CpuMs - both, peer.ExporterCpuMs - exporter);
        var probes = await target.RequestsAsync() - before - 1;
        var percent = Span.TotalMilliseconds / 100;
        Bars.Note(
            $"blackbox_exporter at {probes * 60 / Span.TotalSeconds:N0} probes a minute: {exporter / percent:0.0} % of one core, Prometheus beside it {(both - exporter) / percent:0.0} %"
        );
    }
}
