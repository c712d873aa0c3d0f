using System.Net;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class BacktestTests : IAsyncLifetime
{
    private TorchFactory _torch = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _torch = await TorchFactory.StartAsync();
        _client = _torch.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _torch.DisposeAsync();
    }

    [Fact]
    public async Task A_draft_on_a_group_is_replayed_over_recorded_events_beside_what_really_happened()
    {
        var shop = await HistoryAsync();
        var result = await BacktestAsync(shop, """{"rules":[{"when":"any child is down","then":"degraded"}]}""");

        var node = result.Many("nodes").ShouldHaveSingleItem();
        node.Text("name").ShouldBe("shop");
        node.GetProperty("drafted").GetBoolean().ShouldBeTrue();
        node.GetProperty("before").Number("incidents").ShouldBe(1);
        node.GetProperty("after").Number("incidents").ShouldBe(0);
        node.GetProperty("before").Number("notices").ShouldBe(2);
        node.GetProperty("after").Number("notices").ShouldBe(0);
        node.GetProperty("before").GetProperty("minutes").TryGetProperty("down", out _).ShouldBeTrue();
        node.GetProperty("after").GetProperty("minutes").TryGetProperty("degraded", out _).ShouldBeTrue();
        node.GetProperty("before").GetProperty("availability").GetDecimal().ShouldBeLessThan(1);
        node.GetProperty("after").GetProperty("availability").GetDecimal().ShouldBe(1);
    }

    [Fact]
    public async Task Transitions_added_and_removed_are_told_with_their_sentences()
    {
        var shop = await HistoryAsync();
        var result = await BacktestAsync(shop, """{"rules":[{"when":"any child is down","then":"degraded"}]}""");
        var node = result.Many("nodes")[0];
        node.Many("added")
            .ShouldHaveSingleItem()
            .Text("sentence")
            .ShouldBe("shop is degraded because 1 of 2 children that count is down: db.");
        node.Many("removed").ShouldHaveSingleItem().Text("to").ShouldBe("down");
        node.Number("addedCount").ShouldBe(1);
    }

    [Fact]
    public async Task Incidents_missed_and_new_are_listed()
    {
        var shop = await HistoryAsync();
        var never = await BacktestAsync(shop, """{"rules":[],"rollUp":"fixed up"}""");
        never.Many("nodes")[0].Number("missedCount").ShouldBe(1);
        never.Many("nodes")[0].Many("missed")[0].Text("worst").ShouldBe("down");
        var always = await BacktestAsync(shop, """{"rules":[],"rollUp":"fixed critical"}""");
        always.Many("nodes")[0].Number("missedCount").ShouldBe(0);
        always.Many("nodes")[0].GetProperty("after").Number("incidents").ShouldBe(1);
    }

    [Fact]
    public async Task What_a_draft_would_have_meant_for_an_objective_is_told_with_its_budget_before_and_after()
    {
        var shop = await HistoryAsync();
        var window = """{"kind":"rolling","duration":"P30D"}""";
        await CreateAsync("slos", $$"""{"name":"Shop","nodeId":"{{shop}}","target":99.9,"window":{{window}}}""");
        await CreateAsync(
            "slos",
            $$$"""{"name":"Answers","nodeId":"{{{await NodeAsync("db")}}}","target":99,"window":{{{window}}},"sli":{"kind":"count"}}"""
        );
        var node = (await BacktestAsync(shop, """{"rules":[],"rollUp":"fixed up"}""")).Many("nodes")[0];

        var objective = node.Many("objectives").ShouldHaveSingleItem();
        objective.Text("name").ShouldBe("Shop");
        var (before, after) = (objective.GetProperty("before"), objective.GetProperty("after"));
        before.GetProperty("met").GetBoolean().ShouldBeFalse();
        before.GetProperty("budget").Number("left").ShouldBeLessThan(0);
        after.GetProperty("met").GetBoolean().ShouldBeTrue();
        after.GetProperty("availability").GetDecimal().ShouldBe(100);
        after.GetProperty("budget").Number("spent").ShouldBe(0);
        // It counts observations: they are what they are under any rule.
        var leaf = await BacktestAsync(await NodeAsync("db"), """{"rules":[]}""");
        leaf.Many("nodes")[0].Many("objectives").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_in_force_as_a_draft_changes_nothing()
    {
        var shop = await HistoryAsync();
        var node = (await BacktestAsync(shop, """{"rules":[]}""")).Many("nodes")[0];
        node.Number("addedCount").ShouldBe(0);
        node.Number("removedCount").ShouldBe(0);
        node.GetProperty("after").ToString().ShouldBe(node.GetProperty("before").ToString());
    }

    [Fact]
    public async Task What_flapped_sent_no_notices_in_what_was_recorded_either()
    {
        await HistoryAsync();
        var db = await NodeAsync("db");
        const string rules = """{"rules":[],"timing":{"flapping":{"start":30,"stop":25}}}""";
        await _client.ExpectAsync(HttpStatusCode.OK, "PUT", $"/api/v1/nodes/{db}/rules", rules);
        for (var i = 0; i < 24; i++)
            await ReportAsync("db", i % 2 == 0 ? "down" : "up", i);
        await ReportAsync("db", "critical", 99);
        await UntilAsync(db, "critical");
        var node = (await BacktestAsync(db, rules)).Many("nodes")[0];
        node.GetProperty("before").Number("incidents").ShouldBeGreaterThan(10);
        node.GetProperty("before").Number("notices").ShouldBeInRange(1, 12);
    }

    [Fact]
    public async Task A_draft_on_a_leaf_replays_its_checks_stream()
    {
        await HistoryAsync();
        var db = await NodeAsync("db");
        var node = (await BacktestAsync(db, """{"rules":[{"when":"value > 5","then":"critical"}]}""")).Many("nodes")[0];
        node.Many("added").Select(t => t.Text("to")).ShouldContain("critical");
        node.Many("removed").Select(t => t.Text("to")).ShouldBe(["down"]);
    }

    [Fact]
    public async Task What_a_node_came_to_depend_on_is_taken_into_account()
    {
        await HistoryAsync();
        var db = await NodeAsync("db");
        var check = await CreateAsync("checks", """{"name":"router","kind":"report","source":"router"}""");
        var router = await CreateAsync("nodes", $$"""{"name":"router","checkId":"{{check}}"}""");
        await _client.ExpectAsync(HttpStatusCode.OK, "PUT", $"/api/v1/nodes/{db}/dependencies/{router}");
        await ReportAsync("router", "down", 1);
        await UntilAsync(router, "down");
        await ReportAsync("db", "down", 9);
        await UntilAsync(db, "down");
        var node = (await BacktestAsync(db, """{"rules":[]}""")).Many("nodes")[0];
        node.GetProperty("before").Number("incidents").ShouldBe(2);
        node.GetProperty("before").Number("notices").ShouldBe(2);
        node.GetProperty("after").ToString().ShouldBe(node.GetProperty("before").ToString());
    }

    [Fact]
    public async Task Drafts_on_several_nodes_show_what_the_tree_would_have_shown()
    {
        var shop = await HistoryAsync();
        var db = await NodeAsync("db");
        var body = $$$"""
            {"drafts":[{"nodeId":"{{{db}}}","draft":{"rules":[{"when":"outcome is down","then":"critical"}]}}],"from":"2026-01-01T00:00:00Z"}
            """;
        var result = await _client.ExpectAsync(HttpStatusCode.OK, "POST", "/api/v1/backtests", body);
        result.Many("nodes").Select(n => n.Text("nodeId")).ShouldBe([db, shop]);
        result.Many("nodes").Select(n => n.GetProperty("drafted").GetBoolean()).ShouldBe([true, false]);
        result.Many("nodes")[1].Many("added")[0].Text("to").ShouldBe("critical");
    }

    [Fact]
    public async Task Progress_is_streamed_line_by_line_and_the_result_comes_last()
    {
        var shop = await HistoryAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/nodes/{shop}/rules/backtest");
        request.Content = Json.Content("""{"rules":[]}""");
        request.Headers.TryAddWithoutValidation("Accept", "application/x-ndjson");
        using var response = await _client.SendAsync(request);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonDocument.Parse(lines[^1]).RootElement.GetProperty("result").Number("events").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_draft_may_name_a_status_of_the_workspaces_own()
    {
        var shop = await HistoryAsync();
        var status =
            """{"name":"limping","label":"Limping","severity":15,"available":true,"shape":"square","colour":"#112233"}""";
        await _client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/statuses", status);
        var result = await BacktestAsync(shop, """{"rules":[{"when":"any child is down","then":"limping"}]}""");
        result.Many("nodes")[0].Many("added")[0].Text("to").ShouldBe("limping");
    }

    [Fact]
    public async Task What_came_late_counts_at_its_own_time_as_in_the_history_of_today()
    {
        var shop = await HistoryAsync();
        var db = await NodeAsync("db");
        var at = DateTimeOffset.UtcNow;
        await Eventually.IsTrueAsync(() => DateTimeOffset.UtcNow > at.AddMilliseconds(50));
        await ReportAsync("db", "up", 2);
        await ReportAsync("web", "up", 2);
        var late = FormattableString.Invariant($$"""{"source":"db","status":"critical","value":8,"at":"{{at:O}}"}""");
        await _client.ExpectAsync(HttpStatusCode.Accepted, "POST", "/api/v1/reports", late);
        await Eventually.IsTrueAsync(async () =>
            (await _client.FetchAsync($"/api/v1/nodes/{db}/transitions")).ToString().Contains("critical")
        );
        foreach (var node in (string[])[db, shop])
        {
            var same = (await BacktestAsync(node, """{"rules":[]}""")).Many("nodes")[0];
            same.Number("addedCount").ShouldBe(0, same.ToString());
            same.Number("removedCount").ShouldBe(0, same.ToString());
        }
        var draft = (
            await BacktestAsync(db, """{"rules":[{"when":"value > 7 and value < 9","then":"degraded"}]}""")
        ).Many("nodes")[0];
        draft
            .Many("added")
            .Select(t => t.GetProperty("at").GetDateTimeOffset())
            .ShouldContain(t => t - at < TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_third_backtest_at_once_is_refused_and_one_whose_caller_went_away_makes_room()
    {
        var shop = await HistoryAsync();
        var path = $"/api/v1/nodes/{shop}/rules/backtest";
        await using var connection = await _torch.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new Npgsql.NpgsqlCommand(
            "lock table torch.transitions in access exclusive mode",
            connection
        );
        await hold.ExecuteNonQueryAsync();

        using var leave = new CancellationTokenSource();
        var first = _client.PostAsync(path, Json.Content("""{"rules":[]}"""), leave.Token);
        var second = _client.PostAsync(path, Json.Content("""{"rules":[]}"""));
        await Eventually.IsTrueAsync(async () => await RefusedAsBusyAsync(path));
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        await Eventually.IsTrueAsync(async () => await WaitingAsync() == 1);

        var third = _client.PostAsync(path, Json.Content("""{"rules":[]}"""));
        await Eventually.IsTrueAsync(async () => await WaitingAsync() == 2);
        await transaction.RollbackAsync();
        (await second).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await third).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    // Of the backtests that wait for the table, that is: a request that is refused never gets there.
    private async Task<long> WaitingAsync()
    {
        await using var command = _torch.Database.DataSource.CreateCommand(
            "select count(*) from pg_locks where relation = 'torch.transitions'::regclass and not granted and mode = 'AccessShareLock'"
        );
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<bool> RefusedAsBusyAsync(string path)
    {
        if (await WaitingAsync() < 2)
            return false;
        using var refused = await _client.SendAsync("POST", path, """{"rules":[]}""");
        await refused.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "backtests_busy");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        return true;
    }

    [Fact]
    public async Task Nothing_is_written()
    {
        var shop = await HistoryAsync();
        var before = await CountAsync();
        await BacktestAsync(shop, """{"rules":[],"rollUp":"fixed down"}""");
        (await CountAsync()).ShouldBe(before);
        (await _client.FetchAsync($"/api/v1/nodes/{shop}")).Text("status").ShouldBe("up");
    }

    [Fact]
    public async Task A_window_that_reaches_before_what_was_recorded_is_cut_and_the_answer_says_so()
    {
        var shop = await HistoryAsync();
        var result = await BacktestAsync(shop, """{"rules":[],"from":"2026-01-01T00:00:00Z"}""");
        result.GetProperty("cutAt").GetDateTimeOffset().ShouldBe(result.GetProperty("from").GetDateTimeOffset());
        result.GetProperty("from").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-10));
    }

    [Fact]
    public async Task A_draft_that_cannot_be_read_and_a_window_that_makes_no_sense_are_refused()
    {
        var shop = await HistoryAsync();
        await RefusedAsync(shop, """{"rules":[{"when":"wobbly","then":"down"}]}""", "/rules/0/when");
        await RefusedAsync(shop, """{"rules":[],"to":"2999-01-01T00:00:00Z"}""", "/to");
        await RefusedAsync(shop, """{"rules":[],"from":"2026-02-01T00:00:00Z","to":"2026-01-01T00:00:00Z"}""", "/from");
        await RefusedAsync(shop, """{"rules":[],"from":"2020-01-01T00:00:00Z"}""", "/from");
        await RefusedAsync(shop, """{"rules":[],"rollUp":"wobbly"}""", "/rollUp");
        using var unknown = await _client.SendAsync(
            "POST",
            $"/api/v1/nodes/{Guid.NewGuid()}/rules/backtest",
            """{"rules":[]}"""
        );
        await unknown.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Drafts_on_several_nodes_are_refused_by_their_pointer()
    {
        var shop = await HistoryAsync();
        var draft = $$$"""{"nodeId":"{{{shop}}}","draft":{"rules":[]}}""";
        var wrong =
            $$$"""{"nodeId":"{{{await NodeAsync("db")}}}","draft":{"rules":[{"when":"valu > 1","then":"down"}]}}""";
        await RefusedTreeAsync("""{"drafts":[]}""", "/drafts");
        await RefusedTreeAsync($$"""{"drafts":[{{draft}},{{draft}}]}""", "/drafts");
        await RefusedTreeAsync($$"""{"drafts":[{{draft}},{{wrong}}]}""", "/drafts/1/draft/rules/0/when");
        await RefusedTreeAsync($$"""{"drafts":[{{draft}}],"to":"2999-01-01T00:00:00Z"}""", "/to");
    }

    [Fact]
    public async Task A_window_in_which_nothing_had_been_recorded_is_gone()
    {
        var shop = await HistoryAsync();
        using var response = await _client.SendAsync(
            "POST",
            $"/api/v1/nodes/{shop}/rules/backtest",
            """{"rules":[],"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z"}"""
        );
        await response.ShouldBeProblemAsync(HttpStatusCode.Gone, "before_retention");
    }

    private Task RefusedTreeAsync(string body, string pointer) => RefusedAtAsync("/api/v1/backtests", body, pointer);

    private Task RefusedAsync(string node, string body, string pointer) =>
        RefusedAtAsync($"/api/v1/nodes/{node}/rules/backtest", body, pointer);

    private async Task RefusedAtAsync(string path, string body, string pointer)
    {
        using var response = await _client.SendAsync("POST", path, body);
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        problem.GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue(problem.ToString());
    }

    private Task<JsonElement> BacktestAsync(string node, string body) =>
        _client.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v1/nodes/{node}/rules/backtest", body);

    private async Task<string> NodeAsync(string name) =>
        (await _client.FetchAsync("/api/v1/nodes?limit=100")).Items().First(n => n.Text("name") == name).Text("id");

    private async Task<long> CountAsync()
    {
        await using var command = _torch.Database.DataSource.CreateCommand(
            "select (select count(*) from journal.mt_events) + (select count(*) from torch.transitions)"
        );
        return (long)(await command.ExecuteScalarAsync())!;
    }

    // shop: db and web; db was down for a moment.
    private async Task<string> HistoryAsync()
    {
        var shop = await CreateAsync("nodes", """{"name":"shop"}""");
        foreach (var name in (string[])["db", "web"])
        {
            var check = await CreateAsync("checks", $$"""{"name":"{{name}}","kind":"report","source":"{{name}}"}""");
            await CreateAsync("nodes", $$"""{"name":"{{name}}","parentId":"{{shop}}","checkId":"{{check}}"}""");
            await ReportAsync(name, "up", 1);
        }
        await UntilAsync(shop, "up");
        await ReportAsync("db", "down", 9);
        await UntilAsync(shop, "down");
        await ReportAsync("db", "up", 1);
        await UntilAsync(shop, "up");
        return shop;
    }

    private Task UntilAsync(string node, string status) =>
        Eventually.IsTrueAsync(async () =>
            (await _client.FetchAsync($"/api/v1/nodes/{node}")).Text("status") == status
        );

    private Task ReportAsync(string source, string status, double value) =>
        _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            FormattableString.Invariant($$"""{"source":"{{source}}","status":"{{status}}","value":{{value}}}""")
        );

    private async Task<string> CreateAsync(string what, string body) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", $"/api/v1/{what}", body)).Text("id");
}
