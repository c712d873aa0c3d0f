using System.Net;
using System.Text.Json;
using Torch.Domain;
using Torch.Server.Tests.Auth;
using Torch.Testing;

namespace Torch.Server.Tests.Configuring;

/// <summary>Scripts that push to another system go on after its file was imported, with another host name and nothing else.</summary>
public sealed class ImportPushTests(KeyedFixture fixture) : IClassFixture<KeyedFixture>, IDisposable
{
    private readonly HttpClient _admin = fixture.Torch.Client(KeyedFixture.Key);
    private readonly HttpClient _script = fixture.Torch.Client();

    public void Dispose()
    {
        _admin.Dispose();
        _script.Dispose();
    }

    [Fact]
    public async Task Uptime_Kumas_push_url_works_right_after_the_import_and_importing_again_changes_nothing()
    {
        const string token = "tC0y9X7eKuU2bJ4hVd1rQm6nLzWf8sAp";
        var backup = Kuma("Nightly backup", token);

        var planned = await ImportAsync("kuma/plan", backup);
        Keys(planned).ShouldBe(["create pushKey kuma/Nightly backup"]);
        await _script.ExpectAsync(HttpStatusCode.NotFound, "GET", $"/api/push/{token}");
        var applied = await ImportAsync("kuma/apply", backup);
        await _script.ExpectAsync(HttpStatusCode.OK, "GET", $"/api/push/{token}?status=up&msg=OK&ping=12.3");

        await IsUpAsync("kuma/Nightly backup", "Nightly backup");
        (planned.GetRawText() + applied.GetRawText()).ShouldNotContain(token);
        Texts(applied, "left").ShouldBeEmpty();
        ConfigWorld.Said((await ImportAsync("kuma/apply", backup)).GetProperty("plan")).ShouldBeEmpty();
        (await KeysOfAsync("kuma/Nightly backup")).ShouldBe(1);
    }

    [Fact]
    public async Task Gatus_external_endpoints_are_pushed_to_with_their_key_and_token_right_after_the_import()
    {
        const string config = """
            external-endpoints:
              - { name: ext-ep-test, group: core, token: "potato-of-old", heartbeat: { interval: 30m } }
              - { name: Nightly. job, token: "aGVsbG8+d29ybGQ/IQ==" }
              - { name: From the environment, group: "a/b", token: "${EXTERNAL_TOKEN}" }
              - { name: Nobody gave it, group: core, token: "${ANOTHER_TOKEN}" }
              - { name: Published, group: core, token: "potato" }
            """;
        var variables = new Dictionary<string, string> { ["EXTERNAL_TOKEN"] = "token-of-the-environment" };

        var applied = await ImportAsync("gatus/apply", config, variables);

        Keys(applied)
            .ShouldBe([
                "create pushKey core/ext-ep-test",
                "create pushKey Nightly. job",
                "create pushKey a/b/From the environment",
            ]);
        Texts(applied, "left")
            .ShouldBe([
                "the variable ANOTHER_TOKEN has no value",
                "Published: its token is none for Torch, where it must have 8 to 200 characters; make a push key for the source core/Published, and change its script",
            ]);
        foreach (
            var (key, token, source, name) in new[]
            {
                ("core_ext-ep-test", "potato-of-old", "core/ext-ep-test", "ext-ep-test"),
                ("_nightly--job", "aGVsbG8+d29ybGQ/IQ==", "Nightly. job", "Nightly. job"),
                (
                    "a-b_from-the-environment",
                    "token-of-the-environment",
                    "a/b/From the environment",
                    "From the environment"
                ),
            }
        )
        {
            applied.GetRawText().ShouldNotContain(token);
            var path = $"/api/v1/endpoints/{key}/external?success=true&error=&duration=10s";
            await _script.ExpectAsync(HttpStatusCode.OK, "POST", path, null, ("Authorization", $"Bearer {token}"));
            await IsUpAsync(source, name);
        }
    }

    [Fact]
    public async Task Healthchecks_ping_urls_work_right_after_the_import()
    {
        const string uuid = "662ebe36-ecab-48db-afe3-e20029cb71e6";
        const string second = "803f680d-e89b-492b-82ef-2be7b774a92d";
        const string nameless = "9d17c61f-5c4f-4cab-b517-11e6b2679ced";
        const string answer = $$"""
            {"checks":[
              {"name":"Filesystem Backup","slug":"fs-backup","tags":"backup fs","grace":600,"status":"up","ping_url":"https://hc.example/ping/{{uuid}}","timeout":3600},
              {"name":"Own endpoint","slug":"own","grace":60,"timeout":60,"uuid":"803F680D-E89B-492B-82EF-2BE7B774A92D","ping_url":"https://ping.example/{{second}}"},
              {"name":"","slug":"","grace":60,"timeout":60,"ping_url":"https://hc.example/ping/{{nameless}}"},
              {"name":"Read only","slug":"ro","grace":60,"timeout":60,"unique_key":"a6c7b0a8a66bed0df66abfdab3c77736861703ee"}
            ]}
            """;

        var applied = await ImportAsync("healthchecks/apply", answer);

        Keys(applied)
            .ShouldBe([
                "create pushKey healthchecks/fs-backup",
                "create pushKey healthchecks/own",
                "create pushKey healthchecks/9d17c61f",
            ]);
        Texts(applied, "left").ShouldHaveSingleItem().ShouldStartWith("Read only: its ping URL, which is in no answer");
        foreach (var (id, source, name) in Pinged())
        {
            applied.GetRawText().ShouldNotContain(id);
            using var ping = await _script.SendAsync("GET", $"/ping/{id}");
            (await ping.Content.ReadAsStringAsync()).ShouldBe("OK");
            await IsUpAsync(source, name);
        }

        static IEnumerable<(string, string, string)> Pinged() =>
            [
                (uuid, "healthchecks/fs-backup", "Filesystem Backup"),
                (second, "healthchecks/own", "Own endpoint"),
                (nameless, "healthchecks/9d17c61f", "9d17c61f"),
            ];
    }

    [Fact]
    public async Task An_editors_import_makes_no_keys_and_an_administrators_of_the_same_file_only_these()
    {
        const string token = "editors-token-0123456789";
        var backup = Kuma("Edited", token);
        var (_, key) = await _admin.AddKeyAsync(new { name = "editor", scopes = new[] { "write" } });
        using var editor = fixture.Torch.Client(key);

        var applied = await ImportAsync("kuma/apply", backup, client: editor);

        Keys(applied).ShouldBeEmpty();
        ConfigWorld.Said(applied.GetProperty("plan")).ShouldContain("create check Edited");
        Texts(applied, "left").ShouldHaveSingleItem().ShouldStartWith("kuma/Edited: its token; ask an administrator");
        await _script.ExpectAsync(HttpStatusCode.NotFound, "GET", $"/api/push/{token}");
        ConfigWorld
            .Said((await ImportAsync("kuma/apply", backup)).GetProperty("plan"))
            .ShouldBe(["create pushKey kuma/Edited"]);
        await _script.ExpectAsync(HttpStatusCode.OK, "GET", $"/api/push/{token}");
        Texts(await ImportAsync("kuma/plan", backup, client: editor), "left").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_token_that_opens_something_already_goes_on_opening_that()
    {
        const string token = "taken-token-0123456789";
        var body = $$"""{"source":"nas/taken","token":"{{token}}"}""";
        await _admin.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/push-keys", body);

        var applied = await ImportAsync("kuma/apply", Kuma("Taken", token));

        Keys(applied).ShouldBeEmpty();
        Texts(applied.GetProperty("plan"), "notes")
            .ShouldHaveSingleItem()
            .ShouldStartWith("The token for the source kuma/Taken opens nas/taken already");
        await _script.ExpectAsync(HttpStatusCode.OK, "GET", $"/api/push/{token}?status=down");
        await Eventually.IsTrueAsync(async () => await LatestAsync("nas/taken") == "down");
        (await LatestAsync("kuma/Taken")).ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_monitors_with_one_token_the_first_keeps_it_and_the_second_is_said()
    {
        const string token = "shared-token-0123456789";
        const string backup = $$"""
            {"monitorList":[
              {"id":1,"name":"First","type":"push","pushToken":"{{token}}","interval":60},
              {"id":2,"name":"Second","type":"push","pushToken":"{{token}}","interval":60}
            ]}
            """;

        var applied = await ImportAsync("kuma/apply", backup);

        Keys(applied).ShouldBe(["create pushKey kuma/First"]);
        Texts(applied, "left")
            .ShouldHaveSingleItem()
            .ShouldStartWith("Second: its token is that of kuma/First, too, and opens that;");
    }

    [Fact]
    public async Task Gatus_endpoints_that_share_a_token_are_each_opened_by_it()
    {
        const string two = """
            external-endpoints:
              - { name: first, group: sharing, token: "one-token-for-all" }
              - { name: second, group: sharing, token: "one-token-for-all" }
            """;
        const string three = """
            external-endpoints:
              - { name: third, group: sharing, token: "one-token-for-all" }
              - { name: second, group: sharing, token: "one-token-for-all" }
              - { name: first, group: sharing, token: "one-token-for-all" }
            """;

        Keys(await ImportAsync("gatus/apply", two))
            .ShouldBe(["create pushKey sharing/first", "create pushKey sharing/second"]);
        Keys(await ImportAsync("gatus/apply", three)).ShouldBe(["create pushKey sharing/third"]);

        foreach (var name in (string[])["first", "second", "third"])
            await PushAsync(HttpStatusCode.OK, name);
        foreach (var name in (string[])["first", "second", "third"])
            await IsUpAsync("sharing/" + name, name);
        await PushAsync(HttpStatusCode.NotFound, "fourth");
        var keys = await _admin.FetchAsync("/api/v1/push-keys?limit=1000");
        var second = keys.Items().Single(k => k.Text("source") == "sharing/second");
        await _admin.ExpectAsync(HttpStatusCode.OK, "DELETE", "/api/v1/push-keys/" + second.Text("id"));
        await PushAsync(HttpStatusCode.NotFound, "second");
        await PushAsync(HttpStatusCode.OK, "third");
        Keys(await ImportAsync("gatus/apply", three)).ShouldBe(["create pushKey sharing/second"]);
        await PushAsync(HttpStatusCode.OK, "second");

        async Task PushAsync(HttpStatusCode expected, string name)
        {
            var path = $"/api/v1/endpoints/sharing_{name}/external?success=true";
            using var answer = await _script.SendAsync(
                "POST",
                path,
                null,
                ("Authorization", "Bearer one-token-for-all")
            );
            answer.StatusCode.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Two_who_import_the_same_at_once_make_each_key_once()
    {
        var backup = Kuma("At once", "at-once-token-0123456789");

        var both = await Task.WhenAll(ImportAsync("kuma/apply", backup), ImportAsync("kuma/apply", backup));

        both.SelectMany(Keys).ShouldHaveSingleItem();
        (await KeysOfAsync("kuma/At once")).ShouldBe(1);
    }

    [Fact]
    public async Task The_audit_tells_who_made_the_key_and_why_and_the_log_holds_no_token()
    {
        const string token = "audited-token-0123456789";
        var text = JsonSerializer.Serialize(new { text = Kuma("Audited", token), reason = "we move" });
        var applied = await _admin.ExpectAsync(HttpStatusCode.OK, "POST", "/api/v1/import/kuma/apply", text);

        var position = applied.GetProperty("plan").Number("position");
        var audit = await _admin.FetchAsync("/api/v1/audit?limit=100", position);
        var made = audit
            .Items()
            .First(e => e.GetRawText().Contains("push_key_created") && e.GetRawText().Contains("kuma/Audited"));
        made.Text("actor").ShouldBe("admin");
        made.Text("reason").ShouldBe("we move");
        foreach (var path in (string[])["audit?limit=1000", "events?newest=true&limit=1000", "push-keys", "config"])
            (await _admin.GetStringAsync("/api/v1/" + path)).ShouldNotContain(token);
        (await fixture.Torch.Database.CountAsync($"journal.mt_events e where e::text like '%{token}%'")).ShouldBe(0);
    }

    private static string Kuma(string name, string token) =>
        $$"""
            {"version":"1.23.11","monitorList":[
              {"id":4,"name":"{{name}}","type":"push","pushToken":"{{token}}","interval":86400,"parent":null,"active":1,"timeout":48}
            ]}
            """;

    private Task<JsonElement> ImportAsync(
        string path,
        string text,
        Dictionary<string, string>? variables = null,
        HttpClient? client = null
    ) =>
        (client ?? _admin).ExpectAsync(
            HttpStatusCode.OK,
            "POST",
            "/api/v1/import/" + path,
            JsonSerializer.Serialize(new { text, variables })
        );

    private async Task IsUpAsync(string source, string leaf)
    {
        await Eventually.IsTrueAsync(async () => await LatestAsync(source) == "up");
        await Eventually.IsTrueAsync(async () =>
            (await _admin.FetchAsync("/api/v1/nodes?limit=100"))
                .Items()
                .Any(n => n.Text("name") == leaf && n.Text("status") == "up")
        );
    }

    private async Task<string?> LatestAsync(string source)
    {
        var check = await _admin.FetchAsync($"/api/v1/checks/{CheckIds.OfSource(source)}");
        return check.TryGetProperty("latest", out var latest) && latest.ValueKind == JsonValueKind.Object
            ? latest.Text("outcome")
            : null;
    }

    private async Task<int> KeysOfAsync(string source) =>
        (await _admin.FetchAsync("/api/v1/push-keys?limit=1000")).Items().Count(k => k.Text("source") == source);

    private static IReadOnlyList<string> Keys(JsonElement import) =>
        [.. ConfigWorld.Said(import.GetProperty("plan")).Where(c => c.Contains(" pushKey "))];

    private static List<string> Texts(JsonElement json, string property) =>
        [.. json.Many(property).Select(t => t.GetString()!)];
}
