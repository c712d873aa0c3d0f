using System.Diagnostics;

namespace Torch.Benchmarks.Common;

/// <summary>Prometheus that has prometheus-blackbox-exporter probe the same target as often, and stores what it says. Certificates are verified.</summary>
public sealed class BlackboxPeer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly List<Process> _processes = [];
    private readonly List<CpuMeter> _meters = [];

    private BlackboxPeer(string folder) => _folder = folder;

    /// <summary>Both of them.</summary>
    public static bool IsInstalled =>
        Processes.IsInstalled("prometheus") && Processes.IsInstalled("prometheus-blackbox-exporter");

    /// <summary>CPU milliseconds of both.</summary>
    public double CpuMs => _meters.Select(m => m.Read()).Sum(t => t.OwnMs + t.DescendantsMs);

    /// <summary>CPU milliseconds of what probes, without what asks it and stores.</summary>
    public double ExporterCpuMs => _meters[0].Read().OwnMs;

    /// <summary>Starts both.</summary>
    /// <param name="target">Each target is this address with a query of its own.</param>
    /// <param name="authority">The file of the authority that is trusted.</param>
    /// <param name="targets">How many.</param>
    /// <param name="interval">Between two probes of a target.</param>
    public static BlackboxPeer Start(Uri target, string authority, int targets, TimeSpan interval)
    {
        var peer = new BlackboxPeer(Directory.CreateTempSubdirectory("torch-bench-peer-").FullName);
        var ports = NginxTarget.FreePorts(2);
        var modules = peer.Write("blackbox.yml", Modules(authority));
        var scrape = peer.Write("prometheus.yml", Scrape(target, targets, interval, ports[0]));
        peer.Run(
            "prometheus-blackbox-exporter",
            $"--config.file={modules}",
            $"--web.listen-address=127.0.0.1:{ports[0]}",
            "--log.level=error"
        );
        peer.Run(
            "prometheus",
            $"--config.file={scrape}",
            $"--storage.tsdb.path={Path.Combine(peer._folder, "data")}",
            $"--web.listen-address=127.0.0.1:{ports[1]}",
            "--log.level=error"
        );
        return peer;
    }

    /// <summary>Ends both and forgets what they stored.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
            await Processes.EndAsync(process);
        Directory.Delete(_folder, recursive: true);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private void Run(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        _processes.Add(process);
        _meters.Add(new CpuMeter(process.Id));
    }

    private static string Modules(string authority) =>
        $$"""
            modules:
              web:
                prober: http
                timeout: 900ms
                http:
                  preferred_ip_protocol: ip4
                  tls_config: { ca_file: "{{authority}}" }
            """;

    // Targets of one address are told apart by their query.
    private static string Scrape(Uri target, int targets, TimeSpan interval, int exporter) =>
        $$"""
            global: { scrape_interval: {{interval.TotalMilliseconds:0}}ms, scrape_timeout: {{interval.TotalMilliseconds:0}}ms }
            scrape_configs:
              - job_name: web
                metrics_path: /probe
                params: { module: [web] }
                static_configs:
                  - targets: [{{string.Join(", ", Enumerable.Range(0, targets).Select(i => $"\"{target}?{i}\""))}}]
                relabel_configs:
                  - { source_labels: [__address__], target_label: __param_target }
                  - { source_labels: [__param_target], target_label: instance }
                  - { target_label: __address__, replacement: "127.0.0.1:{{exporter}}" }
            """;
}
