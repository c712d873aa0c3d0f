using System.IO.Compression;
using System.Text;
using Torch.Contracts;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

public class HttpProbeTests
{
    [Fact]
    public async Task A_good_answer_is_up_with_code_headers_text_and_phases()
    {
        await using var server = TestServer.Answering(
            TestServer.Ok(
                "hello",
                headers: "X-Served-By: a\r\nSet-Cookie: s=1\r\nDate: Sat, 21 Nov 2026 05:00:00 GMT\r\nAge: 3\r\nWWW-Authenticate: Basic\r\n"
            )
        );
        var result = await Probe(new HttpSettings(server.Url), Context with { Resolve = Names("127.0.0.1") });

        result.Outcome.ShouldBe(ProbeOutcome.Up);
        result.Cause.ShouldBeNull();
        result.StatusCode.ShouldBe(200);
        result.HttpVersion.ShouldBe("1.1");
        result.Address.ShouldBe("127.0.0.1");
        result.Text.ShouldBe("hello");
        result.BodyBytes.ShouldBe(5);
        result.Agent.ShouldBe("test-agent");
        result.Headers!.Keys.ShouldBe(["x-served-by", "content-length"], ignoreOrder: true);
    }

    [Fact]
    public async Task Phases_add_up_to_what_they_measure()
    {
        await using var server = TestServer.Answering(
            async (stream, _, token) =>
            {
                await Task.Delay(100, token);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na"u8.ToArray(), token);
                await Task.Delay(150, token);
                await stream.WriteAsync("b"u8.ToArray(), token);
            }
        );
        var context = Context with { Resolve = Names("127.0.0.1") };
        var latency = (await Probe(new HttpSettings($"http://shop.test:{server.Port}/"), context)).Latency;

        latency.Resolve.ShouldNotBeNull();
        latency.Connect!.Value.ShouldBeGreaterThan(0);
        latency.Tls.ShouldBeNull();
        latency.FirstByte!.Value.ShouldBeInRange(90, 2000);
        latency.Transfer!.Value.ShouldBeInRange(140, 2000);
        var sum = latency.Resolve + latency.Connect + latency.FirstByte + latency.Transfer;
        latency.Total.ShouldBeGreaterThanOrEqualTo(sum!.Value - 5);
    }

    [Fact]
    public async Task Method_headers_and_body_reach_the_target_and_defaults_are_modest()
    {
        await using var server = TestServer.Answering(TestServer.Ok());
        var headers = new Dictionary<string, string> { ["X-Key"] = "grün", ["Content-Type"] = "text/plain" };
        (await Probe(new HttpSettings(server.Url + "a?b=c", "put", headers, "ping"))).Outcome.ShouldBe(ProbeOutcome.Up);

        server.LastRequest.ShouldStartWith("PUT /a?b=c HTTP/1.1\r\n");
        server.LastRequest.ShouldContain($"Host: 127.0.0.1:{server.Port}\r\n");
        server.LastRequest.ShouldContain("X-Key: grün\r\n");
        server.LastRequest.ShouldContain("Content-Type: text/plain\r\n");
        server.LastRequest.ShouldContain("User-Agent: Torch/");
        server.LastRequest.ShouldEndWith("\r\n\r\nping");
        server.LastRequest.ShouldNotContain("traceparent");
    }

    [Theory]
    [InlineData("X-A", "1\r\nX-Injected: 1")]
    [InlineData("X-A", "1\n2")]
    [InlineData("X-A\r\nX-Injected", "1")]
    [InlineData("Content-Length", "0")]
    [InlineData("Transfer-Encoding", "chunked")]
    public async Task A_header_that_could_forge_another_never_leaves(string name, string value)
    {
        await using var server = TestServer.Answering(TestServer.Ok());
        var settings = new HttpSettings(server.Url, Headers: new Dictionary<string, string> { [name] = value });
        (await Probe(settings)).ShouldBeInconclusive();
        server.Accepted.ShouldBe(0);
    }

    [Theory]
    [InlineData("404 Not Found", null, "status_code")]
    [InlineData("301 Moved", null, "status_code")]
    [InlineData("204 No Content", null, null)]
    [InlineData("404 Not Found", "404", null)]
    [InlineData("503 Busy", "200-299,500-599", null)]
    [InlineData("200 OK", "404", "status_code")]
    public async Task The_code_decides(string status, string? expected, string? cause)
    {
        await using var server = TestServer.Answering(TestServer.Ok("", status, "Location: /next\r\n"));
        var result = await Probe(server.Url, new HttpExpectation(expected?.Split(',')));
        result.Cause.ShouldBe(cause);
        result.StatusCode.ShouldBe(int.Parse(status[..3]));
        server.Accepted.ShouldBe(1);
    }

    [Theory]
    [InlineData("status.*ok", null, null)]
    [InlineData("^never$", null, "body")]
    [InlineData(null, "error", null)]
    [InlineData(null, "status", "body")]
    [InlineData("status", "ok", "body")]
    public async Task Patterns_decide_on_the_body(string? matches, string? doesNotMatch, string? cause)
    {
        await using var server = TestServer.Answering(TestServer.Ok("{\"status\": \"ok\"}"));
        (await Probe(server.Url, new HttpExpectation(null, matches, doesNotMatch))).Cause.ShouldBe(cause);
    }

    [Theory]
    [InlineData("(a)\\1", null)]
    [InlineData("(", null)]
    [InlineData(null, "2xx")]
    [InlineData(null, "500-400")]
    public async Task Settings_that_cannot_be_used_are_not_held_against_the_target(string? pattern, string? code)
    {
        await using var server = TestServer.Answering(TestServer.Ok());
        var expect = new HttpExpectation(code is null ? null : [code], pattern);
        (await Probe(server.Url, expect)).ShouldBeInconclusive();
    }

    [Theory]
    [InlineData("not a url")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("file:///etc/passwd")]
    public async Task Only_http_and_https_are_probed(string url) => (await Probe(url)).ShouldBeInconclusive();

    [Fact]
    public async Task Every_probe_opens_a_fresh_connection_and_keeps_no_cookie()
    {
        await using var server = TestServer.Answering(TestServer.Ok(headers: "Set-Cookie: seen=1\r\n"));
        for (var i = 0; i < 3; i++)
            (await Probe(server.Url)).Outcome.ShouldBe(ProbeOutcome.Up);
        server.Accepted.ShouldBe(3);
        server.LastRequest.ShouldNotContain("Cookie");
    }

    [Fact]
    public async Task Text_is_capped_at_4_KiB_and_fit_to_be_stored()
    {
        await using var server = TestServer.Answering(
            async (stream, _, token) =>
            {
                byte[] body = [.. "a\0b"u8, 0xED, 0xA0, 0x80, .. Encoding.UTF8.GetBytes(new string('é', 5000))];
                var head = $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n";
                await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body], token);
            }
        );
        var text = (await Probe(server.Url)).Text!;
        Encoding.UTF8.GetByteCount(text).ShouldBeInRange(4090, 4096);
        text.ShouldStartWith("a\uFFFDb");
        text.ShouldNotContain('\0');
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_decompression_bomb_is_read_no_further_than_64_KiB()
    {
        var bomb = Brotli(256 * 1024 * 1024);
        await using var server = TestServer.Answering(
            async (stream, _, token) =>
            {
                var head = $"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: {bomb.Length}\r\n\r\n";
                await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. bomb], token);
            }
        );
        (await Probe(server.Url)).Outcome.ShouldBe(ProbeOutcome.Up);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        (await Probe(server.Url)).BodyBytes.ShouldBe(64 * 1024);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(8 * 1024 * 1024);
    }

    [Fact]
    public async Task The_body_is_judged_after_decompression()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync("all is well"u8.ToArray());
        var raw = TestServer.Ok(Encoding.Latin1.GetString(packed.ToArray()), headers: "Content-Encoding: gzip\r\n");
        await using var server = TestServer.Answering(raw);
        var result = await Probe(server.Url, new HttpExpectation(BodyMatches: "^all is well$"));
        result.Outcome.ShouldBe(ProbeOutcome.Up, result.Message);
        result.Text.ShouldBe("all is well");
    }

    private static byte[] Brotli(int zeros)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var block = new byte[1024 * 1024];
            for (var i = 0; i < zeros / block.Length; i++)
                brotli.Write(block);
        }
        return packed.ToArray();
    }
}
