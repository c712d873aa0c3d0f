using Torch.Contracts;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Features.Checks;

/// <summary>The settings of every other protocol, there and back.</summary>
internal static partial class CheckMapping
{
    private static Model.TcpSettings? Settings(TcpSettings? tcp) =>
        tcp is null
            ? null
            : new(
                tcp.Host,
                tcp.Port,
                tcp.Steps?.Select(s => new Model.TcpStep(s.Send, s.Expect, s.StartTls)).ToList(),
                tcp.Tls,
                tcp.IgnoreCertificate,
                tcp.ServerName,
                tcp.AddressFamily
            );

    private static TcpSettings? View(Model.TcpSettings? tcp) =>
        tcp is null
            ? null
            : new(
                tcp.Host,
                tcp.Port,
                tcp.Steps?.Select(s => new TcpStep(s.Send, s.Expect, s.StartTls)).ToList(),
                tcp.Tls,
                tcp.IgnoreCertificate,
                tcp.ServerName,
                tcp.AddressFamily
            );

    private static Model.TlsSettings? Settings(TlsSettings? tls) =>
        tls is null
            ? null
            : new(
                tls.Host,
                tls.Port,
                tls.ServerName,
                tls.StartTls,
                tls.IgnoreCertificate,
                tls.DaysLeft,
                tls.AddressFamily
            );

    private static TlsSettings? View(Model.TlsSettings? tls) =>
        tls is null
            ? null
            : new(
                tls.Host,
                tls.Port,
                tls.ServerName,
                tls.StartTls,
                tls.IgnoreCertificate,
                tls.DaysLeft,
                tls.AddressFamily
            );

    private static Model.DnsSettings? Settings(DnsSettings? dns) =>
        dns is null
            ? null
            : new(
                dns.Name,
                dns.Type,
                dns.Server,
                dns.Port,
                dns.Transport,
                dns.Expect?.Rcode,
                dns.Expect?.Answers,
                dns.Expect?.Matches
            );

    private static DnsSettings? View(Model.DnsSettings? dns) =>
        dns is null
            ? null
            : new(
                dns.Name,
                dns.Type,
                dns.Server,
                dns.Port,
                dns.Transport,
                dns is { Rcode: null, Answers: null, Matches: null } ? null : new(dns.Rcode, dns.Answers, dns.Matches)
            );

    private static Model.IcmpSettings? Settings(IcmpSettings? icmp) =>
        icmp is null ? null : new(icmp.Host, icmp.Count, icmp.PacketBytes, icmp.AddressFamily, icmp.Expect?.MaxLoss);

    private static IcmpSettings? View(Model.IcmpSettings? icmp) =>
        icmp is null
            ? null
            : new(
                icmp.Host,
                icmp.Count,
                icmp.PacketBytes,
                icmp.AddressFamily,
                icmp.MaxLoss is null ? null : new(icmp.MaxLoss)
            );

    private static Model.PostgresSettings? Settings(PostgresSettings? p) =>
        p is null ? null : new(p.Host, p.User, p.Port, p.Database, p.Password, p.Tls, p.Query, p.AddressFamily);

    private static PostgresSettings? View(Model.PostgresSettings? p) =>
        p is null ? null : new(p.Host, p.User, p.Port, p.Database, p.Password, p.Tls, p.Query, p.AddressFamily);

    private static Model.FeedSettings? Settings(FeedSettings? feed) =>
        feed is null
            ? null
            : new(
                feed.Url,
                feed.Headers,
                Settings(feed.Auth),
                feed.Items,
                feed.IdField,
                feed.NameField,
                feed.StatusField,
                feed.AddressField,
                feed.Statuses
            );

    private static FeedSettings? View(Model.FeedSettings? feed) =>
        feed is null
            ? null
            : new(
                feed.Url,
                feed.Headers,
                View(feed.Auth),
                feed.Items,
                feed.IdField,
                feed.NameField,
                feed.StatusField,
                feed.AddressField,
                feed.Statuses
            );
}
