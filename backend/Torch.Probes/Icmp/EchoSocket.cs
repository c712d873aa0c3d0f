using System.Net.Sockets;

namespace Torch.Probes.Icmp;

/// <summary>A socket that may send echo requests: one for everybody where the system allows it, a raw one where the agent may have it.</summary>
internal static class EchoSocket
{
    /// <exception cref="ProbeFault">The agent may have neither.</exception>
    /// <exception cref="SocketException">Anything else, such as no descriptors left.</exception>
    public static Socket Open(AddressFamily family)
    {
        var protocol = family is AddressFamily.InterNetworkV6 ? ProtocolType.IcmpV6 : ProtocolType.Icmp;
        return TryOpen(family, SocketType.Dgram, protocol)
            ?? TryOpen(family, SocketType.Raw, protocol)
            ?? throw ProbeFault.Local(
                "The agent may not send ICMP: let its group into net.ipv4.ping_group_range, or give it CAP_NET_RAW."
            );
    }

    private static Socket? TryOpen(AddressFamily family, SocketType type, ProtocolType protocol)
    {
        try
        {
            return new Socket(family, type, protocol);
        }
        catch (SocketException fault) when (IsNotAllowed(fault.SocketErrorCode))
        {
            return null;
        }
    }

    private static bool IsNotAllowed(SocketError error) =>
        error
            is SocketError.AccessDenied
                or SocketError.ProtocolNotSupported
                or SocketError.SocketNotSupported
                or SocketError.ProtocolType
                or SocketError.OperationNotSupported;
}
