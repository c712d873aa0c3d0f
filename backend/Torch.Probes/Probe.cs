using System.Net;
using Torch.Contracts;
using Torch.Probes.Dns;

namespace Torch.Probes;

/// <summary>One protocol. Always answers a result: what the target does wrong is an outcome, never an exception.</summary>
/// <exception cref="OperationCanceledException">Only where <paramref name="cancellationToken"/> was cancelled, not when the probe timed out.</exception>
public delegate Task<ProbeCompleted> Probe(RunProbe run, ProbeContext context, CancellationToken cancellationToken);

/// <summary>Asks for a host's addresses, best first.</summary>
public delegate Task<IPAddress[]> Resolver(string host, CancellationToken cancellationToken);

/// <summary>What every probe of one agent shares.</summary>
/// <param name="Agent">The agent's name, carried by each result.</param>
public sealed record ProbeContext(string Agent, TimeProvider Time, AddressPolicy Addresses, TrustedRoots Roots)
{
    /// <summary>The system's resolver unless replaced.</summary>
    public Resolver Resolve { get; init; } = System.Net.Dns.GetHostAddressesAsync;

    /// <summary>The name servers of this machine's resolver, for DNS checks that name none.</summary>
    public Func<IReadOnlyList<IPAddress>> NameServers { get; init; } = DnsProbe.OfThisMachine;

    /// <summary>The system's clock, roots and resolver, with private networks allowed.</summary>
    public static ProbeContext Default(string agent) =>
        new(agent, TimeProvider.System, new AddressPolicy(), TrustedRoots.OfThisMachine());
}
