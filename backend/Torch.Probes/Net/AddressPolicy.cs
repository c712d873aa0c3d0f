using System.Net;
using System.Net.Sockets;

namespace Torch.Probes;

/// <summary>Which addresses a probe may reach. Decided on the resolved address, never on the text of a URL, which has too many spellings.</summary>
/// <param name="AllowPrivate">Loopback and private networks: a deployment's setting, true where people monitor their own network.</param>
public sealed record AddressPolicy(bool AllowPrivate = true)
{
    private static readonly IPNetwork[] Never =
    [
        .. Networks(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "100.100.100.200/32",
            "168.63.129.16/32"
        ),
        .. Networks("::/128", "fe80::/10", "ff00::/8", "fd00:ec2::254/128", "fd20:ce::254/128"),
    ];

    private static readonly IPNetwork[] Private =
    [
        .. Networks("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15"),
        .. Networks("::1/128", "fc00::/7", "fec0::/10"),
    ];

    /// <summary>False for an address that must not be reached, nor any address wrapped in it.</summary>
    public bool Allows(IPAddress address) => Unwrapped(address).All(AllowsPlainly);

    private bool AllowsPlainly(IPAddress address) =>
        !Never.Any(network => network.Contains(address))
        && (AllowPrivate || !Private.Any(network => network.Contains(address)));

    private static IEnumerable<IPAddress> Unwrapped(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            yield return address.MapToIPv4();
            yield break;
        }
        yield return address;
        if (address.AddressFamily is AddressFamily.InterNetworkV6 && Embedded(address.GetAddressBytes()) is { } inner)
            yield return inner;
    }

    /// <summary>The IPv4 address inside NAT64 (64:ff9b::/96, 64:ff9b:1::/48), 6to4 (2002::/16) and IPv4-compatible (::/96) forms.</summary>
    private static IPAddress? Embedded(byte[] bytes) =>
        bytes switch
        {
            [0x20, 0x02, ..] => new IPAddress(bytes.AsSpan(2, 4)),
            [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ..] => new IPAddress(bytes.AsSpan(12, 4)),
            [0x00, 0x64, 0xff, 0x9b, 0, 1, ..] => new IPAddress(bytes.AsSpan(12, 4)),
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 or 1] => null,
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ..] => new IPAddress(bytes.AsSpan(12, 4)),
            _ => null,
        };

    private static IEnumerable<IPNetwork> Networks(params string[] networks) =>
        networks.Select(network => IPNetwork.Parse(network));
}
