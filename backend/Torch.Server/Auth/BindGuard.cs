using System.Net;

namespace Torch.Server.Auth;

/// <summary>Decides before the start whether these settings are safe to listen with.</summary>
internal static class BindGuard
{
    private const int KeyCharacters = 32;

    // Kestrel's own setting; its password stands beside it.
    private const string CertificateVariable = "ASPNETCORE_Kestrel__Certificates__Default__Path";

    /// <exception cref="StartRefusedException">They are not.</exception>
    public static void Check(TorchOptions options)
    {
        if (options.AdminKey is { Length: < KeyCharacters })
            throw new StartRefusedException($"TORCH_ADMIN_KEY must have at least {KeyCharacters} characters.");
        foreach (var url in options.Urls)
            Check(url, options.AdminKey is not null);
    }

    private static void Check(string url, bool hasKey)
    {
        if (!BindingAddressTryParse(url, out var address))
            throw new StartRefusedException($"--urls: \"{url}\" is not an address such as http://127.0.0.1:8080");
        if (address.Port is < 0 or > 65_535)
            throw new StartRefusedException($"--urls: {url} names no port from 0 to 65535");
        if (address.PathBase.Length > 0)
            throw new StartRefusedException($"--urls: {url} has a path: Torch listens at the root of an address");
        if (address.Scheme == "https" && Environment.GetEnvironmentVariable(CertificateVariable) is null)
            throw new StartRefusedException(
                $"--urls: {url} needs a certificate: name its file in {CertificateVariable}, or let a proxy end TLS and say --behind-proxy"
            );
        if (!hasKey && !IsLoopback(address.Host))
            throw new StartRefusedException(
                $"{url} can be reached from other machines: set TORCH_ADMIN_KEY (at least {KeyCharacters} characters) or listen on 127.0.0.1."
            );
    }

    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool BindingAddressTryParse(string url, out BindingAddress address)
    {
        try
        {
            address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && !address.IsUnixPipe;
        }
        catch (FormatException)
        {
            address = null!;
            return false;
        }
    }
}
