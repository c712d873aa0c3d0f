using System.Net.Sockets;

namespace Torch.Probes.Net;

/// <summary>Which side a socket's error blames.</summary>
internal static class SocketFaults
{
    public static ProbeFault OfConnecting(SocketException fault) =>
        fault.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => new(Causes.Refused, "The target refused the connection.", fault),
            SocketError.ConnectionReset or SocketError.ConnectionAborted => new(
                Causes.Reset,
                "The target reset the connection.",
                fault
            ),
            SocketError.HostUnreachable or SocketError.HostDown => new(
                Causes.Unreachable,
                "The target cannot be reached.",
                fault
            ),
            SocketError.TimedOut => new(Causes.Timeout, "The target did not accept the connection in time.", fault),
            // No descriptors, no ports, no route from here, a local firewall: none of it says anything of the target.
            _ => ProbeFault.Local($"The agent could not open a connection ({fault.SocketErrorCode}).", fault),
        };

    public static ProbeFault OfResolving(string host, SocketException fault) =>
        fault.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData => NoSuchHost(host),
            // "Try again" and its like come from a resolver that is away or broken: ours, not the target's.
            _ => ProbeFault.Local($"The agent's resolver did not answer for {host} ({fault.SocketErrorCode}).", fault),
        };

    public static ProbeFault NoSuchHost(string host) => new(Causes.Dns, $"The name {host} has no address.");
}
