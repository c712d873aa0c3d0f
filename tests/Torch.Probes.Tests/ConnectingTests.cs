using System.Net;
using System.Net.Sockets;
using Torch.Contracts;
using Torch.Probes.Net;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

public class ConnectingTests
{
    [Fact]
    public async Task A_dead_address_of_one_family_falls_back_to_the_other()
    {
        await using var server = TestServer.Answering(TestServer.Ok());
        var context = Context with { Resolve = Names("::1", "127.0.0.1") };
        var result = await Probe(new HttpSettings($"http://shop.test:{server.Port}/"), context);
        result.Outcome.ShouldBe(ProbeOutcome.Up, result.Message);
        result.Address.ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task A_silent_address_loses_its_head_start_after_a_quarter_of_a_second()
    {
        await using var server = TestServer.Answering(TestServer.Ok());
        using var silent = FullBacklog(IPAddress.Parse("127.0.0.2"), server.Port, out var waiting);
        var context = Context with { Resolve = Names("127.0.0.2", "127.0.0.1") };
        var result = await Probe(new HttpSettings($"http://shop.test:{server.Port}/"), context);
        waiting.ForEach(socket => socket.Dispose());

        result.Outcome.ShouldBe(ProbeOutcome.Up, result.Message);
        result.Address.ShouldBe("127.0.0.1");
        result.Latency.Connect!.Value.ShouldBeInRange(240, 800);
    }

    [Fact]
    public void Families_alternate_in_the_resolvers_order() =>
        Dialer
            .Alternate([.. "::1 ::2 ::3 10.0.0.1 10.0.0.2".Split(' ').Select(IPAddress.Parse)])
            .Select(address => address.ToString())
            .ShouldBe(["::1", "10.0.0.1", "::2", "10.0.0.2", "::3"]);

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, SocketError.HostUnreachable, "local")]
    [InlineData(SocketError.AddressNotAvailable, SocketError.ConnectionRefused, "local")]
    [InlineData(SocketError.NetworkUnreachable, SocketError.ConnectionRefused, "refused")]
    [InlineData(SocketError.NetworkUnreachable, SocketError.NetworkUnreachable, "local")]
    public void An_address_that_could_not_be_tried_leaves_the_target_unjudged(
        SocketError four,
        SocketError six,
        string cause
    )
    {
        ProbeFault[] faults =
        [
            SocketFaults.OfConnecting(new SocketException((int)six), AddressFamily.InterNetworkV6),
            SocketFaults.OfConnecting(new SocketException((int)four), AddressFamily.InterNetwork),
        ];
        ProbeFault.Deciding(faults).Cause.ShouldBe(cause);
    }

    [Fact]
    public async Task A_forbidden_address_is_never_connected_to_however_it_is_named()
    {
        await using var server = TestServer.Answering(TestServer.Ok());
        var context = Context with { Addresses = new AddressPolicy(AllowPrivate: false) };
        foreach (var host in (string[])["127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[::1]"])
            (await Probe(new HttpSettings($"http://{host}:{server.Port}/"), context)).ShouldBeDown("address");
        server.Accepted.ShouldBe(0);
    }

    [Fact]
    public async Task Circled_digits_are_no_way_around_the_policy()
    {
        await using var server = TestServer.Answering(TestServer.Ok());
        var context = Context with { Addresses = new AddressPolicy(AllowPrivate: false) };
        var result = await Probe(new HttpSettings($"http://①②⑦.⓪.⓪.①:{server.Port}/"), context, timeoutMs: 2000);
        result.Outcome.ShouldNotBe(ProbeOutcome.Up);
        server.Accepted.ShouldBe(0);
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("::169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("100.100.100.200")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("255.255.255.255")]
    public void Metadata_and_link_local_addresses_are_always_denied(string address) =>
        new AddressPolicy(AllowPrivate: true).Allows(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("::1", true)]
    [InlineData("fd12::1", true)]
    [InlineData("2002:7f00:1::", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("2001:db8::1", false)]
    public void Private_networks_are_a_setting(string address, bool isPrivate)
    {
        new AddressPolicy(AllowPrivate: true).Allows(IPAddress.Parse(address)).ShouldBeTrue();
        new AddressPolicy(AllowPrivate: false).Allows(IPAddress.Parse(address)).ShouldBe(!isPrivate);
    }

    /// <summary>A listener whose queue is full: Linux drops further SYNs, so connecting hangs.</summary>
    private static Socket FullBacklog(IPAddress address, int port, out List<Socket> waiting)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, port));
        listener.Listen(0);
        waiting = [];
        for (var i = 0; i < 4; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            waiting.Add(socket);
            _ = socket.ConnectAsync(address, port);
        }
        Thread.Sleep(50);
        return listener;
    }
}
