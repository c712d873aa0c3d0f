using System.Globalization;
using Torch.Benchmarks.Common;

// Probes of a real nginx, each on a fresh connection and paced: by `torch serve` with fsync on (every result stored, evaluated and projected),
// then by Prometheus with blackbox_exporter where both are installed, and as bare requests of HttpClient, whose answers nobody keeps. CPU of all
// processes but the target's. Once at the pace that is asked for, and once at a tenth of it, since a peer that does not keep up is no measure.
// usage: [checks] [seconds between two probes of a check] [seconds measured]
const int GroupSize = 100;
var checks = Argument(0, 1_000);
TimeSpan[] intervals = [TimeSpan.FromSeconds(Argument(1, 1)), TimeSpan.FromSeconds(10 * Argument(1, 1))];
var span = TimeSpan.FromSeconds(Argument(2, 30));
var warmUp = TimeSpan.FromSeconds(10);

await using var target = await NginxTarget.StartAsync();
if (!BlackboxPeer.IsInstalled)
    Console.WriteLine("Prometheus and blackbox_exporter are not installed here");
foreach (var interval in intervals)
foreach (var url in (Uri[])[target.Http, target.Https])
{
    Console.WriteLine($"{url.Scheme}, {checks / interval.TotalSeconds:0} probes a second");
    var torch = await TorchAsync(url, interval);
    if (BlackboxPeer.IsInstalled)
        Console.WriteLine(Invariant($"  Torch by it {torch / await PeerAsync(url, interval):0.00}"));
    Console.WriteLine(Invariant($"  Torch by it {torch / await BareAsync(url, interval):0.00}"));
}

int Argument(int index, int otherwise) =>
    args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

async Task<double> TorchAsync(Uri url, TimeSpan interval)
{
    // The authority of the target's certificate is one of the machine's, as far as this Torch knows.
    await using var torch = await RunningTorch.StartAsync(new() { ["SSL_CERT_FILE"] = target.Authority });
    await PlaceAsync(torch, url, interval);
    await Task.Delay(warmUp);
    var (stored, cpu) = (await StoredAsync(torch), torch.Meter.Read());
    await Task.Delay(span);
    cpu = torch.Meter.Read() - cpu;
    var probes = await StoredAsync(torch) - stored;
    var failed = await torch.ScalarAsync("select count(*) from telemetry.mt_events where data->>'outcome' <> 'up'");
    var perThousand = (cpu.OwnMs + cpu.DescendantsMs) / probes * 1_000;
    Console.WriteLine(
        Invariant(
            $"  Torch: {perThousand:0} CPU ms per 1,000 (server with agent {cpu.OwnMs / probes * 1_000:0}, PostgreSQL {cpu.DescendantsMs / probes * 1_000:0}), {probes / span.TotalSeconds:0}/s stored and evaluated, {failed} not up, peak {torch.PeakMegabytes:0} MB"
        )
    );
    return perThousand;
}

async Task<double> PeerAsync(Uri url, TimeSpan interval)
{
    await using var peer = BlackboxPeer.Start(url, target.Authority, checks, interval);
    await Task.Delay(warmUp);
    var (asked, cpu) = (await target.RequestsAsync(), peer.CpuMs);
    await Task.Delay(span);
    cpu = peer.CpuMs - cpu;
    var probes = await target.RequestsAsync() - asked - 1;
    var perThousand = cpu / probes * 1_000;
    Console.WriteLine(
        Invariant(
            $"  Prometheus + blackbox_exporter: {perThousand:0} CPU ms per 1,000, {probes / span.TotalSeconds:0}/s"
        )
    );
    return perThousand;
}

async Task<double> BareAsync(Uri url, TimeSpan interval)
{
    var (cpu, pace) = await BareClient.MeasureAsync(url, target.Authority, checks, interval, warmUp, span);
    Console.WriteLine(Invariant($"  bare HttpClient: {cpu:0} CPU ms per 1,000, {pace:0}/s"));
    return cpu;
}

static Task<long> StoredAsync(RunningTorch torch) =>
    torch.ScalarAsync("select count(*) from telemetry.mt_events where type = 'probe_completed'");

// Every check is a leaf, so that each result is judged up to the root.
async Task PlaceAsync(RunningTorch torch, Uri url, TimeSpan interval)
{
    var root = await CreateAsync(torch, "nodes", new { name = "bench" });
    for (var group = 0; group * GroupSize < checks; group++)
    {
        var parent = await CreateAsync(torch, "nodes", new { name = $"group {group}", parentId = root });
        for (var i = group * GroupSize; i < Math.Min(checks, (group + 1) * GroupSize); i++)
            await LeafAsync(torch, $"site {i}", $"{url}?{i}", interval, parent);
    }
}

static async Task LeafAsync(RunningTorch torch, string name, string url, TimeSpan interval, Guid parentId)
{
    var probe = new
    {
        name,
        kind = "http",
        interval = System.Xml.XmlConvert.ToString(interval),
        timeout = "PT0.9S",
        http = new { url },
    };
    var checkId = await CreateAsync(torch, "checks", probe);
    await CreateAsync(
        torch,
        "nodes",
        new
        {
            name,
            parentId,
            checkId,
        }
    );
}

static async Task<Guid> CreateAsync(RunningTorch torch, string what, object body) =>
    (await torch.PostAsync($"/api/v1/{what}", body)).GetProperty("id").GetGuid();
