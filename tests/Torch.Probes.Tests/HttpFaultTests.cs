using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Torch.Contracts;
using Torch.Testing;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

public class HttpFaultTests
{
    [Fact]
    public async Task A_name_without_an_address_is_dns()
    {
        var result = await Probe("http://no-such-host.invalid/");
        result.ShouldBeDown("dns");
        result.Latency.Connect.ShouldBeNull();
    }

    [Fact]
    public async Task A_resolver_that_says_no_such_host_is_dns()
    {
        var context = Context with { Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound) };
        (await Probe(new HttpSettings("http://gone.test/"), context)).ShouldBeDown("dns");
    }

    [Fact]
    public async Task A_resolver_that_is_away_is_our_own_fault()
    {
        var context = Context with { Resolve = (_, _) => throw new SocketException((int)SocketError.TryAgain) };
        (await Probe(new HttpSettings("http://shop.test/"), context)).ShouldBeInconclusive();
    }

    [Fact]
    public async Task A_resolver_that_never_answers_is_our_own_fault_and_ends_in_time()
    {
        var never = new TaskCompletionSource<IPAddress[]>();
        var context = Context with { Resolve = (_, _) => never.Task };
        (await InTime(new HttpSettings("http://shop.test/"), 200, context)).ShouldBeInconclusive();
    }

    [Fact]
    public async Task A_resolver_that_never_answers_for_where_a_redirect_leads_is_our_own_fault()
    {
        await using var server = TestServer.Answering(
            "HTTP/1.1 302 Found\r\nLocation: http://other.test/\r\nContent-Length: 0\r\n\r\n"
        );
        var never = new TaskCompletionSource<IPAddress[]>();
        var context = Context with { Resolve = (_, _) => never.Task };
        (await InTime(new HttpSettings(server.Url, FollowRedirects: 3), 500, context)).ShouldBeInconclusive();
    }

    [Fact]
    public async Task Who_was_held_up_beyond_the_timeout_holds_nothing_against_the_target()
    {
        var time = new SkippingTime();
        await using var server = TestListener.Talking(_ =>
        {
            time.Skip(TimeSpan.FromMinutes(1));
            return Task.CompletedTask;
        });
        var result = await Probe(new HttpSettings($"http://127.0.0.1:{server.Port}/"), Context with { Time = time });
        result.ShouldBeInconclusive();
        result.Message!.ShouldContain("held up");
    }

    [Fact]
    public async Task A_closed_port_is_refused()
    {
        var result = await Probe($"http://127.0.0.1:{FreePort()}/");
        result.ShouldBeDown("refused");
        result.Address.ShouldBe("127.0.0.1");
        result.Latency.Connect.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_answer_cut_by_a_reset_is_reset()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptSocketAsync();
            await client.ReceiveAsync(new byte[4096]);
            client.LingerState = new LingerOption(true, 0);
        });
        (await Probe($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/")).ShouldBeDown("reset");
        await serving;
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")]
    public async Task An_answer_that_ends_early_is_reset_and_asked_for_once(string raw)
    {
        await using var server = TestServer.Answering(raw);
        (await Probe(server.Url)).ShouldBeDown("reset");
        server.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_http_is_protocol()
    {
        await using var server = TestServer.Answering("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        (await Probe(server.Url)).ShouldBeDown("protocol");
    }

    [Fact]
    public async Task A_body_that_is_not_what_its_encoding_says_is_protocol()
    {
        await using var server = TestServer.Answering(TestServer.Ok("no gzip", headers: "Content-Encoding: gzip\r\n"));
        (await Probe(server.Url)).ShouldBeDown("protocol");
    }

    [Fact]
    public async Task Endless_headers_are_protocol()
    {
        await using var server = TestServer.Answering(
            async (stream, _, token) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), token);
                var line = Encoding.ASCII.GetBytes($"X-Pad: {new string('x', 1000)}\r\n");
                while (true)
                    await stream.WriteAsync(line, token);
            }
        );
        (await InTime(new HttpSettings(server.Url), 3000)).ShouldBeDown("protocol");
    }

    [Fact]
    public async Task A_silent_target_ends_at_the_timeout()
    {
        await using var server = TestServer.Answering((_, _, token) => Task.Delay(Timeout.Infinite, token));
        var result = await InTime(new HttpSettings(server.Url), 300);
        result.ShouldBeDown("timeout");
        result.Latency.Connect.ShouldNotBeNull();
        result.Latency.FirstByte.ShouldBeNull();
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Slow: ")]
    public async Task One_byte_at_a_time_ends_at_the_timeout(string start)
    {
        await using var server = TestServer.Answering(
            async (stream, _, token) =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(start), token);
                while (true)
                {
                    await stream.WriteAsync("x"u8.ToArray(), token);
                    await Task.Delay(50, token);
                }
            }
        );
        (await InTime(new HttpSettings(server.Url), 400)).ShouldBeDown("timeout");
    }

    [Fact]
    public async Task An_endless_body_is_read_to_the_cap_and_no_further()
    {
        await using var server = TestServer.Answering(
            async (stream, _, token) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), token);
                while (true)
                    await stream.WriteAsync(new byte[16384], token);
            }
        );
        var result = await InTime(new HttpSettings(server.Url), 3000);
        result.Outcome.ShouldBe(ProbeOutcome.Up, result.Message);
        result.BodyBytes.ShouldBe(64 * 1024);
    }

    [Fact]
    public async Task A_cancelled_probe_has_no_result()
    {
        await using var server = TestServer.Answering((_, _, token) => Task.Delay(Timeout.Infinite, token));
        using var stop = new CancellationTokenSource(100);
        await Should.ThrowAsync<OperationCanceledException>(() =>
            Probe(new HttpSettings(server.Url), token: stop.Token)
        );
    }

    [Fact]
    public async Task A_kind_without_a_probe_is_our_own_fault()
    {
        var run = new RunProbe(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            CheckKind.Report,
            TimeSpan.FromSeconds(1),
            new ProbeSettings()
        );
        (await ProbeRegistry.RunAsync(run, Context, default)).ShouldBeInconclusive();
    }

    private static async Task<ProbeCompleted> InTime(HttpSettings settings, int timeoutMs, ProbeContext? context = null)
    {
        var clock = Stopwatch.StartNew();
        var result = await Probe(settings, context, timeoutMs);
        clock.ElapsedMilliseconds.ShouldBeLessThan(timeoutMs + 1000);
        return result;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
