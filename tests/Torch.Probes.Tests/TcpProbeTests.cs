using System.Net;
using Torch.Contracts;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

public sealed class TcpProbeTests : IDisposable
{
    private readonly Certificates _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_connection_is_enough_where_nothing_is_said()
    {
        await using var listener = TestListener.Silent();
        var result = await AskTcp(new TcpSettings("127.0.0.1", listener.Port));
        result.ShouldBeUp();
        result.Latency.Connect!.Value.ShouldBeGreaterThan(0);
        result.Latency.FirstByte.ShouldBeNull();
        result.Address.ShouldBe("127.0.0.1");
        result.Texts.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_expected_is_waited_for_step_by_step()
    {
        await using var listener = TestListener.Talking(async dialogue =>
        {
            await dialogue.SayAsync("220-one moment\r\n220 mail.test\r\n");
            if (await dialogue.LineAsync() == "EHLO torch")
                await dialogue.SayAsync("250-SIZE 100\r\n250 HELP\r\n");
            if (await dialogue.LineAsync() == "QUIT")
                await dialogue.SayAsync("221 bye\r\n");
        });
        TcpStep[] steps = [new(Expect: "^220 "), new("EHLO torch\r\n", "^250 "), new("QUIT\r\n", "^221 bye")];
        var result = await AskTcp(new TcpSettings("127.0.0.1", listener.Port, steps));
        result.ShouldBeUp();
        result.Texts!["tcp.banner"].ShouldBe("220-one moment");
        result.Text!.ShouldContain("250 HELP");
        result.Latency.FirstByte.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_was_matched_once_counts_for_one_step_only()
    {
        await using var listener = TestListener.Talking(async dialogue =>
        {
            await dialogue.SayAsync("OK first\r\n");
            await dialogue.HearAsync(int.MaxValue);
        });
        TcpStep[] steps = [new(Expect: "OK"), new(Expect: "OK")];
        (await AskTcp(new TcpSettings("127.0.0.1", listener.Port, steps), timeoutMs: 300)).ShouldBeDown("timeout");
    }

    [Fact]
    public async Task A_target_that_closes_before_it_says_so_is_reset()
    {
        await using var listener = TestListener.Talking(dialogue => dialogue.SayAsync("500 go away\r\n"));
        var result = await AskTcp(new TcpSettings("127.0.0.1", listener.Port, [new(Expect: "^220")]));
        result.ShouldBeDown("reset");
        result.Texts!["tcp.banner"].ShouldBe("500 go away");
    }

    [Fact]
    public async Task A_target_that_talks_without_end_is_answer()
    {
        await using var listener = TestListener.Talking(async dialogue =>
        {
            while (true)
                await dialogue.SayAsync(new byte[16 * 1024]);
        });
        (await AskTcp(new TcpSettings("127.0.0.1", listener.Port, [new(Expect: "x")]))).ShouldBeDown("answer");
    }

    [Fact]
    public async Task It_may_be_encrypted_from_the_first_byte()
    {
        using var certificate = _authority.For("mail.test");
        await using var listener = TestListener.Talking(async dialogue =>
        {
            await dialogue.BeginTlsAsync(certificate);
            await dialogue.SayAsync("+OK ready\r\n");
            await dialogue.HearAsync(int.MaxValue);
        });
        var context = Context with { Roots = _authority.Roots };
        var tcp = new TcpSettings("127.0.0.1", listener.Port, [new(Expect: @"^\+OK")], Tls: true);
        (await AskTcp(tcp, context)).ShouldBeDown("certificate");
        (await AskTcp(tcp with { IgnoreCertificate = true }, context)).ShouldBeUp();
        var named = await AskTcp(tcp with { ServerName = "mail.test" }, context);
        named.ShouldBeUp();
        named.Certificate!.Subject.ShouldBe("CN=mail.test");
        named.Latency.Tls.ShouldNotBeNull();
    }

    [Fact]
    public async Task It_may_become_encrypted_on_the_way_and_forgets_what_came_before()
    {
        using var certificate = _authority.For("mail.test");
        await using var listener = TestListener.Talking(async dialogue =>
        {
            await dialogue.SayAsync("220 mail.test\r\n");
            await dialogue.LineAsync();
            // Said in the clear, after the answer: whoever sits in between might have.
            await dialogue.SayAsync("220 go\r\n250 injected\r\n");
            await dialogue.BeginTlsAsync(certificate);
            await dialogue.LineAsync();
            await dialogue.SayAsync("550 no\r\n");
        });
        var context = Context with { Roots = _authority.Roots, Resolve = Names("127.0.0.1") };
        TcpStep[] steps =
        [
            new(Expect: "^220 "),
            new("STARTTLS\r\n", "^220 go", StartTls: true),
            new("EHLO x\r\n", "^250 "),
        ];
        var result = await AskTcp(new TcpSettings("mail.test", listener.Port, steps), context);
        result.ShouldBeDown("reset");
        result.Texts!["tlsVersion"].ShouldBe("1.3");
    }

    [Theory]
    [InlineData("ipv4", null)]
    [InlineData("ipv6", "refused")]
    public async Task One_family_of_addresses_can_be_asked_for(string family, string? cause)
    {
        await using var listener = TestListener.Silent();
        var context = Context with { Resolve = Names("::1", "127.0.0.1") };
        (await AskTcp(new TcpSettings("shop.test", listener.Port, AddressFamily: family), context)).Cause.ShouldBe(
            cause
        );
    }

    [Fact]
    public async Task Names_with_other_letters_are_resolved_as_ascii()
    {
        await using var listener = TestListener.Silent();
        string? asked = null;
        var context = Context with
        {
            Resolve = (name, _) =>
            {
                asked = name;
                return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
            },
        };
        (await AskTcp(new TcpSettings("bücher.test", listener.Port), context)).ShouldBeUp();
        asked.ShouldBe("xn--bcher-kva.test");
    }
}
