using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Torch.Agent.Connection;

/// <summary>Where an agent's server is.</summary>
/// <param name="Server">Its root, <c>https://torch.example</c>; plain http on this machine only, for the key would travel in the clear.</param>
/// <param name="Key">The agent's key.</param>
/// <param name="CaFile">A PEM file with the authorities that the server's certificate may come from; the system's where null. It is verified always.</param>
public sealed record ServerAddress(Uri Server, string Key, string? CaFile = null)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // Names change their address; a connection is not used for longer than that.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Why it cannot be used, in one line; null where it can.</summary>
    public string? Problem =>
        !Server.IsAbsoluteUri || Server.Scheme is not ("http" or "https")
            ? $"{Server} is not an address such as https://torch.example"
        : Server.Scheme == "http" && !IsThisMachine
            ? $"{Server} would send the key in the clear: use https, or http on this machine only"
        : string.IsNullOrWhiteSpace(Key) || Key.Any(c => c is <= ' ' or > '~') ? "the agent's key is missing, or no key"
        : null;

    private bool IsThisMachine =>
        Server.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Server.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>A handler that verifies the server, follows no redirect and keeps no cookie.</summary>
    /// <exception cref="IOException">The file of authorities cannot be read.</exception>
    /// <exception cref="CryptographicException">It holds no certificates.</exception>
    internal SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        if (CaFile is not null)
            handler.SslOptions.CertificateChainPolicy = Policy(CaFile);
        return handler;
    }

    private static X509ChainPolicy Policy(string caFile)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new CryptographicException($"{caFile} holds no certificate");
    }
}
