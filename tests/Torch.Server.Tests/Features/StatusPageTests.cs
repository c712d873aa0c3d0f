using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

/// <summary>What strangers see: what somebody published, and nothing else.</summary>
public sealed class StatusPageTests(KeyedFixture fixture) : IClassFixture<KeyedFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_published_page_is_open_to_everybody_with_labels_history_and_a_feed()
    {
        using var client = fixture.Torch.Client(KeyedFixture.Key);
        using var stranger = fixture.Torch.Client();
        var world = new NodeWorld(client);
        var (leaf, source) = await world.LeafAsync("db-17.internal <b>");
        var page = await CreateAsync(client, "shop", leaf, published: true);
        await world.ReportAsync(source, "down");
        await Eventually.IsTrueAsync(
            async () =>
                await stranger.FetchAsync("/status/shop/status.json") is var shown
                && shown.Text("status") == "down"
                && shown.Many("incidents").Count == 1,
            Limit
        );
        var html = await stranger.GetStringAsync("/status/shop");
        html.ShouldContain("Payments &amp; co");
        html.ShouldNotContain("internal");
        html.ShouldNotContain(leaf);
        html.ShouldNotContain("<b>");
        // What runs comes from the server alone, and the page is whole without it.
        html.Split("<script").Length.ShouldBe(2);
        html.ShouldContain("<script src=\"/status/page.js\" defer></script>");
        (await stranger.GetStringAsync("/status/page.js")).ShouldContain("DOMParser");
        (await stranger.GetStringAsync("/status/page.css")).ShouldContain("prefers-color-scheme: dark");
        var status = await stranger.FetchAsync("/status/shop/status.json");
        status.Text("status").ShouldBe("down");
        status.Many("entries")[0].Many("days").Count.ShouldBe(90);
        var feed = XDocument.Parse(await stranger.GetStringAsync("/status/shop/feed.atom"));
        XNamespace atom = "http://www.w3.org/2005/Atom";
        feed.Root!.Elements(atom + "entry").Single().Element(atom + "title")!.Value.ShouldBe("Payments & co is down");
        var badge = XDocument.Parse(await stranger.GetStringAsync($"/badge/{leaf}/status.svg"));
        badge.Root!.Attribute("aria-label")!.Value.ShouldBe("status: down");
        XDocument
            .Parse(await stranger.GetStringAsync($"/badge/{leaf}/uptime.svg?days=7&label=<x>"))
            .Root!.ShouldNotBeNull();
        await client.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/status-pages/{page}");
        await Eventually.IsTrueAsync(
            async () => await StatusAsync(stranger, "/status/shop") == HttpStatusCode.NotFound,
            Limit
        );
        (await StatusAsync(stranger, $"/badge/{leaf}/status.svg")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Several_causes_at_one_time_are_told_once()
    {
        using var client = fixture.Torch.Client(KeyedFixture.Key);
        var world = new NodeWorld(client);
        var group = await world.GroupAsync("payments");
        var leaves = new[] { await world.LeafAsync("api", group), await world.LeafAsync("queue", group) };
        await CreateAsync(client, "several", group, published: true);
        foreach (var (id, source) in leaves)
        {
            await world.ReportAsync(source, "down");
            await Eventually.IsTrueAsync(
                async () => (await client.FetchAsync($"/api/v1/incidents?node={id}")).Many("items").Count == 1,
                Limit
            );
        }
        (await client.FetchAsync($"/api/v1/incidents?node={group}")).Many("items").Count.ShouldBe(2);
        await Eventually.IsTrueAsync(
            async () =>
                (await client.FetchAsync("/status/several/status.json")).Many("incidents") is [var told]
                && told.Text("status") == "down",
            Limit
        );
    }

    [Fact]
    public async Task What_is_not_published_is_there_for_nobody_else()
    {
        using var client = fixture.Torch.Client(KeyedFixture.Key);
        using var stranger = fixture.Torch.Client();
        var (leaf, _) = await new NodeWorld(client).LeafAsync("hidden");
        await CreateAsync(client, "draft", leaf, published: false);
        foreach (
            var path in (string[])
                ["/status/draft", "/status/draft/feed.atom", $"/badge/{leaf}/status.svg", "/status/none"]
        )
            (await StatusAsync(stranger, path)).ShouldBe(HttpStatusCode.NotFound, path);
        using var badge = await client.SendAsync("GET", $"/badge/{leaf}/status.svg");
        badge.StatusCode.ShouldBe(HttpStatusCode.OK);
        // A proxy that kept it would give it to strangers.
        badge.Headers.CacheControl!.ToString().ShouldBe("no-store, private");
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/status/none");
        asked.Headers.TryAddWithoutValidation("Accept", "text/html,*/*;q=0.8");
        using var sentence = await stranger.SendAsync(asked);
        sentence.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await sentence.Content.ReadAsStringAsync()).ShouldContain("There is no status page here");
    }

    [Fact]
    public async Task What_leaves_a_page_is_gone_from_it_at_once()
    {
        using var client = fixture.Torch.Client(KeyedFixture.Key);
        using var stranger = fixture.Torch.Client();
        var (stays, _) = await new NodeWorld(client).LeafAsync("stays");
        var (leaves, _) = await new NodeWorld(client).LeafAsync("leaves");
        var both =
            $$"""{"slug":"both","title":"Both","published":true,"entries":[{"nodeId":"{{stays}}"},{"nodeId":"{{leaves}}"}]}""";
        var made = await client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/status-pages", both);
        await client.FetchAsync("/api/v1/status-pages", made.Number("position"));
        (await stranger.FetchAsync("/status/both/status.json")).Many("entries").Count.ShouldBe(2);
        (await StatusAsync(stranger, $"/badge/{leaves}/status.svg")).ShouldBe(HttpStatusCode.OK);

        var one = $$"""{"slug":"both","title":"Both","published":true,"entries":[{"nodeId":"{{stays}}"}]}""";
        var changed = await client.ExpectAsync(
            HttpStatusCode.OK,
            "PUT",
            $"/api/v1/status-pages/{made.Text("id")}",
            one
        );
        await client.FetchAsync("/api/v1/status-pages", changed.Number("position"));
        var shown = await stranger.FetchAsync("/status/both/status.json");
        shown.Many("entries").Single().Text("label").ShouldBe("stays");
        (await StatusAsync(stranger, $"/badge/{leaves}/status.svg")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Two_pages_of_one_address_are_refused()
    {
        using var client = fixture.Torch.Client(KeyedFixture.Key);
        var (leaf, _) = await new NodeWorld(client).LeafAsync("twice");
        await CreateAsync(client, "twice", leaf, published: true);
        var problem = await client.ExpectAsync(
            HttpStatusCode.Conflict,
            "POST",
            "/api/v1/status-pages",
            Body("twice", leaf, true)
        );
        problem.Text("type").ShouldEndWith("status_page_exists");
        await client.ExpectAsync(
            HttpStatusCode.UnprocessableEntity,
            "POST",
            "/api/v1/status-pages",
            Body("Not An Address", leaf, true)
        );
    }

    [Fact]
    public async Task Metrics_tell_strangers_nothing_of_checks_and_readers_the_last_result_of_each()
    {
        using var client = fixture.Torch.Client(KeyedFixture.Key);
        using var stranger = fixture.Torch.Client();
        (await stranger.GetStringAsync("/metrics")).ShouldNotContain("probe_success");
        var text = await client.GetStringAsync("/metrics");
        text.ShouldContain("# TYPE probe_success gauge");
        text.ShouldContain("torch_incidents_open ");
        text.ShouldContain("# TYPE torch_reports_accepted_total counter");
        text.ShouldNotContain("# EOF");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text; version=1.0.0");
        using var response = await client.SendAsync(request);
        var open = await response.Content.ReadAsStringAsync();
        open.ShouldEndWith("# EOF\n");
        open.ShouldContain("# TYPE torch_reports_accepted counter");
    }

    [Fact]
    public async Task The_log_can_be_followed_as_CloudEvents()
    {
        using var client = fixture.Torch.Client(KeyedFixture.Key);
        using var response = await client.GetAsync(
            "/api/v1/events/follow?types=node_created",
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var group = await new NodeWorld(client).GroupAsync("followed");
        using var reader = new StreamReader(
            await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)
        );
        string? line;
        do line = await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit);
        while (line is { Length: 0 } || (line is not null && !line.Contains(group)));
        var e = JsonDocument.Parse(line!).RootElement;
        (e.Text("specversion"), e.Text("type")).ShouldBe(("1.0", "node_created"));
    }

    [Fact]
    public async Task A_stream_of_events_ends_with_the_key_that_opened_it()
    {
        using var admin = fixture.Torch.Client(KeyedFixture.Key);
        var made = await admin.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/keys",
            """{"name":"follower","scopes":["read"]}"""
        );
        using var client = fixture.Torch.Client(made.Text("key"));
        using var response = await client.GetAsync(
            "/api/v1/events/follow",
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await admin.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/keys/{made.Text("id")}");
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
    }

    private static async Task<string> CreateAsync(HttpClient client, string slug, string node, bool published)
    {
        var made = await client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/status-pages",
            Body(slug, node, published)
        );
        await client.FetchAsync("/api/v1/status-pages", made.Number("position"));
        return made.Text("id");
    }

    private static string Body(string slug, string node, bool published) =>
        $$"""
            {"slug":"{{slug}}","title":"Shop","published":{{(published ? "true" : "false")}},
            "entries":[{"nodeId":"{{node}}","label":"Payments & co"}]}
            """;

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.SendAsync("GET", path);
        return response.StatusCode;
    }
}
