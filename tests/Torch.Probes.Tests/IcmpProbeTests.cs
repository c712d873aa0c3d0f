using System.Net.Sockets;
using Torch.Contracts;
using Torch.Probes.Icmp;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

/// <summary>Who may not send ICMP gets a clear reason; these tests hold on both kinds of machines.</summary>
public class IcmpProbeTests
{
    [Theory]
    [InlineData("127.0.0.1", null, 1)]
    [InlineData("127.0.0.1", 0, 3)]
    [InlineData("127.0.0.1", 1400, 2)]
    public async Task Round_trips_are_measured(string host, int? bytes, int count)
    {
        var result = await Ping(new IcmpSettings(host, count, bytes));
        if (!MayPing())
        {
            result.ShouldBeInconclusive();
            result.Message!.ShouldContain("ping_group_range");
            return;
        }
        result.ShouldBeUp();
        result.Measures!["icmp.loss"].ShouldBe(0);
        result.Measures["icmp.rtt"].ShouldBeInRange(0.001, 1000);
        result.Measures.ContainsKey("icmp.jitter").ShouldBe(count > 1);
        result.Latency.Total.ShouldBe(result.Measures["icmp.rtt"]);
        result.Address.ShouldBe(host);
    }

    [Fact]
    public async Task A_family_that_is_not_there_is_passed_by()
    {
        var context = Context with { Resolve = Names("2001:db8::1", "127.0.0.1") };
        var result = await Ping(new IcmpSettings("shop.test", 1), context, timeoutMs: 2000);
        result.Outcome.ShouldBe(MayPing() ? ProbeOutcome.Up : ProbeOutcome.Inconclusive, result.Message);
    }

    [Theory]
    [InlineData("ipv4", null)]
    [InlineData("ipv6", "dns")]
    public async Task One_family_of_addresses_can_be_asked_for(string family, string? cause)
    {
        var context = Context with { Resolve = Names("127.0.0.1") };
        var result = await Ping(new IcmpSettings("shop.test", 1, AddressFamily: family), context);
        result.Cause.ShouldBe(cause ?? (MayPing() ? null : "local"), result.Message);
    }

    [Theory]
    [InlineData(3, 3, null, null)]
    [InlineData(3, 1, null, null)]
    [InlineData(3, 0, null, "loss")]
    [InlineData(4, 2, 50.0, null)]
    [InlineData(4, 1, 50.0, "loss")]
    [InlineData(4, 3, 0.0, "loss")]
    [InlineData(2, 0, 100.0, null)]
    public void Loss_beyond_what_the_check_allows_is_loss(int count, int answered, double? most, string? cause)
    {
        var verdict = () => IcmpProbe.Judge(answered, count, most);
        if (cause is null)
            verdict.ShouldNotThrow();
        else
            verdict.ShouldThrow<ProbeFault>().Cause.ShouldBe(cause);
    }

    private static bool MayPing()
    {
        try
        {
            using var socket = EchoSocket.Open(AddressFamily.InterNetwork);
            return true;
        }
        catch (ProbeFault)
        {
            return false;
        }
    }
}
