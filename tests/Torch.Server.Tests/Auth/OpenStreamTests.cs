using System.Diagnostics;
using System.Net;
using Torch.Testing;

namespace Torch.Server.Tests.Auth;

/// <summary>Answers that do not end, and when they do after all.</summary>
[Collection(AccountFixture.Name)]
public sealed class OpenStreamTests(AccountFixture fixture)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TorchFactory _torch = fixture.Torch;

    public static TheoryData<string> Streams => ["/api/v1/stream", "/api/v1/events/follow"];

    private readonly HttpClient _admin = fixture.Admin;

    /// <summary>Opens it, and answers a task that ends with it. What it says meanwhile is not looked at.</summary>
    private static async Task<Task> OpenAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return Task.Run(async () =>
        {
            using (answer)
                await answer.Content.CopyToAsync(Stream.Null);
        });
    }

    /// <summary>Opens it, and hands on what it says.</summary>
    private static async Task<StreamReader> ListenAsync(HttpClient client, string path) =>
        new(await client.GetStreamAsync(path));

    // Whatever was changed is in force everywhere by then, and every open stream has been looked at since.
    private static Task UntilInForceAsync() => Task.Delay(Promised);

    private async Task HearsOfNodesAsync(StreamReader stream, string name)
    {
        var node = await _admin.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/nodes",
            $$"""{"name":"{{name}}"}"""
        );
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var line = await stream.ReadLineAsync(limit.Token);
            line.ShouldNotBeNull("the stream has ended");
            if (line.Contains(node.Text("id"), StringComparison.Ordinal))
                return;
        }
    }

    private static async Task EndsAsync(Task stream) => await stream.WaitAsync(Patience);

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_ends_when_its_key_is_revoked(string path)
    {
        var (id, key) = await _admin.AddKeyAsync(new { name = "dashboard" + path, scopes = new[] { "read" } });
        using var client = _torch.Client(key);
        var stream = await OpenAsync(client, path);

        await _admin.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/keys/{id}");

        await EndsAsync(stream);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_ends_when_its_key_expires(string path)
    {
        var expiresAt = DateTimeOffset.UtcNow.AddSeconds(3);
        var (_, key) = await _admin.AddKeyAsync(
            new
            {
                name = "brief" + path,
                scopes = new[] { "read" },
                expiresAt,
            }
        );
        using var client = _torch.Client(key);
        var stream = await OpenAsync(client, path);

        await EndsAsync(stream);

        DateTimeOffset.UtcNow.ShouldBeGreaterThanOrEqualTo(expiresAt);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_ends_when_somebody_revokes_its_session_and_no_other_does(string path)
    {
        var name = "grace" + path.Length;
        await _admin.AddPersonAsync(name, "viewer");
        using var first = _torch.Browser(await _torch.SignInAsync(name));
        using var second = _torch.Browser(await _torch.SignInAsync(name));
        var (ends, stays) = (await OpenAsync(first, path), await OpenAsync(second, path));
        var own = (await first.FetchAsync("/api/v1/sessions"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(s => s.GetProperty("current").GetBoolean());

        (await _admin.SendAsync("DELETE", $"/api/v1/sessions/{own.Text("id")}")).IsSuccessStatusCode.ShouldBeTrue();

        await EndsAsync(ends);
        stays.IsCompleted.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_ends_with_its_account(string path)
    {
        var name = "linus" + path.Length;
        var id = await _admin.AddPersonAsync(name, "editor");
        using var browser = _torch.Browser(await _torch.SignInAsync(name));
        var stream = await OpenAsync(browser, path);

        (await _admin.SendAsync("DELETE", $"/api/v1/people/{id}")).IsSuccessStatusCode.ShouldBeTrue();

        await EndsAsync(stream);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task Who_loses_a_right_but_not_that_to_read_goes_on_listening_and_changes_nothing_more(string path)
    {
        var name = "rosa" + path.Length;
        var id = await _admin.AddPersonAsync(name, "editor");
        using var browser = _torch.Browser(await _torch.SignInAsync(name));
        using var stream = await ListenAsync(browser, path);
        await HearsOfNodesAsync(stream, name + " edits");

        await _admin.ExpectAsync(HttpStatusCode.OK, "PATCH", $"/api/v1/people/{id}", """{"role":"viewer"}""");
        await UntilInForceAsync();

        await browser.ExpectAsync(HttpStatusCode.Forbidden, "POST", "/api/v1/nodes", """{"name":"No more"}""");
        await HearsOfNodesAsync(stream, name + " only views");
    }

    [Fact]
    public async Task An_editor_of_another_hierarchy_goes_on_listening_and_edits_there()
    {
        var roots = new List<string>();
        foreach (var root in new[] { "before", "afterwards" })
            roots.Add(
                (await _admin.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", Node(root))).Text("id")
            );
        var id = await _admin.AddPersonAsync("henri", "editor", roots[0]);
        using var browser = _torch.Browser(await _torch.SignInAsync("henri"));
        using var stream = await ListenAsync(browser, "/api/v1/stream");
        await browser.ExpectAsync(HttpStatusCode.OK, "PATCH", $"/api/v1/nodes/{roots[0]}", Node("before, his"));

        await _admin.ExpectAsync(
            HttpStatusCode.OK,
            "PATCH",
            $"/api/v1/people/{id}",
            $$"""{"hierarchies":["{{roots[1]}}"]}"""
        );
        await UntilInForceAsync();

        await browser.ExpectAsync(HttpStatusCode.Forbidden, "PATCH", $"/api/v1/nodes/{roots[0]}", Node("still his"));
        await browser.ExpectAsync(HttpStatusCode.OK, "PATCH", $"/api/v1/nodes/{roots[1]}", Node("afterwards, his"));
        await HearsOfNodesAsync(stream, "after all that");

        static string Node(string name) => $$"""{"name":"{{name}}"}""";
    }

    [Fact]
    public async Task A_stream_ends_when_its_key_may_not_read_any_more_and_not_when_it_loses_something_else()
    {
        var (id, key) = await _admin.AddKeyAsync(new { name = "changing", scopes = new[] { "admin" } });
        using var client = _torch.Client(key);
        using var stream = await ListenAsync(client, "/api/v1/stream");

        await _admin.ExpectAsync(HttpStatusCode.OK, "PATCH", $"/api/v1/keys/{id}", """{"scopes":["read"]}""");
        await UntilInForceAsync();
        await client.ExpectAsync(HttpStatusCode.Forbidden, "GET", "/api/v1/people");
        await HearsOfNodesAsync(stream, "still read");

        await _admin.ExpectAsync(HttpStatusCode.OK, "PATCH", $"/api/v1/keys/{id}", """{"scopes":["ingest"]}""");
        await EndsAsync(stream.ReadToEndAsync());
    }

    [Fact]
    public async Task An_open_stream_prolongs_no_session()
    {
        var id = await _admin.AddPersonAsync("idle", "viewer");
        using var browser = _torch.Browser(await _torch.SignInAsync("idle"));
        var stream = await OpenAsync(browser, "/api/v1/stream");

        // An hour without a request is the end of a session; it is almost over.
        await _torch.Database.ExecuteAsync(
            $"update torch_auth.sessions set seen_at = now() - interval '59 minutes 53 seconds' where principal = 'person:{id}'"
        );

        await EndsAsync(stream);
        (await browser.GetAsync("/api/v1/trees")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_that_begins_five_seconds_later_on_any_server()
    {
        await using var beside = await TorchFactory.StartBesideAsync(_torch);
        var (id, key) = await _admin.AddKeyAsync(new { name = "script", scopes = new[] { "read" } });
        using var client = beside.Client(key);
        await Eventually.IsTrueAsync(async () => (await client.GetAsync("/api/v1/trees")).IsSuccessStatusCode);

        await _admin.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/keys/{id}");
        var revoked = Stopwatch.GetTimestamp();

        var lastOpened = TimeSpan.Zero;
        await Eventually.IsTrueAsync(async () =>
        {
            var begun = Stopwatch.GetElapsedTime(revoked);
            var opens = (await client.GetAsync("/api/v1/trees")).IsSuccessStatusCode;
            lastOpened = opens ? begun : lastOpened;
            return !opens;
        });
        lastOpened.ShouldBeLessThan(Promised);
    }
}
