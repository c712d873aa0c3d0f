using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Torch.Server.Tests.Auth.Seeing;

/// <summary>What a viewer of certain hierarchies is shown: every operation of the OpenAPI document.</summary>
public sealed partial class SightTests(SightWorld world) : IClassFixture<SightWorld>
{
    private const string Unknown = "0190a000-0000-7000-8000-00000000dead";

    /// <summary>How one operation is looked at.</summary>
    /// <param name="Shown">What answers 200, each with a text that proves that it shows something.</param>
    /// <param name="Hidden">Addresses with <c>*</c> for an id, and the id: they answer as for one that nobody knows.</param>
    private sealed record Look((string Path, string Shows)[] Shown, params (string Path, string Id)[] Hidden);

    private string Past => $"atPosition={world.Position}";

    private Dictionary<string, Look> Cases =>
        new(StringComparer.Ordinal)
        {
            ["ListTrees"] = new([("/trees", world["both"]), ($"/trees?{Past}", world["both"])]),
            ["GetTree"] = OfNode("/tree", world["both"], past: true),
            ["GetNode"] = OfNode("", "shop", past: true),
            ["Explain"] = OfNode("/explain", "both", past: true),
            ["ListTransitions"] = OfNode("/transitions", "transitions", of: "api", shows: "down"),
            ["ListNodeObservations"] = OfNode("/observations", "observation", of: "api"),
            ["ListAnnotations"] = OfNode("/annotations", "v2 is out", of: "both"),
            ["GetNodeSeries"] = OfNode("/series", "buckets"),
            ["GetCauses"] = OfNode("/causes", world["shop"], past: true, of: "both", shows: world["shop"]),
            ["GetDependencies"] = OfNode("/dependencies", world["api"], of: "api"),
            ["GetRules"] = OfNode("/rules", "as is", past: true),
            ["ListRuleVersions"] = OfNode("/rules/versions", "as is"),
            ["GetOverview"] = new([("/overview", world["both"]), ($"/overview?{Past}", world["both"])]),
            ["ListAvailability"] = new(
                [("/availability", world["both"]), ($"/availability?root={world["checkout"]}", world["both"])],
                ("/availability?root=*", world["secret-group"])
            ),
            ["ListIncidents"] = new([
                ("/incidents", world["both-incident"]),
                ($"/incidents?node={world["api"]}", world["api-incident"]),
            ]),
            ["GetIncident"] = new(
                [($"/incidents/{world["both-incident"]}", "both"), ($"/incidents/{world["api-incident"]}", "api")],
                ("/incidents/*", world["secret-incident"])
            ),
            ["ListChecks"] = new([("/checks", world["both check"])]),
            ["GetCheck"] = OfCheck("", "both"),
            ["ListObservations"] = OfCheck("/observations", "down"),
            ["GetSeries"] = OfCheck("/series", "buckets"),
            ["ListObjectives"] = new([("/slos", world["checkout objective"])]),
            ["ListObjectiveReports"] = new([("/slos/reports", world["checkout objective"])]),
            ["GetObjective"] = OfObjective(""),
            ["GetObjectiveReport"] = OfObjective("/report?subtree=true"),
            ["GetObjectiveBudget"] = OfObjective("/budget", "points"),
            ["ListMaintenance"] = new([("/maintenance", world["works"])]),
            ["GetMaintenance"] = new(
                [($"/maintenance/{world["works"]}", world["checkout"])],
                ("/maintenance/*", world["secret-works"])
            ),
            ["GetMaintenanceCalendar"] = new([
                (
                    $"/maintenance/calendar?to={Uri.EscapeDataString(SightWorld.Time(DateTimeOffset.UtcNow.AddDays(1)))}",
                    world["checkout"]
                ),
            ]),
            ["ListStatuses"] = new([("/statuses", "degraded")]),
            ["ListSessions"] = new([("/sessions", SightWorld.Viewer)]),
        };

    // They change something of one's own; what the stream tells has tests of its own.
    private static readonly string[] Others = ["RevokeSession", "ChangeOwnPassword", "Stream"];

    private Look OfNode(string below, string shown, bool past = false, string of = "checkout", string? shows = null)
    {
        string[] queries = past ? ["", "?" + Past] : [""];
        string[] secrets = [world["secret-realm"], world["secret-group"], world["secret-db"]];
        return new(
            [.. queries.Select(query => ($"/nodes/{world[of]}{below}{query}", shows ?? shown))],
            [.. queries.SelectMany(query => secrets.Select(secret => ($"/nodes/*{below}{query}", secret)))]
        );
    }

    private Look OfCheck(string below, string shown) =>
        new([($"/checks/{world["both check"]}{below}", shown)], ("/checks/*" + below, world["secret-db check"]));

    private Look OfObjective(string below, string? shows = null) =>
        new(
            [($"/slos/{world["checkout objective"]}{below}", shows ?? world["checkout"])],
            ("/slos/*" + below, world["secret-group objective"])
        );

    [Fact]
    public async Task Whoever_sees_certain_hierarchies_gets_only_what_holds_to_them()
    {
        var open = new List<string>();
        foreach (var (id, method, path, right, marked) in await OperationsAsync())
        {
            if (marked || right == "anonymous")
                continue;
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method is "POST" or "PUT" or "PATCH")
                request.Content = Json.Content("{}");
            using var answer = await world.Limited.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (answer.StatusCode != HttpStatusCode.Forbidden)
                open.Add($"{id} answered {(int)answer.StatusCode}");
            else if (right == "read")
                await answer.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "beyond_sight");
        }
        open.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_operation_that_holds_to_a_sight_is_looked_at()
    {
        var marked = (await OperationsAsync()).Where(o => o.Marked).Select(o => o.Id);

        marked.Order().ShouldBe(Cases.Keys.Concat(Others).Order());
    }

    [Fact]
    public async Task Nothing_of_other_hierarchies_is_shown()
    {
        foreach (var (id, (shown, _)) in Cases)
        foreach (var (path, shows) in shown)
        {
            using var answer = await world.Limited.GetAsync("/api/v1" + path);
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{id}: {path}: {text}");
            text.ShouldContain(shows, Case.Insensitive, $"{id}: {path}");
            text.ShouldNotContain("secret", Case.Insensitive, $"{id}: {path}");
            foreach (var secret in world.Secrets)
                text.ShouldNotContain(secret, Case.Insensitive, $"{id}: {path}");
        }
    }

    [Fact]
    public async Task An_admin_is_shown_more_by_the_same()
    {
        // Otherwise nothing would have been hidden above.
        string[] paths =
        [
            "/trees",
            $"/trees?{Past}",
            "/overview",
            "/availability",
            "/incidents",
            $"/incidents/{world["both-incident"]}",
            "/checks",
            "/slos",
            "/slos/reports",
            "/maintenance",
            $"/maintenance/{world["works"]}",
            $"/nodes/{world["both"]}",
            $"/nodes/{world["both"]}?{Past}",
            $"/nodes/{world["both"]}/causes",
            $"/nodes/{world["both"]}/causes?{Past}",
            $"/nodes/{world["api"]}/explain",
            $"/nodes/{world["api"]}/transitions",
            $"/nodes/{world["api"]}/dependencies",
            $"/nodes/{world["both"]}/annotations",
        ];
        foreach (var path in paths)
        {
            var text = await world.Admin.GetStringAsync("/api/v1" + path);
            world.Secrets.ShouldContain(secret => text.Contains(secret), path);
            using var limited = await world.Limited.GetAsync("/api/v1" + path);
            var seen = await limited.Content.ReadAsStringAsync();
            limited.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            world.Secrets.ShouldNotContain(secret => seen.Contains(secret), path);
        }
    }

    [Fact]
    public async Task What_is_elsewhere_is_answered_as_what_nobody_knows()
    {
        foreach (var (id, (_, hidden)) in Cases)
        foreach (var (path, secret) in hidden)
        {
            var elsewhere = await RefusalAsync(path, secret);
            elsewhere.ShouldBe(await RefusalAsync(path, Unknown), $"{id}: {path}");
            elsewhere.ShouldContain("\"status\":404", Case.Sensitive, $"{id}: {path}");
        }
    }

    private async Task<string> RefusalAsync(string path, string id)
    {
        using var answer = await world.Limited.GetAsync("/api/v1" + path.Replace("*", id, StringComparison.Ordinal));
        var text = (await answer.Content.ReadAsStringAsync()).Replace(id, "*", StringComparison.Ordinal);
        return TraceId().Replace(text, "");
    }

    [Fact]
    public async Task What_is_open_to_everybody_tells_them_no_more_than_a_stranger()
    {
        foreach (var node in new[] { "both", "secret-db" })
        foreach (var badge in new[] { "status", "uptime" })
        {
            var path = $"/badge/{world[node]}/{badge}.svg";
            using var shown = await world.Admin.GetAsync(path);
            using var limited = await world.Limited.GetAsync(path);
            shown.StatusCode.ShouldBe(HttpStatusCode.OK);
            limited.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        (await world.Admin.GetStringAsync("/metrics")).ShouldContain("torch_probes_left_out");
        (await world.Limited.GetStringAsync("/metrics")).ShouldNotContain("torch_probes_left_out");
    }

    [Fact]
    public async Task Pages_are_cut_from_what_is_in_sight()
    {
        foreach (
            var (path, cursor, count) in new[]
            {
                ("/checks", "after", 2),
                ("/slos", "after", 1),
                ("/slos/reports", "after", 1),
                ("/maintenance", "after", 1),
                ("/incidents", "before", 2),
                ("/availability", "after", 4),
            }
        )
        {
            var (pages, next) = (0, "");
            while (pages < 10)
            {
                var page = await world.Limited.FetchAsync($"/api/v1{path}?limit=1{next}");
                page.Items().Count.ShouldBe(1, path);
                pages++;
                if (page.GetProperty("next").ValueKind == JsonValueKind.Null)
                    break;
                next = $"&{cursor}={Uri.EscapeDataString(page.Text("next"))}";
            }
            pages.ShouldBe(count, path);
        }
        (await world.Limited.FetchAsync("/api/v1/availability")).Number("total").ShouldBe(4);
    }

    [Fact]
    public async Task A_node_of_two_hierarchies_is_shown_where_it_is_in_sight()
    {
        var both = await world.Limited.FetchAsync($"/api/v1/nodes/{world["both"]}");
        var then = await world.Limited.FetchAsync($"/api/v1/nodes/{world["both"]}?{Past}");
        var ranked = (await world.Limited.FetchAsync("/api/v1/availability")).Items();

        foreach (var node in new[] { both, then })
        {
            node.Many("path").Select(p => p.Text("name")).ShouldBe(["shop", "checkout", "both"]);
            node.Many("parentIds").Select(p => p.GetString()).ShouldBe([world["checkout"]]);
        }
        ranked
            .Single(r => r.Text("nodeId") == world["both"])
            .Many("path")
            .Select(p => p.GetString())
            .ShouldBe(["shop", "checkout", "both"]);
        var incident = await world.Limited.FetchAsync($"/api/v1/incidents/{world["both-incident"]}");
        incident.Text("path").ShouldBe("shop / checkout");
        incident.Many("affected").Select(a => a.Text("name")).Order().ShouldBe(["checkout", "shop"]);
        incident.GetProperty("notices").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_session_says_what_one_sees()
    {
        var session = await world.Limited.FetchAsync("/api/v1/session");

        session.Many("rights").Select(r => r.GetString()).ShouldBe(["read"]);
        session.Many("hierarchies").Select(h => h.GetString()).ShouldBe([world["shop"]]);
    }

    private async Task<List<(string Id, string Method, string Path, string Right, bool Marked)>> OperationsAsync()
    {
        var document = await world.Admin.FetchAsync("/openapi/v1.json");
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select (
                operation.Value.Text("operationId"),
                operation.Name.ToUpperInvariant(),
                Hole().Replace(path.Name, hole => hole.Value is "{position}" ? "1" : Unknown),
                operation.Value.Text("x-torch-right"),
                operation.Value.TryGetProperty("x-torch-within-sight", out _)
            ),
        ];
    }

    [GeneratedRegex(@"\{\w+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Hole();

    [GeneratedRegex("\"traceId\":\"[^\"]*\"", RegexOptions.NonBacktracking)]
    private static partial Regex TraceId();
}
