using System.Net;
using System.Net.Sockets;

namespace Torch.Probes.Net;

/// <summary>From a host to the addresses that policy allows, asked anew for every probe.</summary>
internal static class HostResolver
{
    public static async Task<IReadOnlyList<IPAddress>> ResolveAsync(
        string host,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        recording.Phase = "resolving the name";
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await AskAsync(host, context, recording, cancellationToken);
        recording.Address = addresses[0];
        return Allowed(host, addresses, context.Addresses);
    }

    private static async Task<IPAddress[]> AskAsync(
        string host,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var mark = recording.Mark();
        try
        {
            // RFC 6761: names under .invalid never exist; asking for them would only leak them.
            if (host.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase))
                throw SocketFaults.NoSuchHost(host);
            // The system's resolver cannot be interrupted, so the wait for it is.
            var found = await context.Resolve(host, cancellationToken).WaitAsync(cancellationToken);
            return found.Length > 0 ? found : throw SocketFaults.NoSuchHost(host);
        }
        catch (SocketException fault)
        {
            throw SocketFaults.OfResolving(host, fault);
        }
        catch (ArgumentException)
        {
            throw SocketFaults.NoSuchHost(host);
        }
        finally
        {
            recording.ResolveMs = recording.MsSince(mark);
        }
    }

    private static IPAddress[] Allowed(string host, IPAddress[] addresses, AddressPolicy policy)
    {
        var allowed = addresses.Where(policy.Allows).ToArray();
        return allowed.Length > 0
            ? allowed
            : throw new ProbeFault(Causes.Address, $"Policy forbids probes of {host} at {addresses[0]}.");
    }
}
