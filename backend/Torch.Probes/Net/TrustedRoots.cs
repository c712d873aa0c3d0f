using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Torch.Probes;

/// <summary>The certificate authorities that probes trust, read once: reading the store for every handshake costs more than the handshake.</summary>
/// <remarks>
/// Building a chain costs about as much for each authority that it may end at, a machine trusts some 140 of them, and most hosts keep theirs for years.
/// So the one that a host's chain ended at is tried alone the next time, and all of them only where that fails.
/// </remarks>
public sealed class TrustedRoots
{
    private const int MostRemembered = 20_000;

    private readonly X509Certificate2Collection _roots;
    private readonly ConcurrentDictionary<string, X509Certificate2> _lastOf = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Trusts these roots and no others.</summary>
    public TrustedRoots(X509Certificate2Collection roots) => _roots = new X509Certificate2Collection(roots);

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

    /// <summary>What to build a host's chain with at first.</summary>
    internal X509ChainPolicy PolicyFor(string host) =>
        _lastOf.TryGetValue(host, out var last) ? Policy([last]) : Policy(_roots);

    /// <summary>What is wrong with a certificate when all roots are asked, given what was wrong under <see cref="PolicyFor"/>.</summary>
    internal SslPolicyErrors Judge(string host, X509Certificate2 certificate, X509Chain chain, SslPolicyErrors errors)
    {
        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            Remember(host, chain);
        else if (_lastOf.TryRemove(host, out _) && LeadsToAnyRoot(certificate, chain.ChainPolicy))
            errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
        return errors;
    }

    // The policy that was tried also holds the certificates that the host sent along.
    private bool LeadsToAnyRoot(X509Certificate2 certificate, X509ChainPolicy tried)
    {
        using var chain = new X509Chain { ChainPolicy = tried.Clone() };
        chain.ChainPolicy.CustomTrustStore.Clear();
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        return chain.Build(certificate);
    }

    private void Remember(string host, X509Chain chain)
    {
        if (_lastOf.ContainsKey(host))
            return;
        var end = chain.ChainElements[^1].Certificate;
        if (
            _roots.FirstOrDefault(root => root.RawDataMemory.Span.SequenceEqual(end.RawDataMemory.Span)) is not { } root
        )
            return;
        // Hosts come and go with checks: starting afresh costs each one chain.
        if (_lastOf.Count >= MostRemembered)
            _lastOf.Clear();
        _lastOf[host] = root;
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            // A certificate names the address of its issuer: fetching it would pass by the address policy.
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
