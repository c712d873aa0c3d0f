using System.Net;
using System.Net.Sockets;
using Torch.Probes;

namespace Torch.Server.Notifying.Sending;

/// <summary>Where a message may go is a deployment's decision, the same as for probes.</summary>
internal sealed class ForbiddenTargetException(string host)
    : Exception($"{host} may not be reached: the policy forbids its address");

/// <summary>Connections to receivers: to an address that the policy allows, decided on what the name resolves to at that moment.</summary>
internal sealed class Outbound(AddressPolicy policy)
{
    /// <exception cref="ForbiddenTargetException">Each of its addresses is forbidden.</exception>
    /// <exception cref="SocketException">It cannot be resolved or reached.</exception>
    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = addresses.Where(policy.Allows).ToArray();
        if (allowed.Length == 0 && addresses.Length > 0)
            throw new ForbiddenTargetException(host);
        SocketException? last = null;
        foreach (var address in allowed)
            try
            {
                return await ConnectAsync(address, port, cancellationToken);
            }
            catch (SocketException fault)
            {
                last = fault;
            }
        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static async Task<Socket> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
