using System.IO.Compression;
using System.Text;
using Torch.Contracts;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

public sealed class FeedProbeTests
{
    private const string Devices = """
        [{"id":7,"name":"Printer","ip_address":"10.0.0.7","status":"online"},
         {"id":"cam-1","name":"Camera","ip_address":"10.0.0.8","status":"offline"},
         {"name":"nobody"},{"id":7,"name":"again"}]
        """;

    [Fact]
    public async Task A_list_of_devices_is_read_whatever_it_says_of_them()
    {
        await using var server = TestServer.Answering(TestServer.Ok(Devices));

        var result = await AskAsync(new FeedSettings(server.Url));

        result.ShouldBeUp();
        result.Items.ShouldBe([
            new FeedItem("7", "Printer", "online", "10.0.0.7"),
            new FeedItem("cam-1", "Camera", "offline", "10.0.0.8"),
        ]);
        (result.Measures!["feed.items"], result.Measures["feed.skipped"]).ShouldBe((2, 2));
        result.Text.ShouldBeNull();
    }

    [Fact]
    public async Task Its_place_its_fields_its_words_and_credentials_are_those_of_the_check()
    {
        const string body = """{"data":[{"list":[{"key":"a","label":"A","state":"OK","addr":"::1"}]}]}""";
        await using var server = TestServer.Answering(TestServer.Ok(body));
        var feed = new FeedSettings(
            server.Url,
            new Dictionary<string, string> { ["X-Site"] = "one" },
            new HttpAuth(Bearer: "secret-token"),
            "$.data[0].list",
            "key",
            "label",
            "state",
            "addr",
            new Dictionary<string, string> { ["ok"] = "up" }
        );

        var result = await AskAsync(feed);

        result.Items.ShouldBe([new FeedItem("a", "A", "up", "::1")]);
        server.LastRequest.ShouldContain("Authorization: Bearer secret-token");
        server.LastRequest.ShouldContain("X-Site: one");
    }

    [Theory]
    [InlineData("not json", "$")]
    [InlineData("{\"devices\":{}}", "$.devices")]
    [InlineData("[]", "$.devices")]
    public async Task What_holds_no_list_is_down(string body, string items)
    {
        await using var server = TestServer.Answering(TestServer.Ok(body));
        (await AskAsync(new FeedSettings(server.Url, Items: items))).ShouldBeDown("body");
    }

    [Fact]
    public async Task An_answer_that_is_no_success_is_down()
    {
        await using var server = TestServer.Answering(TestServer.Ok("[]", "503 Service Unavailable"));
        (await AskAsync(new FeedSettings(server.Url))).ShouldBeDown("status_code");
    }

    [Fact]
    public async Task At_most_5_000_devices_are_taken()
    {
        var body = "[" + string.Join(',', Enumerable.Range(0, 5_100).Select(i => $$"""{"id":{{i}}}""")) + "]";
        await using var server = TestServer.Answering(TestServer.Ok(body));

        var result = await AskAsync(new FeedSettings(server.Url));

        result.Items!.Count.ShouldBe(5_000);
        result.Measures!["feed.skipped"].ShouldBe(100);
    }

    [Fact]
    public async Task A_list_that_unpacks_to_more_than_4_MiB_is_not_read_to_its_end()
    {
        var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (var i = 0; i < 64; i++)
                await zip.WriteAsync(Encoding.ASCII.GetBytes(new string(' ', 1024 * 1024)));
        await using var server = TestServer.Answering(
            async (stream, _, token) =>
            {
                var head = $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), token);
                await stream.WriteAsync(packed.ToArray(), token);
            }
        );

        var result = await AskAsync(new FeedSettings(server.Url));

        result.ShouldBeDown("body");
        result.BodyBytes!.Value.ShouldBeLessThan(5 * 1024 * 1024);
    }

    private static Task<ProbeCompleted> AskAsync(FeedSettings feed) =>
        Run(CheckKind.Feed, new ProbeSettings(Feed: feed));
}
