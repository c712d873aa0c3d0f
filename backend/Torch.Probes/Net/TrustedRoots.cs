using System.Security.Cryptography.X509Certificates;

namespace Torch.Probes;

/// <summary>The certificate authorities that probes trust, read once: reading the store for every handshake costs more than the handshake.</summary>
public sealed class TrustedRoots
{
    private readonly X509ChainPolicy _policy;

    /// <summary>Trusts these roots and no others.</summary>
    public TrustedRoots(X509Certificate2Collection roots)
    {
        _policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            // A certificate names the address of its issuer: fetching it would pass by the address policy.
            DisableCertificateDownloads = true,
        };
        _policy.CustomTrustStore.AddRange(roots);
    }

    /// <summary>The roots of the operating system and of the user who runs the agent.</summary>
    public static TrustedRoots OfThisMachine()
    {
        var roots = new X509Certificate2Collection();
        foreach (var location in (ReadOnlySpan<StoreLocation>)[StoreLocation.LocalMachine, StoreLocation.CurrentUser])
        {
            using var store = new X509Store(StoreName.Root, location, OpenFlags.ReadOnly);
            roots.AddRange(store.Certificates);
        }
        return new TrustedRoots(roots);
    }

    internal X509ChainPolicy Policy() => _policy.Clone();
}
