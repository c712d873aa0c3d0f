using System.Net;
using System.Text.Json;
using Torch.Server.Tests.Auth;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

[Collection(AccountFixture.Name)]
public sealed class AnnotationTests(AccountFixture fixture)
{
    private const string Deployed = """{"text":"v2.4.1 deployed"}""";
    private readonly HttpClient _admin = fixture.Admin;
    private readonly NodeWorld _world = new(fixture.Admin);

    [Fact]
    public async Task What_happened_to_a_node_happened_to_all_below_it_by_any_parent()
    {
        var (shop, rack) = (await _world.GroupAsync("Shop"), await _world.GroupAsync("Rack"));
        var till = await _world.GroupAsync("Till", shop);
        await _world.DoAsync("PUT", $"{NodeWorld.Nodes}/{till}/parents/{rack}", "{}");
        var leaf = await _world.GroupAsync("Printer", till);
        await AddAsync(
            shop,
            """{"text":"v2.4.1 deployed","link":"https://ci.example/241","at":"2026-01-31T08:00:00Z"}"""
        );
        await AddAsync(rack, """{"kind":"note","text":"New switch","at":"2026-01-31T09:00:00+01:00"}""");
        var last = await AddAsync(leaf, """{"text":"Firmware 7","at":"2026-01-31T10:00:00Z"}""");

        var seen = await ListAsync(leaf, last.Number("position"));

        seen.Select(a => $"{a.Text("nodeName")}: {a.Text("kind")} {a.Text("text")}")
            .ShouldBe(
                ["Printer: deploy Firmware 7", "Shop: deploy v2.4.1 deployed", "Rack: note New switch"],
                ignoreOrder: true
            );
        seen[0].Text("text").ShouldBe("Firmware 7");
        var deploy = seen.Single(a => a.Text("nodeId") == shop);
        (deploy.Text("link"), deploy.Text("at"), deploy.Text("by")).ShouldBe(
            ("https://ci.example/241", "2026-01-31T08:00:00Z", "ada")
        );
        seen.Single(a => a.Text("nodeId") == rack).Text("at").ShouldBe("2026-01-31T08:00:00Z");
        (await ListAsync(shop)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_list_is_cut_by_time_and_goes_on_page_by_page()
    {
        var node = await _world.GroupAsync("Shop");
        var position = 0L;
        foreach (var hour in (int[])[8, 9, 9, 10])
            position = (
                await AddAsync(node, $$"""{"text":"at {{hour}}","at":"2026-01-31T{{hour:00}}:00:00Z"}""")
            ).Number("position");

        var pages = new List<string>();
        var path = $"{NodeWorld.Nodes}/{node}/annotations?limit=1&from=2026-01-31T09:00:00Z";
        for (string? next = ""; next is not null; )
        {
            var page = await _admin.FetchAsync(path + next, position);
            pages.Add(page.Items().ShouldHaveSingleItem().Text("text"));
            next = page.GetProperty("next").GetString() is { } cursor ? $"&before={cursor}" : null;
        }

        pages.ShouldBe(["at 10", "at 9", "at 9"]);
        (await ListAsync(node, query: "&to=2026-01-31T09:00:00Z")).ShouldHaveSingleItem().Text("text").ShouldBe("at 8");
    }

    [Fact]
    public async Task Without_a_time_it_is_now_and_what_was_said_stands_in_the_audit_trail_after_it_is_gone()
    {
        var node = await _world.GroupAsync("Shop");
        var added = await AddAsync(node, Deployed);
        var seen = (await ListAsync(node, added.Number("position"))).ShouldHaveSingleItem();
        seen.Text("id").ShouldBe(added.Text("id"));
        seen.GetProperty("at").GetDateTimeOffset().ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));

        var removed = await _world.DoAsync("DELETE", $"/api/v1/annotations/{added.Text("id")}");

        (await ListAsync(node, removed.Number("position"))).ShouldBeEmpty();
        await _admin.ExpectAsync(HttpStatusCode.NotFound, "DELETE", $"/api/v1/annotations/{added.Text("id")}");
        var audit = (await _admin.FetchAsync($"/api/v1/audit?node={node}")).Items();
        audit.Take(2).Select(e => e.Text("type")).ShouldBe(["annotation_removed", "annotation_added"]);
        audit[0].GetProperty("subject").Text("name").ShouldBe("Shop");
        audit[0].GetProperty("before").GetProperty("annotation").Text("text").ShouldBe("v2.4.1 deployed");
        audit[1].GetProperty("after").GetProperty("annotation").Text("kind").ShouldBe("deploy");
    }

    [Theory]
    [InlineData("""{"text":" "}""", HttpStatusCode.BadRequest, "/text")]
    [InlineData("""{"text":"x","kind":"party"}""", HttpStatusCode.BadRequest, "/kind")]
    [InlineData("""{"text":"x","at":"2199-01-01T00:00:00Z"}""", HttpStatusCode.BadRequest, "/at")]
    [InlineData("""{"text":"x","link":"javascript:alert(1)"}""", HttpStatusCode.UnprocessableEntity, "/link")]
    [InlineData("""{"text":"x","link":"https://a b"}""", HttpStatusCode.UnprocessableEntity, "/link")]
    [InlineData("""{"text":"x","link":"/builds/241"}""", HttpStatusCode.UnprocessableEntity, "/link")]
    public async Task What_is_wrong_is_refused_by_its_name(string body, HttpStatusCode status, string pointer)
    {
        var node = await _world.GroupAsync("Shop");
        var problem = await _admin.ExpectAsync(status, "POST", PathOf(node), body);
        problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe([pointer]);
    }

    [Fact]
    public async Task A_text_has_200_characters_and_a_link_2000()
    {
        var node = await _world.GroupAsync("Shop");
        await AddAsync(node, Body(new string('ä', 200), 2_000));
        await _admin.ExpectAsync(HttpStatusCode.BadRequest, "POST", PathOf(node), Body(new string('ä', 201), 20));
        await _admin.ExpectAsync(HttpStatusCode.UnprocessableEntity, "POST", PathOf(node), Body("x", 2_001));

        static string Body(string text, int length) =>
            JsonSerializer.Serialize(new { text, link = "https://ci.example/".PadRight(length, 'x') });
    }

    [Fact]
    public async Task A_repeated_key_adds_one()
    {
        var node = await _world.GroupAsync("Shop");
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await _admin.ExpectAsync(HttpStatusCode.Created, "POST", PathOf(node), Deployed, key);
        var second = await _admin.ExpectAsync(HttpStatusCode.Created, "POST", PathOf(node), Deployed, key);
        second.Text("id").ShouldBe(first.Text("id"));
        (await ListAsync(node, second.Number("position"))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_key_to_report_adds_one_unless_it_is_for_certain_sources()
    {
        var node = await _world.GroupAsync("Shop");
        using var build = await KeyAsync(new { name = "build", scopes = new[] { "ingest" } });
        var added = await build.ExpectAsync(HttpStatusCode.Created, "POST", PathOf(node), Deployed);
        (await ListAsync(node, added.Number("position")))[0].Text("by").ShouldBe("key build");
        await build.ExpectAsync(HttpStatusCode.Forbidden, "GET", PathOf(node));
        await build.ExpectAsync(HttpStatusCode.Forbidden, "DELETE", $"/api/v1/annotations/{added.Text("id")}");

        using var backup = await KeyAsync(
            new
            {
                name = "backup",
                scopes = new[] { "ingest" },
                sourcePrefix = "backup/",
            }
        );
        using var refused = await backup.SendAsync("POST", PathOf(node), Deployed);
        await refused.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "foreign_source");
        using var reader = await KeyAsync(new { name = "reader", scopes = new[] { "read" } });
        await reader.ExpectAsync(HttpStatusCode.Forbidden, "POST", PathOf(node), Deployed);
    }

    [Fact]
    public async Task An_editor_of_one_hierarchy_says_nothing_of_others()
    {
        var (mine, other) = (await _world.GroupAsync("Mine"), await _world.GroupAsync("Other"));
        var theirs = await AddAsync(other, Deployed);
        await _admin.AddPersonAsync("annotator", "editor", mine);
        using var editor = fixture.Torch.Browser(await fixture.Torch.SignInAsync("annotator"));

        var own = await editor.ExpectAsync(HttpStatusCode.Created, "POST", PathOf(mine), Deployed);
        await editor.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/annotations/{own.Text("id")}");
        await editor.ExpectAsync(HttpStatusCode.Forbidden, "POST", PathOf(other), Deployed);
        await editor.ExpectAsync(HttpStatusCode.Forbidden, "DELETE", $"/api/v1/annotations/{theirs.Text("id")}");
    }

    [Fact]
    public async Task A_removed_node_leaves_none_behind_and_a_rebuild_comes_to_the_same()
    {
        var group = await _world.GroupAsync("Shop");
        var till = await _world.GroupAsync("Till", group);
        var gone = await AddAsync(till, Deployed);
        var stays = await AddAsync(group, Deployed);
        var deleted = await _world.DoAsync("DELETE", $"{NodeWorld.Nodes}/{till}");

        await _admin.FetchAsync(PathOf(group), deleted.Number("position"));
        var left = $"torch.annotations where id in ('{gone.Text("id")}', '{stays.Text("id")}')";
        (await fixture.Torch.Database.CountAsync(left)).ShouldBe(1);
        (await ListAsync(till)).ShouldBeEmpty();
        await _admin.ExpectAsync(HttpStatusCode.NotFound, "POST", PathOf(till), Deployed);
        await _admin.ExpectAsync(HttpStatusCode.NotFound, "GET", PathOf(Guid.CreateVersion7().ToString()));

        await _admin.ExpectAsync(HttpStatusCode.Accepted, "POST", "/api/v1/projections/Annotations/verify");
        JsonElement end = default;
        await Eventually.IsTrueAsync(async () =>
        {
            end = (await _admin.FetchAsync("/api/v1/projections"))
                .Items()
                .Single(p => p.Text("name") == "Annotations")
                .GetProperty("lastRebuild");
            return end.ValueKind is JsonValueKind.Object;
        });
        end.Text("outcome").ShouldBe("equal");
    }

    private static string PathOf(string node) => $"{NodeWorld.Nodes}/{node}/annotations";

    private Task<JsonElement> AddAsync(string node, string body) =>
        _admin.ExpectAsync(HttpStatusCode.Created, "POST", PathOf(node), body);

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string node, long? position = null, string query = "") =>
        (await _admin.FetchAsync($"{PathOf(node)}?limit=100{query}", position)).Items();

    private async Task<HttpClient> KeyAsync(object wanted) =>
        fixture.Torch.Client((await _admin.AddKeyAsync(wanted)).Key);
}
