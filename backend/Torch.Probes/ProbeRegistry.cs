using System.Collections.Frozen;
using Torch.Contracts;
using Torch.Probes.Dns;
using Torch.Probes.Feed;
using Torch.Probes.Http;
using Torch.Probes.Icmp;
using Torch.Probes.Postgres;
using Torch.Probes.Tcp;
using Torch.Probes.Tls;

namespace Torch.Probes;

/// <summary>Which function probes which kind of check. A new protocol is one file and one line here.</summary>
public static class ProbeRegistry
{
    private static readonly FrozenDictionary<CheckKind, Probe> Probes = new Dictionary<CheckKind, Probe>
    {
        [CheckKind.Http] = HttpProbe.RunAsync,
        [CheckKind.Tcp] = TcpProbe.RunAsync,
        [CheckKind.Tls] = TlsProbe.RunAsync,
        [CheckKind.Dns] = DnsProbe.RunAsync,
        [CheckKind.Icmp] = IcmpProbe.RunAsync,
        [CheckKind.Postgres] = PostgresProbe.RunAsync,
        [CheckKind.Feed] = FeedProbe.RunAsync,
    }.ToFrozenDictionary();

    /// <summary>The kinds that this agent can run.</summary>
    public static IReadOnlyList<CheckKind> Kinds => Probes.Keys;

    /// <summary>Runs the probe of its kind; a kind without one is Torch's own fault, not the target's.</summary>
    public static Task<ProbeCompleted> RunAsync(RunProbe run, ProbeContext context, CancellationToken cancellationToken)
    {
        if (Probes.TryGetValue(run.Kind, out var probe))
            return probe(run, context, cancellationToken);
        var fault = ProbeFault.Local($"This agent cannot run {run.Kind} checks.");
        return Task.FromResult(new ProbeRecording(run, context).Failed(fault));
    }
}
