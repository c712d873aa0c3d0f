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
