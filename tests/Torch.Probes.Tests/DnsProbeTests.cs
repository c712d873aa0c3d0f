using System.Net;
using System.Text;
using Torch.Contracts;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

public class DnsProbeTests
{
    public static TheoryData<string, int, byte[], string> Records { get; } =
        new()
        {
            { "A", 1, [192, 0, 2, 7], "192.0.2.7" },
            { "AAAA", 28, IPAddress.Parse("2001:db8::7").GetAddressBytes(), "2001:db8::7" },
            { "CNAME", 5, DnsServer.Name("www.shop.test"), "www.shop.test" },
            { "MX", 15, [0, 10, .. DnsServer.Name("mail.shop.test")], "10 mail.shop.test" },
            // "ns" and a pointer to the question's name.
            { "NS", 2, [2, (byte)'n', (byte)'s', 0xc0, 12], "ns.shop.test" },
            { "TXT", 16, [3, .. "v=s"u8, 2, .. "pf"u8], "v=spf" },
            {
                "SOA",
                6,
                [
                    .. DnsServer.Name("ns.test"),
                    .. DnsServer.Name("me.test"),
                    0,
                    0,
                    0,
                    1,
                    0,
                    0,
                    0,
                    2,
                    0,
                    0,
                    0,
                    3,
                    0,
                    0,
                    0,
                    4,
                    0,
                    0,
                    0,
                    5,
                ],
                "ns.test me.test 1 2 3 4 5"
            },
            { "SRV", 33, [0, 1, 0, 2, 0x14, 0x66, .. DnsServer.Name("a.test")], "1 2 5222 a.test" },
            { "CAA", 257, [0, 5, .. "issue"u8, .. "ca.test"u8], "0 issue \"ca.test\"" },
            { "PTR", 12, DnsServer.Name("host.shop.test"), "host.shop.test" },
        };

    [Theory]
    [MemberData(nameof(Records))]
    public async Task Every_type_is_asked_for_and_read(string type, int number, byte[] data, string text)
    {
        await using var server = new DnsServer(
            (name, asked, _) => DnsServer.Message(name, asked, 0, false, (number, 300, data), (99, 60, [1, 2]))
        );
        var result = await AskDns(
            Ask(server, type) with
            {
                Expect = new DnsExpectation(Answers: [text.ToUpperInvariant() + "."]),
            }
        );
        result.ShouldBeUp();
        result.Texts!["dns.rcode"].ShouldBe("NOERROR");
        result.Texts["dns.answer"].ShouldBe(text);
        result.Measures!["dns.answers"].ShouldBe(1);
        result.Measures["dns.ttl"].ShouldBe(300_000);
        result.Latency.FirstByte!.Value.ShouldBeGreaterThan(0);
        result.Address.ShouldBe("127.0.0.1");
    }

    [Theory]
    [InlineData(3, null, "rcode")]
    [InlineData(3, "NXDOMAIN", null)]
    [InlineData(2, null, "rcode")]
    [InlineData(5, "REFUSED", null)]
    [InlineData(0, null, "answer")]
    [InlineData(0, "NOERROR", null)]
    public async Task The_code_of_an_answer_without_records_decides(int rcode, string? expected, string? cause)
    {
        await using var server = new DnsServer((name, type, _) => DnsServer.Message(name, type, rcode, false));
        var expect = expected is null ? null : new DnsExpectation(expected);
        (await AskDns(Ask(server, "A") with { Expect = expect })).Cause.ShouldBe(cause);
    }

    [Theory]
    [InlineData("192.0.2.1,192.0.2.2", null, null)]
    [InlineData("192.0.2.2,192.0.2.1", null, null)]
    [InlineData("192.0.2.1", null, "answer")]
    [InlineData("192.0.2.1,192.0.2.2,192.0.2.3", null, "answer")]
    [InlineData(null, @"^192\.0\.2\.2$", null)]
    [InlineData(null, "^10", "answer")]
    public async Task Answers_are_judged_whole_or_by_a_pattern(string? answers, string? matches, string? cause)
    {
        await using var server = new DnsServer(
            (name, type, _) =>
                DnsServer.Message(
                    name,
                    type,
                    0,
                    false,
                    (5, 9, DnsServer.Name("b.test")),
                    (1, 60, [192, 0, 2, 1]),
                    (1, 30, [192, 0, 2, 2])
                )
        );
        var result = await AskDns(
            Ask(server, "A") with
            {
                Expect = new DnsExpectation(null, answers?.Split(','), matches),
            }
        );
        result.Cause.ShouldBe(cause, result.Message);
        result.Measures!["dns.answers"].ShouldBe(2);
        result.Measures["dns.ttl"].ShouldBe(30_000);
    }

    [Fact]
    public async Task What_does_not_fit_into_a_datagram_is_asked_for_by_tcp()
    {
        var text = (byte[])[200, .. Encoding.ASCII.GetBytes(new string('x', 200))];
        await using var server = new DnsServer(
            (name, type, overTcp) =>
                overTcp
                    ? DnsServer.Message(name, type, 0, false, [.. Enumerable.Repeat((16, 60, text), 40)])
                    : DnsServer.Message(name, type, 0, isCut: true)
        );
        var result = await AskDns(Ask(server, "TXT"));
        result.ShouldBeUp();
        result.Measures!["dns.answers"].ShouldBe(40);
        result.Latency.Connect.ShouldNotBeNull();
        server.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task Tcp_can_be_asked_for()
    {
        await using var server = new DnsServer(
            (name, type, overTcp) => overTcp ? DnsServer.Message(name, type, 0, false, (1, 60, [192, 0, 2, 1])) : null
        );
        (await AskDns(Ask(server, "A") with { Transport = "tcp" })).ShouldBeUp();
    }

    [Fact]
    public async Task A_lost_datagram_is_sent_again()
    {
        var asked = 0;
        await using var server = new DnsServer(
            (name, type, _) => ++asked == 1 ? null : DnsServer.Message(name, type, 0, false, (1, 60, [192, 0, 2, 1]))
        );
        (await AskDns(Ask(server, "A"))).ShouldBeUp();
    }

    [Fact]
    public async Task A_silent_server_is_timeout_and_a_closed_port_refused()
    {
        await using var server = new DnsServer((_, _, _) => null);
        (await AskDns(Ask(server, "A"), timeoutMs: 300)).ShouldBeDown("timeout");
        await server.DisposeAsync();
        (await AskDns(Ask(server, "A"))).ShouldBeDown("refused");
    }

    [Fact]
    public async Task A_silent_address_is_passed_by_after_a_quarter_of_a_second()
    {
        await using var server = new DnsServer(
            (name, type, _) => DnsServer.Message(name, type, 0, false, (1, 60, [192, 0, 2, 1]))
        );
        using var silent = new System.Net.Sockets.UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), server.Port));
        var context = Context with { Resolve = Names("127.0.0.2", "127.0.0.1") };
        var result = await AskDns(Ask(server, "A") with { Server = "ns.test" }, context);
        result.ShouldBeUp();
        result.Address.ShouldBe("127.0.0.1");
        result.Latency.Total.ShouldBeInRange(240, 2000);
    }

    [Fact]
    public async Task The_agent_s_own_name_server_is_asked_where_none_is_named_and_its_silence_is_ours()
    {
        await using var server = new DnsServer(
            (name, type, _) => DnsServer.Message(name, type, 0, false, (1, 60, [192, 0, 2, 1]))
        );
        var own = Context with
        {
            NameServers = () => [IPAddress.Loopback],
            Addresses = new AddressPolicy(AllowPrivate: false),
        };
        (await AskDns(new DnsSettings("shop.test", Port: server.Port), own)).ShouldBeUp();
        await server.DisposeAsync();
        (await AskDns(new DnsSettings("shop.test", Port: server.Port), own)).ShouldBeInconclusive();
        (await AskDns(new DnsSettings("shop.test"), Context with { NameServers = () => [] })).ShouldBeInconclusive();
        using var silent = new System.Net.Sockets.UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)silent.Client.LocalEndPoint!).Port;
        (await AskDns(new DnsSettings("shop.test", Port: port), own, timeoutMs: 300)).ShouldBeInconclusive();
    }

    [Theory]
    [InlineData("192.0.2.7", "7.2.0.192.in-addr.arpa")]
    [InlineData("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    [InlineData("shop.test.", "shop.test")]
    public async Task An_address_is_asked_for_in_reverse(string name, string expected)
    {
        string? asked = null;
        await using var server = new DnsServer(
            (question, type, _) =>
            {
                asked = question;
                return DnsServer.Message(question, type, 0, false, (12, 60, DnsServer.Name("h.test")));
            }
        );
        (await AskDns(Ask(server, "PTR") with { Name = name })).ShouldBeUp();
        asked.ShouldBe(expected);
    }

    [Theory]
    // A pointer to itself, one beyond the end, a label that is none, a record that is cut.
    [InlineData(new byte[] { 0xc0, 27, 0, 5, 0, 1, 0, 0, 0, 9, 0, 2, 0xc0, 39 })]
    [InlineData(new byte[] { 0xff, 0xff, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 1, 2, 3, 4 })]
    [InlineData(new byte[] { 0x80, 1, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 1, 2, 3, 4 })]
    [InlineData(new byte[] { 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 1 })]
    [InlineData(new byte[] { 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 2, 1, 2 })]
    [InlineData(new byte[] { })]
    public async Task What_is_no_message_is_protocol(byte[] record)
    {
        await using var server = new DnsServer(
            (name, type, _) =>
            {
                var message = DnsServer.Message(name, type, 0, false);
                message[5] = 1;
                return [.. message, .. record];
            }
        );
        (await AskDns(Ask(server, "A"))).ShouldBeDown("protocol");
    }

    [Fact]
    public async Task An_answer_to_another_question_is_not_taken()
    {
        await using var server = new DnsServer(
            (_, type, _) => DnsServer.Message("evil.test", type, 0, false, (1, 60, [192, 0, 2, 1]))
        );
        (await AskDns(Ask(server, "A"), timeoutMs: 300)).ShouldBeDown("timeout");
    }

    private static DnsSettings Ask(DnsServer server, string type) => new("shop.test", type, "127.0.0.1", server.Port);
}
