using System.Net;
using System.Text.Json;
using Npgsql;
using Torch.Server.Auditing;
using Torch.Server.Events;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class AuditTests : TorchTest
{
    private const string Path = "/api/v1/audit";

    // What follows from changes and observations, and what Torch says of itself.
    private static readonly string[] Consequences =
    [
        "agent_connected",
        "agent_lost",
        "channel_disabled",
        "channel_tested",
        "clock_ticked",
        "database_regained",
        "gap_began",
        "gap_ended",
        "history_revised",
        "late_data_folded",
        "late_window_changed",
        "maintenance_began",
        "node_added",
        "node_marked",
        "node_removed",
        "node_transitioned",
        "note_received",
        "notice_attempt_failed",
        "notice_delivered",
        "notice_raised",
        "notice_replayed",
        "partition_dropped",
        "partition_sealed",
        "probe_completed",
        "projection_rebuilt",
        "report_received",
        "results_lost",
        "results_refused",
        "run_started",
        "server_measured",
        "server_started",
        "server_stopped",
        "service_resumed",
    ];

    [Fact]
    public void Every_event_is_a_change_or_known_to_be_none() =>
        ChangeCatalog.Forms.Keys.Concat(Consequences).Order().ShouldBe(EventCodec.Aliases.Order());

    [Fact]
    public async Task Each_change_says_who_when_from_where_why_and_what_was_before_and_after()
    {
        var node = await NodeAsync("""{"name":"Shop","tags":["a"]}""");
        var child = await NodeAsync($$"""{"name":"Db","parentId":"{{node}}","weight":2}""");
        await ChangeAsync("PATCH", $"nodes/{node}", """{"name":"Store","tags":["b"],"reason":"their own word"}""");
        await PublishAsync(node, "any child is down", "first try");
        await PublishAsync(node, "all children are down", "too noisy");
        await ChangeAsync("PUT", $"nodes/{node}/acknowledgement", """{"reason":"ticket 42"}""");
        await ChangeAsync("DELETE", $"nodes/{node}/acknowledgement", null);
        await ChangeAsync("PUT", $"nodes/{child}/parents/{node}", """{"weight":3}""");
        await ChangeAsync("DELETE", $"nodes/{child}", null);

        var all = await ListAsync($"?node={node}");

        var renamed = all.Single(e => e.Text("type") == "node_renamed");
        Shown(renamed).ShouldBe("""{"name":"Shop"} -> {"name":"Store"}""");
        (renamed.Text("reason"), renamed.Text("origin")).ShouldBe(("their own word", "127.0.0.1"));
        renamed.Text("actor").ShouldNotBeNullOrEmpty();
        renamed.GetProperty("subject").Text("name").ShouldBe("Store");
        renamed.GetProperty("at").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-1));
        Shown(all.Single(e => e.Text("type") == "node_tagged")).ShouldBe("""{"tags":["a"]} -> {"tags":["b"]}""");
        var published = all.Where(e => e.Text("type") == "rules_published").ToList();
        published.Select(e => e.Text("reason")).ShouldBe(["too noisy", "first try"]);
        published[0].GetProperty("before").Number("rulesVersion").ShouldBe(1);
        published[0].GetProperty("after").GetProperty("rules").ToString().ShouldContain("all children are down");
        published[1].GetProperty("before").ValueKind.ShouldBe(JsonValueKind.Null);
        Shown(all.Single(e => e.Text("type") == "node_acknowledged"))
            .ShouldBe(""" -> {"acknowledgement":{"reason":"ticket 42"}}""");
        Shown(all.Single(e => e.Text("type") == "acknowledgement_withdrawn"))
            .ShouldBe("""{"acknowledgement":{"reason":"ticket 42"}} -> {"acknowledgement":null}""");
        var linked = all.Where(e => e.Text("type") == "child_linked").ToList();
        linked.Count.ShouldBe(2);
        linked[0].GetProperty("before").GetProperty($"parents/{node}").Number("weight").ShouldBe(2);
        linked[0].GetProperty("after").GetProperty($"parents/{node}").Number("weight").ShouldBe(3);
        var deleted = (await ListAsync($"?node={child}&types=node_deleted")).ShouldHaveSingleItem();
        Shown(deleted).ShouldBe("""{"name":"Db","tags":[]} -> """);
        deleted.GetProperty("subject").Text("name").ShouldBe("Db");
    }

    [Fact]
    public async Task A_setting_that_stays_is_not_shown_and_one_that_goes_is()
    {
        var made = await _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/checks",
            """{"name":"db","kind":"report","source":"db","staleness":"PT1H"}"""
        );
        await ChangeAsync("PUT", $"checks/{made.Text("id")}", """{"name":"db 1","kind":"report","source":"db"}""");

        var changed = (await ListAsync("?types=check_changed")).ShouldHaveSingleItem();

        Shown(changed).ShouldBe("""{"name":"db","staleness":"PT1H"} -> {"name":"db 1","staleness":null}""");
        (changed.GetProperty("subject").Text("kind"), changed.GetProperty("subject").Text("name")).ShouldBe(
            ("check", "db 1")
        );
    }

    [Fact]
    public async Task A_status_page_is_called_by_its_title()
    {
        var entries = $$"""[{"nodeId":"{{await NodeAsync("""{"name":"Shop"}""")}}"}]""";
        var page = $$"""{"slug":"shop","title":"Shop","description":"All of it","entries":{{entries}}}""";
        var made = await _client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/status-pages", page);
        var bare = $$"""{"slug":"shop","title":"The shop","entries":{{entries}}}""";
        await ChangeAsync("PUT", $"status-pages/{made.Text("id")}", bare);

        var changed = (await ListAsync("?types=status_page_changed")).ShouldHaveSingleItem();

        Shown(changed)
            .ShouldBe("""{"title":"Shop","description":"All of it"} -> {"title":"The shop","description":null}""");
        changed.GetProperty("subject").Text("name").ShouldBe("The shop");
    }

    [Fact]
    public async Task Changes_are_found_by_node_person_type_and_time_page_by_page_and_as_CloudEvents()
    {
        var first = await NodeAsync("""{"name":"One"}""");
        await Task.Delay(20);
        var between = DateTimeOffset.UtcNow;
        await Task.Delay(20);
        await NodeAsync("""{"name":"Two"}""");
        var person = (await ListAsync(""))[0].Text("actor");

        (await ListAsync($"?person={person}")).Count.ShouldBe(2);
        (await ListAsync("?person=nobody")).ShouldBeEmpty();
        (await ListAsync($"?to={between:yyyy-MM-ddTHH:mm:ss.fffffffZ}")).ShouldHaveSingleItem();
        (await ListAsync($"?from={between:yyyy-MM-ddTHH:mm:ss.fffffffZ}")).ShouldHaveSingleItem();
        (await ListAsync($"?node={first}")).ShouldHaveSingleItem().GetProperty("subject").Text("name").ShouldBe("One");
        var page = await _client.FetchAsync($"{Path}?limit=1");
        page.Items().ShouldHaveSingleItem().GetProperty("subject").Text("name").ShouldBe("Two");
        (await ListAsync($"?before={page.Text("next")}")).ShouldHaveSingleItem();
        using var wrong = await _client.SendAsync("GET", $"{Path}?types=node_transitioned");
        await wrong.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");

        using var export = await _client.SendAsync("GET", Path, null, ("Accept", "application/x-ndjson"));
        export.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var lines = (await export.Content.ReadAsStringAsync())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonElement.Parse(l))
            .ToList();
        lines.Select(l => l.GetProperty("data").Text("name")).ShouldBe(["One", "Two"]);
        lines.ShouldAllBe(l => l.Text("specversion") == "1.0" && l.Text("actor") == person);
        var events = await _client.FetchAsync($"/api/v1/events?actor={person}&types=node_created");
        events.Items().Count.ShouldBe(2);
        var early = await _client.FetchAsync(
            $"/api/v1/events?types=node_created&newest=true&to={between:yyyy-MM-ddTHH:mm:ss.fffffffZ}"
        );
        early.Items().ShouldHaveSingleItem().Text("streamId").ShouldBe(first);
    }

    [Fact]
    public async Task From_a_transition_up_to_who_published_its_rules_and_from_rules_down_to_what_they_decided()
    {
        var check = await _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/checks",
            """{"name":"db","kind":"report","source":"db"}"""
        );
        var node = await NodeAsync($$"""{"name":"Db","checkId":"{{check.Text("id")}}"}""");
        await ReportAsync(5);
        await UntilAsync(node, "up");
        await PublishAsync(node, "value > 3", "three is too many");
        await UntilAsync(node, "down");
        await ReportAsync(1);
        await UntilAsync(node, "up");
        var transitions = (await _client.FetchAsync($"/api/v1/nodes/{node}/transitions")).Items();

        var down = await _client.FetchAsync($"{Path}/{transitions[1].Number("position")}");
        var rules = down.Many("causes").Single(c => c.Text("relation") == "decided");
        (rules.Text("type"), rules.Text("reason")).ShouldBe(("rules_published", "three is too many"));
        rules.Text("actor").ShouldNotBeNullOrEmpty();
        down.Many("causes")
            .ShouldContain(c => c.Text("relation") == "triggered" && c.Text("type") == "rules_published");
        var up = await _client.FetchAsync($"{Path}/{transitions[0].Number("position")}");
        up.Many("causes").ShouldContain(c => c.Text("relation") == "triggered" && c.Text("type") == "report_received");
        up.Many("causes").ShouldContain(c => c.Number("position") == rules.Number("position"));

        var published = await _client.FetchAsync($"{Path}/{rules.Number("position")}");
        published.GetProperty("entry").Text("type").ShouldBe("rules_published");
        published
            .Many("effects")
            .Select(e => (e.Text("relation"), e.Text("sentence")!.Split(':')[0]))
            .ShouldBe([("triggered", "from up to down"), ("decided", "from down to up")]);
        published.Number("effectCount").ShouldBe(2);
        using var nothing = await _client.SendAsync("GET", $"{Path}/99999999");
        await nothing.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task The_journal_is_only_appended_to_and_an_auditor_only_reads()
    {
        await NodeAsync("""{"name":"Shop"}""");
        foreach (
            var sql in (string[])
                [
                    "update journal.mt_events set data = '{}'",
                    "delete from journal.mt_events",
                    "truncate journal.mt_events",
                ]
        )
            (await Should.ThrowAsync<PostgresException>(() => _torch.Database.ExecuteAsync(sql))).MessageText.ShouldBe(
                "the journal is append-only"
            );

        await using var connection = await _torch.Database.DataSource.OpenConnectionAsync();
        await ExecuteAsync(connection, "set role torch_auditor");
        await ExecuteAsync(connection, "select count(*) from journal.mt_events, torch.changes, telemetry.mt_events");
        foreach (
            var sql in (string[])
                [
                    "insert into journal.mt_streams (id) values (gen_random_uuid())",
                    "delete from torch.changes",
                    "update telemetry.mt_events set type = 'x'",
                ]
        )
            (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(connection, sql))).SqlState.ShouldBe(
                PostgresErrorCodes.InsufficientPrivilege
            );
        await ExecuteAsync(connection, "reset role");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Shown(JsonElement entry) => $"{entry.GetProperty("before")} -> {entry.GetProperty("after")}";

    private async Task<List<JsonElement>> ListAsync(string query) =>
        [.. (await _client.FetchAsync(Path + query)).Items()];

    private Task PublishAsync(string node, string when, string reason) =>
        ChangeAsync(
            "PUT",
            $"nodes/{node}/rules",
            $$"""{"rules":[{"when":"{{when}}","then":"down"}],"reason":"{{reason}}"}"""
        );

    private Task ChangeAsync(string method, string path, string? body) =>
        _client.ExpectAsync(HttpStatusCode.OK, method, "/api/v1/" + path, body);

    private async Task<string> NodeAsync(string body) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", body)).Text("id");

    private Task ReportAsync(double value) =>
        _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            $$"""{"source":"db","value":{{value}}}"""
        );

    private Task UntilAsync(string node, string status) =>
        Eventually.IsTrueAsync(async () =>
            (await _client.FetchAsync($"/api/v1/nodes/{node}")).Text("status") == status
        );
}
