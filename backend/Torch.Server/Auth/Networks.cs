using System.Net;

namespace Torch.Server.Auth;

/// <summary>Where somebody comes from, as far as it tells them apart from others.</summary>
internal static class Networks
{
    private const int OfOneSite = 8;

    /// <summary>An IPv4 address, or the first 64 bits of an IPv6 one: all behind them are one site's to choose.</summary>
    public static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return bytes.Length > OfOneSite ? Convert.ToHexString(bytes, 0, OfOneSite) : address.ToString();
    }
}
