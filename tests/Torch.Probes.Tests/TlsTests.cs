using System.Net;
using System.Net.Sockets;
using Torch.Contracts;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

public sealed class TlsTests : IDisposable
{
    private readonly Certificates _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_trusted_certificate_is_up_and_its_facts_are_kept()
    {
        using var certificate = _authority.For("shop.test");
        var (result, request) = await ProbeAsync(certificate, _authority.Roots);

        result.Outcome.ShouldBe(ProbeOutcome.Up, result.Message);
        result.Latency.Tls!.Value.ShouldBeGreaterThan(0);
        result.Texts!["tlsVersion"].ShouldBe("1.3");
        result.Certificate!.Subject.ShouldBe("CN=shop.test");
        result.Certificate.Issuer.ShouldBe("CN=Torch test authority");
        result.Certificate.DaysLeft.ShouldBeInRange(29.9, 30);
        result.Certificate.NotAfter.Offset.ShouldBe(TimeSpan.Zero);
        request.ShouldContain("Host: shop.test:");
    }

    [Fact]
    public async Task A_certificate_may_name_an_address()
    {
        using var certificate = _authority.For("127.0.0.1");
        var (result, _) = await ProbeAsync(certificate, _authority.Roots, "127.0.0.1");
        result.Outcome.ShouldBe(ProbeOutcome.Up, result.Message);
        result.Latency.Resolve.ShouldBeNull();
    }

    [Fact]
    public async Task An_expired_certificate_is_down_with_its_date()
    {
        using var certificate = _authority.For("shop.test", fromDays: -30, toDays: -2);
        var (result, request) = await ProbeAsync(certificate, _authority.Roots);
        result.ShouldBeDown("certificate");
        result.Message!.ShouldContain("expired");
        result.Certificate!.DaysLeft.ShouldBeInRange(-2.1, -1.9);
        request.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_down()
    {
        using var certificate = _authority.For("other.test");
        var (result, _) = await ProbeAsync(certificate, _authority.Roots);
        result.ShouldBeDown("certificate");
        result.Message!.ShouldContain("shop.test");
    }

    [Fact]
    public async Task An_unknown_authority_is_down_under_the_roots_of_this_machine()
    {
        using var certificate = _authority.For("shop.test");
        var (result, _) = await ProbeAsync(certificate, TrustedRoots.OfThisMachine());
        result.ShouldBeDown("certificate");
        result.Message!.ShouldContain("authority");
        result.Certificate!.Subject.ShouldBe("CN=shop.test");
    }

    [Fact]
    public async Task A_host_that_changes_its_authority_is_judged_by_all_roots_again()
    {
        using var second = new Certificates("Second authority");
        using var stranger = new Certificates("Unknown authority");
        var roots = _authority.RootsWith(second);
        foreach (var signer in (Certificates[])[_authority, _authority, second, second, stranger, _authority])
        {
            using var certificate = signer.For("shop.test");
            var (result, _) = await ProbeAsync(certificate, roots);
            result.Outcome.ShouldBe(signer == stranger ? ProbeOutcome.Down : ProbeOutcome.Up, result.Message);
        }
    }

    [Fact]
    public async Task A_remembered_authority_does_not_excuse_an_expired_certificate_or_another_name()
    {
        var roots = _authority.Roots;
        using var good = _authority.For("shop.test");
        using var expired = _authority.For("shop.test", fromDays: -30, toDays: -2);
        using var other = _authority.For("other.test");
        (await ProbeAsync(good, roots)).Result.Outcome.ShouldBe(ProbeOutcome.Up);
        (await ProbeAsync(expired, roots)).Result.ShouldBeDown("certificate");
        (await ProbeAsync(good, roots)).Result.Outcome.ShouldBe(ProbeOutcome.Up);
        (await ProbeAsync(other, roots)).Result.ShouldBeDown("certificate");
    }

    [Fact]
    public async Task A_target_that_speaks_no_tls_is_tls()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var probing = Probe($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        (await probing).ShouldBeDown("tls");
    }

    private async Task<(ProbeCompleted Result, string Request)> ProbeAsync(
        System.Security.Cryptography.X509Certificates.X509Certificate2 certificate,
        TrustedRoots roots,
        string host = "shop.test"
    )
    {
        await using var server = TestServer.Answering(TestServer.Ok(), tls: certificate);
        var context = Context with { Roots = roots, Resolve = Names("127.0.0.1") };
        var result = await Probe(new HttpSettings($"https://{host}:{server.Port}/"), context);
        return (result, server.LastRequest);
    }
}
