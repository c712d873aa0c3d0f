using System.Net;
using System.Net.Sockets;
using Torch.Contracts;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

/// <summary>No probe of any protocol reaches an address that policy forbids, however it is written and however it got there.</summary>
public sealed class ForbiddenAddressTests
{
    private static readonly ProbeContext Open = Context with { Resolve = AddressForms.Resolve };
    private static readonly ProbeContext Closed = Open with { Addresses = new AddressPolicy(AllowPrivate: false) };

    public static TheoryData<string> Protocols { get; } =
    ["http", "http 2", "proxy", "feed", "tcp", "tls", "dns", "dns over tcp", "icmp", "postgres"];

    [Fact]
    public void There_are_more_than_sixty_forms_of_each()
    {
        AddressForms.Never.Distinct().Count().ShouldBeGreaterThan(60);
        AddressForms.Private.Distinct().Count().ShouldBeGreaterThan(60);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task No_protocol_reaches_one(string protocol)
    {
        // On every family that there is: whoever got through would be heard of.
        await using var four = TestListener.Silent();
        await using var six = Socket.OSSupportsIPv6 ? TestListener.Silent(IPAddress.IPv6Loopback) : null;
        foreach (var port in (int[])[four.Port, .. six is null ? (int[])[] : [six.Port]])
        {
            await DeniedAsync(protocol, AddressForms.Never, port, Open);
            await DeniedAsync(protocol, [.. AddressForms.Never, .. AddressForms.Private], port, Closed);
        }
        four.Accepted.ShouldBe(0);
        (six?.Accepted ?? 0).ShouldBe(0);
    }

    [Fact]
    public async Task No_redirect_leads_to_one()
    {
        var location = "";
        await using var server = TestServer.Answering(
            (stream, _, token) =>
                stream
                    .WriteAsync(
                        System.Text.Encoding.UTF8.GetBytes(
                            $"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
                        ),
                        token
                    )
                    .AsTask()
        );
        foreach (var form in AddressForms.Never)
        {
            location = $"http://{InUrl(form)}/latest/meta-data/";
            var result = await Probe(new HttpSettings(server.Url, FollowRedirects: 5), Open);
            result.Outcome.ShouldBe(ProbeOutcome.Down, form);
            result.Cause.ShouldBeOneOf(["address", "dns", "redirect"], $"{form}: {result.Message}");
        }
    }

    [Fact]
    public async Task Of_several_addresses_only_those_are_reached_that_are_allowed()
    {
        await using var server = TestListener.Silent();
        var context = Context with { Resolve = Names("169.254.169.254", "fe80::1", "127.0.0.1") };
        var result = await AskTcp(new TcpSettings("mixed.test", server.Port), context);
        result.ShouldBeUp();
        result.Address.ShouldBe("127.0.0.1");
    }

    private static async Task DeniedAsync(string protocol, IEnumerable<string> forms, int port, ProbeContext context)
    {
        foreach (var form in forms)
        {
            var result = await AskAsync(protocol, form, port, context);
            result.Outcome.ShouldNotBe(ProbeOutcome.Up, form);
            // A form that is no address to anybody is a name that does not exist, or no URL.
            var isAddress = result.Cause is "address" || !IsAddress(form);
            isAddress.ShouldBeTrue($"{form}: {result.Cause}: {result.Message}");
            result.Latency.Connect.ShouldBeNull(form);
        }
    }

    private static Task<ProbeCompleted> AskAsync(string protocol, string host, int port, ProbeContext context) =>
        protocol switch
        {
            "http" => Probe(new HttpSettings($"http://{InUrl(host)}:{port}/"), context),
            "http 2" => Probe(new HttpSettings($"http://{InUrl(host)}:{port}/", Version: "2"), context),
            "feed" => Run(
                CheckKind.Feed,
                new ProbeSettings(Feed: new FeedSettings($"http://{InUrl(host)}:{port}/")),
                context
            ),
            "proxy" => Probe(
                new HttpSettings($"http://{InUrl(host)}:{port}/", Proxy: $"http://127.0.0.1:{port}"),
                context
            ),
            "tcp" => AskTcp(new TcpSettings(host, port), context),
            "tls" => AskTls(new TlsSettings(host, port), context),
            "dns" => AskDns(new DnsSettings("shop.test", Server: host, Port: port), context),
            "dns over tcp" => AskDns(new DnsSettings("shop.test", Server: host, Port: port, Transport: "tcp"), context),
            "icmp" => Ping(new IcmpSettings(host, 1), context),
            _ => Session(new PostgresSettings(host, "torch", port), context),
        };

    private static bool IsAddress(string form) => IPAddress.TryParse(form.Trim('[', ']'), out _);

    private static string InUrl(string host) => host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;
}
