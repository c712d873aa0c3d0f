using System.Net;
using System.Net.Sockets;
using System.Text;
using Torch.Contracts;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

public sealed class HttpOptionTests : IDisposable
{
    private readonly Certificates _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_user_and_a_password_or_a_token_say_who_asks()
    {
        await using var server = TestServer.Answering(TestServer.Ok());
        var basic = new HttpAuth(new BasicAuth("änne", "pass:word"));
        (await Probe(new HttpSettings(server.Url, Auth: basic))).ShouldBeUp();
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes("änne:pass:word"));
        server.LastRequest.ShouldContain($"Authorization: Basic {credentials}\r\n");

        (await Probe(new HttpSettings(server.Url, Auth: new HttpAuth(Bearer: "abc.def")))).ShouldBeUp();
        server.LastRequest.ShouldContain("Authorization: Bearer abc.def\r\n");
    }

    [Theory]
    [InlineData("^nginx", null)]
    [InlineData("^apache", "header")]
    public async Task Headers_are_judged_by_their_patterns(string pattern, string? cause)
    {
        await using var server = TestServer.Answering(TestServer.Ok(headers: "Server: nginx/1.22\r\n"));
        var expect = new HttpExpectation(Headers: new Dictionary<string, string> { ["server"] = pattern });
        (await Probe(server.Url, expect)).Cause.ShouldBe(cause);
    }

    [Fact]
    public async Task A_header_that_is_not_there_is_header()
    {
        await using var server = TestServer.Answering(TestServer.Ok());
        var expect = new HttpExpectation(Headers: new Dictionary<string, string> { ["X-Cache"] = ".*" });
        var result = await Probe(server.Url, expect);
        result.ShouldBeDown("header");
        result.Message!.ShouldContain("X-Cache");
    }

    [Theory]
    [InlineData("$.db.state", "up", null, null)]
    [InlineData("db.state", "down", null, "json")]
    [InlineData("$.disks[1].free", "20", null, null)]
    [InlineData("$.disks[0].free", null, "^1[0-9]$", null)]
    [InlineData("$.disks[0].free", null, "^2", "json")]
    [InlineData("$.disks[7].free", "20", null, "json")]
    public async Task A_value_of_a_json_body_is_judged_by_its_path(
        string path,
        string? equals,
        string? matches,
        string? cause
    )
    {
        const string body = """{"db":{"state":"up"},"disks":[{"free":10},{"free":20}]}""";
        await using var server = TestServer.Answering(TestServer.Ok(body));
        var expect = new HttpExpectation(Json: [new JsonExpectation(path, equals, matches)]);
        (await Probe(server.Url, expect)).Cause.ShouldBe(cause);
    }

    [Theory]
    [InlineData(100_000, 100_000, null)]
    [InlineData(100_001, 100_000, "body")]
    [InlineData(1, 0, "body")]
    public async Task A_body_that_is_too_large_is_body(int bytes, int most, string? cause)
    {
        await using var server = TestServer.Answering(TestServer.Ok(new string('x', bytes)));
        var result = await Probe(server.Url, new HttpExpectation(MaxBodyBytes: most));
        result.Cause.ShouldBe(cause, result.Message);
        result.BodyBytes.ShouldBe(bytes);
    }

    [Fact]
    public async Task No_more_of_a_body_is_read_than_the_check_says()
    {
        await using var server = TestServer.Answering(TestServer.Ok("0123456789"));
        var settings = new HttpSettings(
            server.Url,
            MaxBodyBytes: 4,
            Expect: new HttpExpectation(BodyMatches: "^0123$")
        );
        var result = await Probe(settings);
        result.ShouldBeUp();
        result.Text.ShouldBe("0123");
        result.BodyBytes.ShouldBe(10);
    }

    [Theory]
    [InlineData("shop.test", 14.0, null)]
    [InlineData("shop.test", 31.0, "certificate")]
    public async Task A_certificate_that_expires_too_soon_is_certificate(string name, double days, string? cause)
    {
        using var certificate = _authority.For(name);
        await using var server = TestServer.Answering(TestServer.Ok(), tls: certificate);
        var context = Context with { Roots = _authority.Roots, Resolve = Names("127.0.0.1") };
        var settings = new HttpSettings(
            $"https://{name}:{server.Port}/",
            Expect: new HttpExpectation(CertificateDaysLeft: days)
        );
        (await Probe(settings, context)).Cause.ShouldBe(cause);
    }

    [Fact]
    public async Task A_certificate_can_be_ignored_and_its_facts_are_kept()
    {
        using var certificate = _authority.For("other.test", fromDays: -30, toDays: -2);
        await using var server = TestServer.Answering(TestServer.Ok(), tls: certificate);
        var url = $"https://127.0.0.1:{server.Port}/";
        (await Probe(new HttpSettings(url))).ShouldBeDown("certificate");

        var result = await Probe(new HttpSettings(url, IgnoreCertificate: true));
        result.ShouldBeUp();
        result.Certificate!.Subject.ShouldBe("CN=other.test");
        result.Texts!["tlsCipher"].ShouldStartWith("TLS_");
    }

    [Fact]
    public async Task The_server_name_is_asked_for_and_the_host_stays_that_of_the_url()
    {
        using var certificate = _authority.For("inner.test");
        await using var server = TestServer.Answering(TestServer.Ok(), tls: certificate);
        var context = Context with { Roots = _authority.Roots };
        var result = await Probe(
            new HttpSettings($"https://127.0.0.1:{server.Port}/", ServerName: "inner.test"),
            context
        );
        result.ShouldBeUp();
        server.LastRequest.ShouldContain("Host: 127.0.0.1:");
    }

    [Theory]
    [InlineData("ipv4", null)]
    [InlineData("any", null)]
    [InlineData("ipv6", "refused")]
    public async Task One_family_of_addresses_can_be_asked_for(string family, string? cause)
    {
        await using var server = TestServer.Answering(TestServer.Ok());
        var context = Context with { Resolve = Names("::1", "127.0.0.1") };
        var settings = new HttpSettings($"http://shop.test:{server.Port}/", AddressFamily: family);
        (await Probe(settings, context)).Cause.ShouldBe(cause);
    }

    [Fact]
    public async Task A_name_without_an_address_of_the_family_is_dns()
    {
        var context = Context with { Resolve = Names("127.0.0.1") };
        (await Probe(new HttpSettings("http://shop.test/", AddressFamily: "ipv6"), context)).ShouldBeDown("dns");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_proxy_is_asked_for_a_tunnel_to_a_checked_address(bool isTls)
    {
        using var certificate = _authority.For("shop.test");
        await using var server = TestServer.Answering(TestServer.Ok(), tls: isTls ? certificate : null);
        string asked = "";
        await using var proxy = TestProxy(line => asked = line);
        var context = Context with { Roots = _authority.Roots, Resolve = Names("127.0.0.1") };
        var url = $"{(isTls ? "https" : "http")}://shop.test:{server.Port}/";
        var result = await Probe(new HttpSettings(url, Proxy: $"http://127.0.0.1:{proxy.Port}"), context);

        result.ShouldBeUp();
        asked.ShouldBe($"CONNECT 127.0.0.1:{server.Port} HTTP/1.1");
        server.LastRequest.ShouldContain("Host: shop.test:");
    }

    [Theory]
    [InlineData("HTTP/1.1 403 No\r\n\r\n", "local")]
    [InlineData("HTTP/1.1 407 Who\r\n\r\n", "local")]
    [InlineData("HTTP/1.1 502 Bad\r\n\r\n", "unreachable")]
    [InlineData("nonsense\r\n\r\n", "local")]
    public async Task A_proxy_s_own_refusal_is_not_held_against_the_target(string answer, string cause)
    {
        await using var proxy = TestServer.Answering(answer);
        var settings = new HttpSettings("http://127.0.0.1:9/", Proxy: $"http://127.0.0.1:{proxy.Port}");
        (await Probe(settings)).Cause.ShouldBe(cause);
    }

    [Fact]
    public async Task A_proxy_that_breaks_off_or_is_not_reached_in_time_is_not_held_against_the_target()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptSocketAsync();
            await client.ReceiveAsync(new byte[4096]);
            client.LingerState = new LingerOption(true, 0);
        });
        var broken = await Probe(new HttpSettings("http://127.0.0.1:9/", Proxy: $"http://{listener.LocalEndpoint}"));
        await serving;
        broken.ShouldBeInconclusive();
        broken.Message.ShouldBe("The proxy broke off the connection.");

        var never = new TaskCompletionSource<IPAddress[]>();
        var context = Context with { Resolve = (_, _) => never.Task };
        var silent = await Probe(
            new HttpSettings("http://127.0.0.1:9/", Proxy: "http://proxy.test:3128"),
            context,
            200
        );
        silent.ShouldBeInconclusive();
    }

    private static TestListener TestProxy(Action<string> asked) =>
        TestListener.Talking(async dialogue =>
        {
            var line = await dialogue.LineAsync();
            asked(line);
            while ((await dialogue.LineAsync()).Length > 0)
                continue;
            using var target = new System.Net.Sockets.TcpClient();
            await target.ConnectAsync(IPEndPoint.Parse(line.Split(' ')[1]), dialogue.Token);
            await dialogue.SayAsync("HTTP/1.1 200 Connected\r\n\r\n");
            var stream = target.GetStream();
            await Task.WhenAny(
                dialogue.Stream.CopyToAsync(stream, dialogue.Token),
                stream.CopyToAsync(dialogue.Stream, dialogue.Token)
            );
        });
}
