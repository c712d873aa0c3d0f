using System.Text;
using Torch.Contracts;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

public sealed class TlsProbeTests : IDisposable
{
    private readonly Certificates _authority = new();

    public void Dispose() => _authority.Dispose();

    private ProbeContext Trusting => Context with { Roots = _authority.Roots, Resolve = Names("127.0.0.1") };

    [Fact]
    public async Task Chain_names_days_left_version_and_cipher_are_kept()
    {
        using var certificate = _authority.For("shop.test");
        await using var listener = TestListener.Talking(dialogue => dialogue.BeginTlsAsync(certificate));
        var result = await AskTls(new TlsSettings("shop.test", listener.Port, DaysLeft: 14), Trusting);
        result.ShouldBeUp();
        result.Texts!["cert.names"].ShouldBe("shop.test");
        result.Texts["cert.chain"].ShouldBe("CN=shop.test <- CN=Torch test authority");
        result.Texts["tlsVersion"].ShouldBe("1.3");
        result.Texts["tlsCipher"].ShouldStartWith("TLS_");
        result.Certificate!.DaysLeft.ShouldBeInRange(29.9, 30);
        result.Latency.Tls!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Too_few_days_are_certificate_with_the_date()
    {
        using var certificate = _authority.For("shop.test");
        await using var listener = TestListener.Talking(dialogue => dialogue.BeginTlsAsync(certificate));
        var result = await AskTls(new TlsSettings("shop.test", listener.Port, DaysLeft: 45), Trusting);
        result.ShouldBeDown("certificate");
        result.Message!.ShouldContain("45");
        result.Certificate!.DaysLeft.ShouldBeInRange(29.9, 30);
    }

    [Fact]
    public async Task Another_name_is_certificate_unless_it_is_asked_for_or_ignored()
    {
        using var certificate = _authority.For("inner.test");
        await using var listener = TestListener.Talking(dialogue => dialogue.BeginTlsAsync(certificate));
        var tls = new TlsSettings("shop.test", listener.Port);
        (await AskTls(tls, Trusting)).ShouldBeDown("certificate");
        (await AskTls(tls with { ServerName = "inner.test" }, Trusting)).ShouldBeUp();
        (await AskTls(tls with { IgnoreCertificate = true }, Trusting)).ShouldBeUp();
    }

    [Theory]
    [InlineData("smtp")]
    [InlineData("imap")]
    [InlineData("pop3")]
    [InlineData("ftp")]
    [InlineData("ldap")]
    [InlineData("postgres")]
    public async Task Each_protocol_asks_for_tls_in_its_own_words(string protocol)
    {
        using var certificate = _authority.For("mail.test");
        await using var offers = TestListener.Talking(async dialogue =>
        {
            await PreludeAsync(protocol, isOffered: true, dialogue);
            await dialogue.BeginTlsAsync(certificate);
        });
        var result = await AskTls(new TlsSettings("mail.test", offers.Port, StartTls: protocol), Trusting);
        result.ShouldBeUp();
        result.Certificate!.Subject.ShouldBe("CN=mail.test");

        await using var refuses = TestListener.Talking(dialogue => PreludeAsync(protocol, isOffered: false, dialogue));
        (await AskTls(new TlsSettings("mail.test", refuses.Port, StartTls: protocol), Trusting)).ShouldBeDown("tls");
    }

    private static Task PreludeAsync(string protocol, bool isOffered, Dialogue dialogue) =>
        protocol switch
        {
            "smtp" => SmtpAsync(dialogue, isOffered),
            "imap" => LinesAsync(dialogue, "* OK hello", "a1 STARTTLS", isOffered ? "a1 OK go" : "a1 BAD what"),
            "pop3" => LinesAsync(dialogue, "+OK hello", "STLS", isOffered ? "+OK go" : "-ERR what"),
            "ftp" => LinesAsync(dialogue, "220-a\r\n220 hello", "AUTH TLS", isOffered ? "234 go" : "502 what"),
            "ldap" => BytesAsync(
                dialogue,
                31,
                [0x30, 0x0c, 2, 1, 1, 0x78, 7, 0x0a, 1, (byte)(isOffered ? 0 : 2), 4, 0, 4, 0]
            ),
            _ => BytesAsync(dialogue, 8, Encoding.ASCII.GetBytes(isOffered ? "S" : "N")),
        };

    private static async Task SmtpAsync(Dialogue dialogue, bool isOffered)
    {
        await dialogue.SayAsync("220 mail.test\r\n");
        (await dialogue.LineAsync()).ShouldBe("EHLO torch");
        await dialogue.SayAsync("250-mail.test\r\n250 STARTTLS\r\n");
        (await dialogue.LineAsync()).ShouldBe("STARTTLS");
        await dialogue.SayAsync(isOffered ? "220 go\r\n" : "454 not now\r\n");
    }

    private static async Task LinesAsync(Dialogue dialogue, string greeting, string command, string answer)
    {
        await dialogue.SayAsync(greeting + "\r\n");
        (await dialogue.LineAsync()).ShouldBe(command);
        await dialogue.SayAsync(answer + "\r\n");
    }

    private static async Task BytesAsync(Dialogue dialogue, int request, byte[] answer)
    {
        (await dialogue.HearAsync(request)).Length.ShouldBe(request);
        await dialogue.SayAsync(answer);
    }
}
