using System.Net;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

/// <summary>Drafts of the tree itself, tried on what was recorded.</summary>
public sealed class DraftedEdgesTests : TorchTest
{
    private const string Backtests = "/api/v1/backtests";

    private string _shop = "";
    private string _payments = "";
    private string _stock = "";
    private string _db = "";
    private string _from = "";

    [Fact]
    public async Task A_node_that_is_moved_troubles_its_new_parents_instead_of_its_old_ones()
    {
        await HistoryAsync();
        var window = """{"kind":"rolling","duration":"P30D"}""";
        var slo = $$"""{"name":"Payments","nodeId":"{{_payments}}","target":99.9,"window":{{window}}}""";
        await CreateAsync("slos", slo);
        var result = await TriedAsync(Gone(_payments), Edge(_stock));

        result.Many("nodes").Select(n => n.Text("name")).ShouldBe(["payments", "stock"], ignoreOrder: true);
        var (payments, stock) = (Node(result, _payments), Node(result, _stock));
        payments.GetProperty("drafted").GetBoolean().ShouldBeTrue();
        payments.GetProperty("before").Number("incidents").ShouldBe(1);
        payments.GetProperty("after").Number("incidents").ShouldBe(0);
        payments.GetProperty("after").Number("notices").ShouldBe(0);
        payments.GetProperty("after").GetProperty("minutes").TryGetProperty("down", out _).ShouldBeFalse();
        var objective = payments.Many("objectives").ShouldHaveSingleItem();
        objective.GetProperty("before").GetProperty("met").GetBoolean().ShouldBeFalse();
        objective.GetProperty("after").GetProperty("met").GetBoolean().ShouldBeTrue();
        stock.GetProperty("before").Number("incidents").ShouldBe(0);
        stock.GetProperty("after").Number("incidents").ShouldBe(1);
        stock.Many("added").Select(t => t.Text("to")).ShouldContain("down");
    }

    [Fact]
    public async Task How_a_child_counts_is_tried_on_all_above()
    {
        await HistoryAsync();
        var result = await TriedAsync(Edge(_payments, ""","contribution":"cap degraded" """));
        result.Many("nodes").Select(n => n.Text("nodeId")).ShouldBe([_payments, _shop]);
        result.Many("nodes").Select(n => n.GetProperty("drafted").GetBoolean()).ShouldBe([true, false]);
        foreach (var node in result.Many("nodes"))
        {
            node.Many("removed").Select(t => t.Text("to")).ShouldBe(["down"]);
            node.Many("added").Select(t => t.Text("to")).ShouldBe(["degraded"]);
        }
    }

    [Fact]
    public async Task Rules_and_edges_are_tried_together()
    {
        await HistoryAsync();
        var rules =
            """{"rules":[{"when":"weight(children where status is down) >= 3","then":"critical"}],"rollUp":"fixed up"}""";
        var body = $$$"""
            {"drafts":[{"nodeId":"{{{_payments}}}","draft":{{{rules}}}}],"edges":[{{{Edge(
                _payments,
                ",\"weight\":3"
            )}}}],"from":"{{{_from}}}"}
            """;
        var result = await _client.ExpectAsync(HttpStatusCode.OK, "POST", Backtests, body);
        Node(result, _payments).Many("added").Select(t => t.Text("to")).ShouldContain("critical");
    }

    [Fact]
    public async Task A_draft_may_name_a_node_further_down_that_no_rule_named_before()
    {
        await HistoryAsync();
        var rules = """{"rules":[{"when":"child(\"payments/db\") is down","then":"critical"}],"rollUp":"fixed up"}""";
        var body = $$$"""{"drafts":[{"nodeId":"{{{_shop}}}","draft":{{{rules}}}}],"from":"{{{_from}}}"}""";
        var result = await _client.ExpectAsync(HttpStatusCode.OK, "POST", Backtests, body);
        Node(result, _shop).Many("added").Select(t => t.Text("to")).ShouldContain("critical");
    }

    [Fact]
    public async Task A_rule_in_force_finds_whom_it_names_below_a_node_that_moves_in()
    {
        await HistoryAsync();
        var rules = """{"rules":[{"when":"child(\"payments/db\") is down","then":"critical"}],"rollUp":"fixed up"}""";
        var edge = $"/api/v1/nodes/{_payments}/parents/{_stock}";
        await _client.ExpectAsync(HttpStatusCode.OK, "PUT", edge, "{}");
        await _client.ExpectAsync(HttpStatusCode.OK, "PUT", $"/api/v1/nodes/{_stock}/rules", rules);
        await _client.ExpectAsync(HttpStatusCode.OK, "DELETE", edge);
        _from = DateTimeOffset.UtcNow.ToString("O");
        await OutageAsync();
        var result = await TriedAsync(Of(_stock, _payments));
        Node(result, _stock).Many("added").Select(t => t.Text("to")).ShouldContain("critical");
    }

    [Fact]
    public async Task The_edge_as_it_is_now_holds_for_the_whole_window_whatever_was_recorded_of_it()
    {
        await HistoryAsync();
        var path = $"/api/v1/nodes/{_db}/parents/{_payments}";
        await _client.ExpectAsync(HttpStatusCode.OK, "PUT", path, """{"contribution":"ignore"}""");
        var result = await TriedAsync(Edge(_payments));
        Node(result, _payments).GetProperty("before").Number("incidents").ShouldBe(1);
        Node(result, _payments).GetProperty("after").Number("incidents").ShouldBe(0);
    }

    [Fact]
    public async Task What_differs_in_nothing_is_told_as_it_was_and_nothing_is_written()
    {
        await HistoryAsync();
        var node = (await TriedAsync(Edge(_payments))).Many("nodes").ShouldHaveSingleItem();
        node.GetProperty("after").ToString().ShouldBe(node.GetProperty("before").ToString());
        await TriedAsync(Gone(_payments));
        (await _client.FetchAsync($"/api/v1/nodes/{_payments}/tree")).ToString().ShouldContain(_db);
    }

    [Fact]
    public async Task What_the_change_itself_would_be_refused_for_is_refused_with_its_place()
    {
        await HistoryAsync();
        var fine = Edge(_stock);
        await RefusedAsync(409, "cycle", "/edges/1", fine, Of(_payments, _shop));
        await RefusedAsync(404, "unknown_node", "/edges/1", fine, Of(_payments, Guid.NewGuid().ToString()));
        await RefusedAsync(422, "unknown_parent", "/edges/0/parentId", Edge(Guid.NewGuid().ToString()), fine);
        await RefusedAsync(409, "leaf_as_parent", "/edges/0/parentId", Of(_db, _stock));
        await RefusedAsync(
            422,
            "unknown_contribution",
            "/edges/0/contribution",
            Edge(_stock, ""","contribution":"half" """)
        );
        await RefusedAsync(400, "validation", "/edges/0/weight", Edge(_stock, ""","weight":0"""));
        await RefusedAsync(400, "validation", "/edges/0/remove", Edge(_stock, ""","remove":true,"weight":1"""));
        await RefusedAsync(400, "validation", "/edges", fine, fine);
        await RefusedAsync(400, "validation", "/edges", [.. Enumerable.Range(0, 1_001).Select(_ => Edge(NewId()))]);
        await RefusedAsync(400, "validation", "/drafts");
    }

    [Fact]
    public async Task Two_edges_that_would_close_a_cycle_together_are_refused_and_a_swap_is_not_in_any_order()
    {
        await HistoryAsync();
        await RefusedAsync(409, "cycle", "/edges/1", Of(_payments, _stock), Of(_stock, _payments));
        await TriedAsync(Of(_payments, _shop), Gone(_shop, _payments));
    }

    private static string NewId() => Guid.NewGuid().ToString();

    private string Edge(string parent, string settings = "") => Of(parent, _db, settings);

    private static string Of(string parent, string node, string settings = "") =>
        $$"""{"nodeId":"{{node}}","parentId":"{{parent}}"{{settings}}}""";

    private string Gone(string parent, string? node = null) => Of(parent, node ?? _db, ""","remove":true""");

    private string Body(IEnumerable<string> edges) =>
        $$"""{"edges":[{{string.Join(',', edges)}}],"from":"{{_from}}"}""";

    private static JsonElement Node(JsonElement result, string id) =>
        result.Many("nodes").Single(n => n.Text("nodeId") == id);

    private Task<JsonElement> TriedAsync(params string[] edges) =>
        _client.ExpectAsync(HttpStatusCode.OK, "POST", Backtests, Body(edges));

    private async Task RefusedAsync(int status, string code, string pointer, params string[] edges)
    {
        using var response = await _client.SendAsync("POST", Backtests, Body(edges));
        var problem = await response.ShouldBeProblemAsync((HttpStatusCode)status, code);
        problem.GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue(problem.ToString());
    }

    // shop over payments (db, queue) and stock (web); from a moment on, all were up but db, which was down for a while.
    private async Task HistoryAsync()
    {
        _shop = await CreateAsync("nodes", """{"name":"shop"}""");
        _payments = await CreateAsync("nodes", $$"""{"name":"payments","parentId":"{{_shop}}"}""");
        _stock = await CreateAsync("nodes", $$"""{"name":"stock","parentId":"{{_shop}}"}""");
        _db = await LeafAsync("db", _payments);
        await LeafAsync("queue", _payments);
        await LeafAsync("web", _stock);
        await UntilAsync("up");
        _from = DateTimeOffset.UtcNow.ToString("O");
        await OutageAsync();
    }

    private async Task OutageAsync()
    {
        await ReportAsync("db", "down");
        await UntilAsync("down");
        await ReportAsync("db", "up");
        await UntilAsync("up");
    }

    private async Task<string> LeafAsync(string name, string parent)
    {
        var check = await CreateAsync("checks", $$"""{"name":"{{name}}","kind":"report","source":"{{name}}"}""");
        var leaf = $$"""{"name":"{{name}}","parentId":"{{parent}}","checkId":"{{check}}"}""";
        await ReportAsync(name, "up");
        return await CreateAsync("nodes", leaf);
    }

    private Task UntilAsync(string status) =>
        Eventually.IsTrueAsync(async () =>
            (await _client.FetchAsync($"/api/v1/nodes/{_shop}")).Text("status") == status
        );

    private Task ReportAsync(string source, string status) =>
        _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            $$"""{"source":"{{source}}","status":"{{status}}"}"""
        );

    private async Task<string> CreateAsync(string what, string body) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", $"/api/v1/{what}", body)).Text("id");
}
