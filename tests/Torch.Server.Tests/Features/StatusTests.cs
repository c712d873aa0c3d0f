using System.Net;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class StatusTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private const string Path = "/api/v1/statuses";
    private const string Nodes = "/api/v1/nodes";
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_workspace_may_add_its_own_status_and_use_it_everywhere()
    {
        var defined = await DefineAsync("sluggish", 15);
        var listed = await _client.FetchAsync(Path, defined.Number("position"));
        var own = listed.EnumerateArray().Single(s => s.Text("name") == "sluggish");
        own.GetProperty("severity").GetInt32().ShouldBe(15);
        own.Text("colour").ShouldBe("#b08800");
        own.GetProperty("builtIn").GetBoolean().ShouldBeFalse();

        var group = await NodeAsync("Shop");
        var leaf = await LeafAsync("api", group);
        await OkAsync("PUT", $"{Nodes}/{leaf.Node}/rules", """{"rules":[{"when":"value > 10","then":"sluggish"}]}""");
        await OkAsync(
            "PUT",
            $"{Nodes}/{group}/rules",
            """{"rules":[{"when":"any child >= sluggish","then":"sluggish"}],"rollUp":"worst capped at sluggish"}"""
        );
        await OkAsync("PUT", $"{Nodes}/{leaf.Node}/parents/{group}", """{"contribution":"cap sluggish"}""");
        await ReportAsync(leaf.Source, "\"value\":11");
        await UntilAsync(group, "sluggish");
        await ReportAsync(leaf.Source, "\"value\":1,\"status\":\"sluggish\"");
        await UntilAsync(leaf.Node, "sluggish");

        using var response = await _client.SendAsync("DELETE", $"{Path}/sluggish");
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.Conflict, "status_in_use");
        problem.Text("detail").ShouldContain("the rules of Shop");
        problem.Text("detail").ShouldContain("the rules of api");
        problem.Text("detail").ShouldContain("the contribution of Shop > api");
    }

    [Fact]
    public async Task A_status_that_nobody_names_can_be_changed_and_removed()
    {
        await DefineAsync("odd", 15);
        var changed = await OkAsync(
            "PUT",
            $"{Path}/odd",
            """{"label":"Odd","severity":35,"available":false,"shape":"square","colour":"#112233"}"""
        );
        var seen = await _client.FetchAsync(Path, changed.Number("position"));
        seen.EnumerateArray().Single(s => s.Text("name") == "odd").GetProperty("severity").GetInt32().ShouldBe(35);
        var removed = await OkAsync("DELETE", $"{Path}/odd");
        seen = await _client.FetchAsync(Path, removed.Number("position"));
        seen.EnumerateArray().ShouldNotContain(s => s.Text("name") == "odd");
        using var again = await _client.SendAsync("DELETE", $"{Path}/odd");
        await again.ShouldBeProblemAsync(HttpStatusCode.NotFound, "no_such_status");
    }

    [Fact]
    public async Task A_status_that_a_node_shows_by_hand_is_neither_removed_nor_given_another_meaning()
    {
        await DefineAsync("frozen", 25);
        var group = await NodeAsync("Given by hand");
        await OkAsync("PUT", $"{Nodes}/{group}/manual-status", """{"status":"frozen","reason":"as agreed"}""");

        using var removed = await _client.SendAsync("DELETE", $"{Path}/frozen");
        var problem = await removed.ShouldBeProblemAsync(HttpStatusCode.Conflict, "status_in_use");
        problem.Text("detail").ShouldContain("Given by hand");
        var worse = """{"label":"Ice","severity":35,"available":true,"shape":"square","colour":"#112233"}""";
        using var changed = await _client.SendAsync("PUT", $"{Path}/frozen", worse);
        await changed.ShouldBeProblemAsync(HttpStatusCode.Conflict, "status_in_use");
        await OkAsync("PUT", $"{Path}/frozen", worse.Replace("35", "25"));

        await OkAsync("DELETE", $"{Nodes}/{group}/manual-status");
        await OkAsync("DELETE", $"{Path}/frozen");
    }

    [Fact]
    public async Task Built_in_names_are_reserved()
    {
        using var defined = await _client.SendAsync("POST", Path, Body("down", 15));
        await defined.ShouldBeProblemAsync(HttpStatusCode.Conflict, "status_exists");
        using var removed = await _client.SendAsync("DELETE", $"{Path}/down");
        await removed.ShouldBeProblemAsync(HttpStatusCode.Conflict, "built_in_status");
    }

    [Fact]
    public async Task What_is_no_status_is_refused_with_its_member()
    {
        using var response = await _client.SendAsync("POST", Path, Body("Odd One", 15));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "bad_status_name");
        problem.GetProperty("errors").TryGetProperty("/name", out _).ShouldBeTrue();
        using var severity = await _client.SendAsync("POST", Path, Body("odd-one", 1_000));
        await severity.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "severity_out_of_range");
    }

    [Fact]
    public async Task A_status_that_nobody_has_defined_is_refused_in_rules_and_reports()
    {
        var leaf = await LeafAsync("queue", await NodeAsync("Shop"));
        using var rules = await _client.SendAsync(
            "PUT",
            $"{Nodes}/{leaf.Node}/rules",
            """{"rules":[{"when":"value > 10","then":"nowhere"}]}"""
        );
        rules.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var report = await _client.SendAsync("POST", "/api/v1/reports", """{"source":"x","status":"nowhere"}""");
        report.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static string Body(string name, int severity) =>
        $$"""{"name":"{{name}}","label":"A label","severity":{{severity}},"available":true,"shape":"triangle","colour":"#b08800"}""";

    private Task<JsonElement> DefineAsync(string name, int severity) =>
        _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, Body(name, severity));

    private Task<JsonElement> OkAsync(string method, string path, string? json = null) =>
        _client.ExpectAsync(HttpStatusCode.OK, method, path, json);

    private async Task<string> NodeAsync(string name) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", Nodes, $$"""{"name":"{{name}}"}""")).Text("id");

    private async Task<(string Node, string Source)> LeafAsync(string name, string parent)
    {
        var source = $"{name}/{Guid.NewGuid()}";
        var check = await _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/checks",
            $$"""{"name":"{{name}}","kind":"report","source":"{{source}}"}"""
        );
        var node = await _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            Nodes,
            $$"""{"name":"{{name}}","parentId":"{{parent}}","checkId":"{{check.Text("id")}}"}"""
        );
        return (node.Text("id"), source);
    }

    private Task<JsonElement> ReportAsync(string source, string members) =>
        _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            $$"""{"source":"{{source}}",{{members}}}"""
        );

    private Task UntilAsync(string node, string status) =>
        Eventually.IsTrueAsync(async () => (await _client.FetchAsync($"{Nodes}/{node}")).Text("status") == status);
}
