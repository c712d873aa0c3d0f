using System.Net;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class DependencyTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private const string Path = "/api/v1/nodes";
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task What_a_node_depends_on_and_what_depends_on_it_is_answered()
    {
        var (till, network) = (await NodeAsync("Till"), await NodeAsync("Network"));
        var added = await DependAsync(till, network);

        var below = await _client.FetchAsync($"{Path}/{till}/dependencies", added.Number("position"));
        below.Many("dependsOn").ShouldHaveSingleItem().Text("name").ShouldBe("Network");
        below.Many("dependants").ShouldBeEmpty();
        var above = await _client.FetchAsync($"{Path}/{network}/dependencies");
        above.Many("dependants").ShouldHaveSingleItem().Text("nodeId").ShouldBe(till);

        var removed = await _client.ExpectAsync(HttpStatusCode.OK, "DELETE", $"{Path}/{till}/dependencies/{network}");
        below = await _client.FetchAsync($"{Path}/{till}/dependencies", removed.Number("position"));
        below.Many("dependsOn").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cycle_of_dependencies_is_refused_with_the_path_that_would_close_it()
    {
        var (a, b, c) = (await NodeAsync("Till"), await NodeAsync("Switch"), await NodeAsync("Router"));
        await DependAsync(a, b);
        await DependAsync(b, c);

        using var response = await _client.SendAsync("PUT", $"{Path}/{c}/dependencies/{a}");
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.Conflict, "cycle");
        problem.Text("detail").ShouldContain($"Router ({c}) > Till ({a}) > Switch ({b}) > Router ({c})");
        using var self = await _client.SendAsync("PUT", $"{Path}/{a}/dependencies/{a}");
        await self.ShouldBeProblemAsync(HttpStatusCode.Conflict, "cycle");
    }

    [Fact]
    public async Task An_unknown_node_is_not_found()
    {
        var till = await NodeAsync("Till");
        using var on = await _client.SendAsync("PUT", $"{Path}/{till}/dependencies/{Guid.NewGuid()}");
        await on.ShouldBeProblemAsync(HttpStatusCode.NotFound, "unknown_node");
        using var of = await _client.SendAsync("GET", $"{Path}/{Guid.NewGuid()}/dependencies");
        await of.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_new_problem_is_marked_everywhere_while_what_it_depends_on_is_not_available()
    {
        var (network, line) = await LeafAsync("Network");
        var (till, own) = await LeafAsync("Till");
        await DependAsync(till, network);
        await ReportAsync(line, "down");
        await ReportAsync(own, "down");

        var node = await UntilAsync(till, "down");
        Ids(node, "suppressedBy").ShouldBe([network]);
        Ids(await _client.FetchAsync($"{Path}/{till}/tree"), "suppressedBy").ShouldBe([network]);
        Ids(await _client.FetchAsync($"{Path}/{till}/explain"), "suppressedBy").ShouldBe([network]);
        Ids(await _client.FetchAsync($"{Path}/{till}/dependencies"), "suppressedBy").ShouldBe([network]);
        Ids((await _client.FetchAsync($"{Path}/{till}/transitions")).Items()[0], "suppressed").ShouldBe([network]);
        (await _client.FetchAsync($"{Path}/{network}")).TryGetProperty("suppressedBy", out _).ShouldBeFalse();

        await ReportAsync(line, "up");
        await UntilAsync(network, "up");
        (await _client.FetchAsync($"{Path}/{till}")).TryGetProperty("suppressedBy", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_deleted_node_leaves_no_dependency_behind()
    {
        var (till, network) = (await NodeAsync("Till"), await NodeAsync("Network"));
        await DependAsync(till, network);
        var deleted = await _client.ExpectAsync(HttpStatusCode.OK, "DELETE", $"{Path}/{network}");
        var left = await _client.FetchAsync($"{Path}/{till}/dependencies", deleted.Number("position"));
        left.Many("dependsOn").ShouldBeEmpty();
    }

    private static List<string?> Ids(JsonElement json, string property) =>
        [.. json.Many(property).Select(id => id.GetString())];

    private Task<JsonElement> DependAsync(string node, string on) =>
        _client.ExpectAsync(HttpStatusCode.OK, "PUT", $"{Path}/{node}/dependencies/{on}");

    private async Task<string> NodeAsync(string name, string? checkId = null)
    {
        var check = checkId is null ? "" : $""","checkId":"{checkId}" """;
        var body = $$"""{"name":"{{name}}"{{check}}}""";
        return (await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, body)).Text("id");
    }

    private async Task<(string Node, string Source)> LeafAsync(string name)
    {
        var source = $"{name}/{Guid.NewGuid()}";
        var check = await _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/checks",
            $$"""{"name":"{{name}}","kind":"report","source":"{{source}}"}"""
        );
        return (await NodeAsync(name, check.Text("id")), source);
    }

    private Task<JsonElement> ReportAsync(string source, string status) =>
        _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            $$"""{"source":"{{source}}","status":"{{status}}"}"""
        );

    private async Task<JsonElement> UntilAsync(string node, string status)
    {
        JsonElement seen = default;
        await Eventually.IsTrueAsync(async () =>
        {
            seen = await _client.FetchAsync($"{Path}/{node}");
            return seen.Text("status") == status;
        });
        return seen;
    }
}
