using Torch.Contracts;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

public class HttpRedirectTests
{
    private static string To(string location, int code = 302) =>
        TestServer.Ok("", $"{code} Elsewhere", $"Location: {location}\r\n");

    [Fact]
    public async Task Redirects_are_followed_and_counted()
    {
        await using var server = TestServer.Answering(
            (stream, request, token) =>
                Say(
                    stream,
                    request.StartsWith("GET /a ") ? To("/b?x=1")
                        : request.StartsWith("GET /b?x=1 ") ? To("c", 301)
                        : TestServer.Ok("there"),
                    token
                )
        );
        var result = await Probe(new HttpSettings(server.Url + "a", FollowRedirects: 2));
        result.ShouldBeUp();
        result.Text.ShouldBe("there");
        result.Measures!["redirects"].ShouldBe(2);
        server.Accepted.ShouldBe(3);

        (await Probe(new HttpSettings(server.Url + "a"))).ShouldBeDown("status_code");
        (await Probe(new HttpSettings(server.Url + "a", FollowRedirects: 1))).ShouldBeDown("redirect");
    }

    [Fact]
    public async Task A_loop_of_redirects_ends()
    {
        await using var server = TestServer.Answering(To("/"));
        (await Probe(new HttpSettings(server.Url, FollowRedirects: 20))).ShouldBeDown("redirect");
        server.Accepted.ShouldBe(21);
    }

    [Theory]
    [InlineData(301, "POST", "GET", false)]
    [InlineData(302, "POST", "GET", false)]
    [InlineData(303, "PUT", "GET", false)]
    [InlineData(302, "PUT", "PUT", true)]
    [InlineData(307, "POST", "POST", true)]
    [InlineData(308, "POST", "POST", true)]
    [InlineData(303, "HEAD", "HEAD", false)]
    public async Task The_code_says_how_to_ask_again(int code, string method, string then, bool withBody)
    {
        await using var server = TestServer.Answering(
            (stream, request, token) =>
                Say(
                    stream,
                    request.Contains(" /there ") ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" : To("/there", code),
                    token
                )
        );
        var body = method is "HEAD" ? null : "payload";
        (await Probe(new HttpSettings(server.Url, method, Body: body, FollowRedirects: 1))).ShouldBeUp();
        server.LastRequest.ShouldStartWith(then + " /there ");
        server.LastRequest.EndsWith("payload").ShouldBe(withBody);
    }

    [Fact]
    public async Task Credentials_and_headers_of_the_check_never_reach_another_origin()
    {
        await using var other = TestServer.Answering(TestServer.Ok());
        await using var server = TestServer.Answering(To($"http://user:secret@127.0.0.1:{other.Port}/#part"));
        var headers = new Dictionary<string, string>
        {
            ["X-Api-Key"] = "key",
            ["Cookie"] = "session",
            ["Host"] = "shop.test",
            ["Accept"] = "text/html",
        };
        var auth = new HttpAuth(new BasicAuth("anna", "secret"));
        (await Probe(new HttpSettings(server.Url, Headers: headers, Auth: auth, FollowRedirects: 3))).ShouldBeUp();

        server.LastRequest.ShouldContain("Authorization: Basic");
        server.LastRequest.ShouldContain("X-Api-Key: key");
        other.LastRequest.ShouldStartWith("GET / HTTP/1.1\r\n");
        other.LastRequest.ShouldContain("Accept: text/html");
        other.LastRequest.ShouldContain($"Host: 127.0.0.1:{other.Port}");
        foreach (var secret in (string[])["Authorization", "X-Api-Key", "Cookie", "shop.test"])
            other.LastRequest.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Credentials_stay_on_the_way_within_one_origin()
    {
        await using var server = TestServer.Answering(
            (stream, request, token) => Say(stream, request.Contains(" /b ") ? TestServer.Ok() : To("/b"), token)
        );
        var headers = new Dictionary<string, string> { ["X-Api-Key"] = "key" };
        var settings = new HttpSettings(server.Url, Headers: headers, Auth: new(Bearer: "abc"), FollowRedirects: 1);
        (await Probe(settings)).ShouldBeUp();
        server.LastRequest.ShouldContain("Authorization: Bearer abc");
        server.LastRequest.ShouldContain("X-Api-Key: key");
    }

    [Fact]
    public async Task A_body_is_not_sent_on_to_another_origin()
    {
        await using var other = TestServer.Answering(TestServer.Ok());
        await using var server = TestServer.Answering(To(other.Url, 307));
        var result = await Probe(new HttpSettings(server.Url, "POST", Body: "secret", FollowRedirects: 3));
        result.ShouldBeDown("redirect");
        other.Accepted.ShouldBe(0);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:70/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://")]
    public async Task Only_http_and_https_are_followed(string location)
    {
        await using var server = TestServer.Answering(To(location));
        (await Probe(new HttpSettings(server.Url, FollowRedirects: 3))).ShouldBeDown("redirect");
        server.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task The_phases_of_all_hops_add_up()
    {
        await using var server = TestServer.Answering(
            async (stream, request, token) =>
            {
                await Task.Delay(60, token);
                await Say(stream, request.Contains(" /b ") ? TestServer.Ok() : To("/b"), token);
            }
        );
        var result = await Probe(new HttpSettings(server.Url, FollowRedirects: 1));
        result.Latency.FirstByte!.Value.ShouldBeGreaterThan(110);
        result.Latency.Total.ShouldBeGreaterThanOrEqualTo(result.Latency.FirstByte.Value);
    }

    private static Task Say(Stream stream, string answer, CancellationToken token) =>
        stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(answer), token).AsTask();
}
