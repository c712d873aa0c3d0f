using System.Globalization;
using System.Net;

namespace Torch.Probes.Tests;

/// <summary>The many ways to write an address, from those that every resolver takes to those that only pass through gateways.</summary>
internal static class AddressForms
{
    /// <summary>Never reached, whatever the deployment's setting: link-local, metadata, this host, many at once.</summary>
    public static IReadOnlyList<string> Never { get; } =
    [
        .. Of("169.254.169.254"),
        .. Of("100.100.100.200"),
        .. Of("168.63.129.16"),
        "169.254.170.2",
        "192.0.0.192",
        "0.0.0.0",
        "0",
        "255.255.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "::",
        "[::]",
        "fe80::1",
        "fe80::a9fe:a9fe%1",
        "[fe80::1]",
        "ff02::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "metadata.google.internal",
        "169.254.169.254.nip.test",
    ];

    /// <summary>Reached only where the deployment allows its own networks.</summary>
    public static IReadOnlyList<string> Private { get; } =
    [
        .. Of("127.0.0.1"),
        .. Of("10.0.0.1"),
        .. Of("192.168.1.1"),
        "127.1",
        "127.0.1",
        "127.255.255.254",
        "172.16.0.1",
        "172.31.255.255",
        "100.64.0.1",
        "198.18.0.1",
        "::1",
        "[::1]",
        "0:0:0:0:0:0:0:1",
        "fd12:3456::1",
        "fc00::1",
        "fec0::1",
        "localhost",
        "127.0.0.1.nip.test",
    ];

    /// <summary>A resolver that knows what getaddrinfo takes for an address, and some names.</summary>
    public static Task<IPAddress[]> Resolve(string host, CancellationToken cancellationToken) =>
        Task.FromResult<IPAddress[]>(
            host switch
            {
                "metadata.google.internal" or "169.254.169.254.nip.test" => [IPAddress.Parse("169.254.169.254")],
                "localhost" or "127.0.0.1.nip.test" => [IPAddress.IPv6Loopback, IPAddress.Loopback],
                _ when IPAddress.TryParse(host.TrimEnd('.'), out var address) => [address],
                _ => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound),
            }
        );

    private static IEnumerable<string> Of(string address)
    {
        var b = IPAddress.Parse(address).GetAddressBytes();
        var number = ((uint)b[0] << 24) | ((uint)b[1] << 16) | ((uint)b[2] << 8) | b[3];
        var (high, low) = ($"{b[0]:x2}{b[1]:x2}", $"{b[2]:x2}{b[3]:x2}");
        return
        [
            address,
            address + ".",
            number.ToString(CultureInfo.InvariantCulture),
            $"0x{number:x8}",
            $"0X{number:X8}",
            "0" + Convert.ToString(number, 8),
            string.Join('.', b.Select(part => $"0x{part:x}")),
            string.Join('.', b.Select(part => "0" + Convert.ToString(part, 8))),
            $"{b[0]}.{((uint)b[1] << 16) | ((uint)b[2] << 8) | b[3]}",
            $"{b[0]}.{b[1]}.{((uint)b[2] << 8) | b[3]}",
            $"0x{b[0]:x}.{b[1]}.0{Convert.ToString(b[2], 8)}.{b[3]}",
            Letters(address, '①', '⓪'),
            Letters(address, '１', '０'),
            address.Replace('.', '。'),
            "::ffff:" + address,
            $"[::ffff:{address}]",
            $"::ffff:{high}:{low}",
            $"0:0:0:0:0:ffff:{high}:{low}",
            "::" + address,
            "64:ff9b::" + address,
            "64:ff9b:1::" + address,
            new IPAddress([0, 0x64, 0xff, 0x9b, 0, 1, b[0], b[1], 0, b[2], b[3], 0, 0, 0, 0, 0]).ToString(),
            $"2002:{high}:{low}::1",
            $"2001:0:{high}:{low}::1",
            $"2001:0:102:304::{~number >> 16 & 0xffff:x}:{~number & 0xffff:x}",
            $"::ffff:0:{high}:{low}",
            $"2001:db8::5efe:{high}:{low}",
        ];
    }

    private static string Letters(string address, char one, char zero) =>
        string.Concat(
            address.Select(c =>
                c is '0' ? zero
                : char.IsDigit(c) ? (char)(one + (c - '1'))
                : c
            )
        );
}
