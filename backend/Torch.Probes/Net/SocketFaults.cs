using System.Net.Sockets;

namespace Torch.Probes.Net;

/// <summary>Which side a socket's error blames.</summary>
internal static class SocketFaults
{
    /// <param name="family">Of the address that was tried, where there was one.</param>
    public static ProbeFault OfConnecting(SocketException fault, AddressFamily? family = null) =>
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
            var code when IsExhaustion(code, family) => ProbeFault.Exhausted(
                $"The agent has run out of sockets or ports ({code}).",
                fault
            ),
            // No route from here, a local firewall: none of it says anything of the target.
            _ => ProbeFault.Local($"The agent could not open a connection ({fault.SocketErrorCode}).", fault),
        };

    // Without IPv6 on this machine, an IPv6 address is "not available" too: that is no lack of ports.
    private static bool IsExhaustion(SocketError error, AddressFamily? family) =>
        error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.AddressAlreadyInUse
        || (error is SocketError.AddressNotAvailable && family is not AddressFamily.InterNetworkV6);

    public static ProbeFault OfResolving(string host, SocketException fault) =>
        fault.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData => NoSuchHost(host),
            // "Try again" and its like come from a resolver that is away or broken: ours, not the target's.
            _ => ProbeFault.Local($"The agent's resolver did not answer for {host} ({fault.SocketErrorCode}).", fault),
        };

    public static ProbeFault NoSuchHost(string host) => new(Causes.Dns, $"The name {host} has no address.");
}
