using Torch.Contracts;

namespace Torch.Probes;

/// <summary>Whom a probe asks.</summary>
public static class ProbeTargets
{
    /// <summary>The host that a probe puts load on; empty where it names none.</summary>
    public static string HostOf(ProbeSettings settings) =>
        settings switch
        {
            { Http: { } http } => HostIn(http.Url),
            { Tcp: { } tcp } => tcp.Host,
            { Tls: { } tls } => tls.Host,
            { Dns: { } dns } => dns.Server ?? "",
            { Icmp: { } icmp } => icmp.Host,
            { Postgres: { } postgres } => postgres.Host,
            { Feed: { } feed } => HostIn(feed.Url),
            _ => "",
        };

    private static string HostIn(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var found) ? found.IdnHost : "";
}
