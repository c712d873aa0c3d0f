using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Torch.Probes.Net;

/// <summary>From a host to the addresses that policy allows, asked anew for every probe.</summary>
internal static class HostResolver
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = false };

    /// <param name="host">A name, or an address with or without brackets, as it stands in a URL.</param>
    /// <param name="family"><c>ipv4</c> or <c>ipv6</c>; any other value means both.</param>
    /// <returns>At least one, the resolver's order.</returns>
    /// <exception cref="ProbeFault">There is none, or none that policy allows.</exception>
    public static async Task<IReadOnlyList<IPAddress>> ResolveAsync(
        string host,
        string? family,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        recording.Phase = "resolving the name";
        // Of the hop before: until this one has an address, silence is the resolver's.
        recording.Address = null;
        var found = IPAddress.TryParse(host.Trim('[', ']'), out var literal)
            ? [literal]
            : await AskAsync(host, context, recording, cancellationToken);
        var addresses = found.Where(address => IsOf(family, address)).ToArray();
        if (addresses.Length == 0)
            throw new ProbeFault(Causes.Dns, $"The name {host} has no {family} address.");
        recording.Address = addresses[0];
        return Allowed(host, addresses, context.Addresses);
    }

    private static bool IsOf(string? family, IPAddress address) =>
        family switch
        {
            "ipv4" => address.AddressFamily is AddressFamily.InterNetwork,
            "ipv6" => address.AddressFamily is AddressFamily.InterNetworkV6,
            _ => true,
        };

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
            var name = Ascii(host);
            // RFC 6761: names under .invalid never exist; asking for them would only leak them.
            if (name.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase))
                throw SocketFaults.NoSuchHost(host);
            // The system's resolver cannot be interrupted, so the wait for it is.
            var found = await context.Resolve(name, cancellationToken).WaitAsync(cancellationToken);
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
            recording.Resolved(mark);
        }
    }

    // Names with other letters travel as xn--... (RFC 5891).
    private static string Ascii(string host) => System.Text.Ascii.IsValid(host) ? host : Idn.GetAscii(host);

    private static IPAddress[] Allowed(string host, IPAddress[] addresses, AddressPolicy policy)
    {
        var allowed = addresses.Where(policy.Allows).ToArray();
        return allowed.Length > 0
            ? allowed
            : throw new ProbeFault(Causes.Address, $"Policy forbids probes of {host} at {addresses[0]}.");
    }
}
