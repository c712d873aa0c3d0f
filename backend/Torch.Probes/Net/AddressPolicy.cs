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
            "168.63.129.16/32",
            "192.0.0.0/24"
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
            return [address.MapToIPv4()];
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
            return [address];
        var bytes = address.GetAddressBytes();
        // Without the scope, which no network knows of.
        return [new IPAddress(bytes), .. Embedded(bytes)];
    }

    /// <summary>
    /// The IPv4 addresses inside forms that a gateway or the system takes apart: 6to4 (2002::/16), Teredo (2001::/32, its server, and its client
    /// with every bit turned), NAT64 (64:ff9b::/96, and 64:ff9b:1::/48 with a prefix of any length, RFC 6052), IPv4-compatible (::/96),
    /// IPv4-translated (::ffff:0:0:0/96) and ISATAP (RFC 5214).
    /// </summary>
    private static IEnumerable<IPAddress> Embedded(byte[] bytes) =>
        bytes switch
        {
            [0x20, 0x02, ..] => [At(bytes, 2, 3, 4, 5)],
            [0x20, 0x01, 0, 0, ..] => [At(bytes, 4, 5, 6, 7), At([.. bytes.Select(b => (byte)~b)], 12, 13, 14, 15)],
            [0x00, 0x64, 0xff, 0x9b, 0, 1, ..] =>
            [
                At(bytes, 6, 7, 9, 10),
                At(bytes, 7, 9, 10, 11),
                At(bytes, 9, 10, 11, 12),
                At(bytes, 12, 13, 14, 15),
            ],
            [0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ..] => [At(bytes, 12, 13, 14, 15)],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 or 1] => [],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ..] => [At(bytes, 12, 13, 14, 15)],
            [0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, ..] => [At(bytes, 12, 13, 14, 15)],
            [_, _, _, _, _, _, _, _, 0 or 2, 0, 0x5e, 0xfe, ..] => [At(bytes, 12, 13, 14, 15)],
            _ => [],
        };

    private static IPAddress At(byte[] bytes, int a, int b, int c, int d) =>
        new([bytes[a], bytes[b], bytes[c], bytes[d]]);

    private static IEnumerable<IPNetwork> Networks(params string[] networks) =>
        networks.Select(network => IPNetwork.Parse(network));
}
