using System.Net;
using System.Text.Json;

namespace Torch.Server.Tests.Features;

public sealed class MaintenanceTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private const string Path = "/api/v1/maintenance";
    private readonly NodeWorld _world = new(fixture.Client);
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task An_open_window_covers_all_below_its_nodes_until_it_is_ended()
    {
        var group = await _world.GroupAsync("Shop");
        var (leaf, source) = await _world.LeafAsync("Till", group);
        var window = await PlanAsync(group, Fixed(Now.AddMinutes(-1), Now.AddHours(1)));
        await _world.ReportAsync(source, "down");
        var node = await _world.UntilAsync(
            leaf,
            n => n.Text("status") == "maintenance" && n.TryGetProperty("maintenance", out _)
        );
        node.GetProperty("maintenance").Text("windowId").ShouldBe(window);
        node.GetProperty("maintenance").Text("name").ShouldBe("Works");
        await _world.UntilAsync(group, n => n.Text("status") == "maintenance");
        var why = await _world.UntilAsync(
            leaf,
            w => w.TryGetProperty("underneath", out var u) && u.Text("status") == "down",
            "/explain"
        );
        why.Text("decider").ShouldBe("mask");
        (await WindowAsync(window, w => w.GetProperty("active").GetBoolean()))
            .GetProperty("nodeIds")[0]
            .GetString()
            .ShouldBe(group);

        await _world.DoAsync("POST", $"{Path}/{window}/end");

        await _world.UntilAsync(group, n => n.Text("status") == "down" && !n.TryGetProperty("maintenance", out _));
        var ended = await WindowAsync(window, w => !w.GetProperty("active").GetBoolean());
        ended.GetProperty("endedAt").ValueKind.ShouldBe(JsonValueKind.String);
        var version = (await _world.DoAsync("POST", $"{Path}/{window}/end")).Number("version");
        version.ShouldBe(ended.Number("version"));
    }

    [Fact]
    public async Task A_flexible_window_begins_with_the_first_problem()
    {
        var (leaf, source) = await _world.LeafAsync("Till");
        var window = await PlanAsync(
            leaf,
            Fixed(Now.AddMinutes(-1), Now.AddHours(1), "flexible", ""","duration":"PT30M" """)
        );
        (await WindowAsync(window, _ => true)).GetProperty("active").GetBoolean().ShouldBeFalse();
        await _world.ReportAsync(source, "down");
        await _world.UntilAsync(leaf, n => n.Text("status") == "maintenance");
        var open = await WindowAsync(window, w => w.GetProperty("active").GetBoolean());
        open.GetProperty("activeUntil").GetDateTimeOffset().ShouldBeInRange(Now.AddMinutes(29), Now.AddMinutes(31));
    }

    [Fact]
    public async Task A_recurring_window_is_read_back_as_it_was_planned_and_stands_in_the_calendar()
    {
        var group = await _world.GroupAsync("Shop");
        const string plan = """
            {"kind":"recurring","duration":"PT2H","days":["mon","sun"],"start":"02:00","timeZone":"Europe/Berlin"}
            """;
        var window = await PlanAsync(group, plan);
        var view = await WindowAsync(window, _ => true);
        view.GetProperty("schedule").GetRawText().ShouldBe(plan.Trim());
        view.GetProperty("endedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        var calendar = await fixture.Client.FetchAsync(
            $"{Path}/calendar?from=2027-03-22T00:00:00Z&to=2027-04-05T00:00:00Z"
        );
        calendar
            .Items()
            .Where(o => o.Text("windowId") == window)
            .Select(o => o.Text("from"))
            .ShouldBe(["2027-03-22T01:00:00Z", "2027-03-28T01:00:00Z", "2027-03-29T00:00:00Z", "2027-04-04T00:00:00Z"]);
        (await fixture.Client.FetchAsync(Path)).Items().ShouldContain(w => w.Text("id") == window);
    }

    [Fact]
    public async Task A_window_can_be_changed_and_deleted_by_who_has_seen_it_as_it_is()
    {
        var (leaf, _) = await _world.LeafAsync("Till");
        var window = await PlanAsync(leaf, Fixed(Now.AddMinutes(-1), Now.AddHours(1)));
        await _world.UntilAsync(leaf, n => n.Text("status") == "maintenance");
        var later = Body(leaf, Fixed(Now.AddHours(1), Now.AddHours(2)));
        await fixture.Client.ExpectAsync(
            HttpStatusCode.PreconditionFailed,
            "PUT",
            $"{Path}/{window}",
            later,
            ("If-Match", "\"9\"")
        );
        var version = (
            await fixture.Client.ExpectAsync(HttpStatusCode.OK, "PUT", $"{Path}/{window}", later, ("If-Match", "\"1\""))
        ).Number("version");
        version.ShouldBe(2);
        (await _world.DoAsync("PUT", $"{Path}/{window}", later)).Number("version").ShouldBe(2);
        await _world.UntilAsync(leaf, n => n.Text("status") == "up");
        await _world.DoAsync("DELETE", $"{Path}/{window}");
        await fixture.Client.ExpectAsync(HttpStatusCode.NotFound, "DELETE", $"{Path}/{window}");
    }

    [Fact]
    public async Task A_repeated_key_plans_one_window()
    {
        var group = await _world.GroupAsync("Shop");
        var body = Body(group, Fixed(Now.AddHours(1), Now.AddHours(2)));
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await fixture.Client.ExpectAsync(HttpStatusCode.Created, "POST", Path, body, key);
        var second = await fixture.Client.ExpectAsync(HttpStatusCode.Created, "POST", Path, body, key);
        second.Text("id").ShouldBe(first.Text("id"));
    }

    [Theory]
    [InlineData("""{"kind":"fixed","from":"2027-01-01T00:00:00Z"}""", HttpStatusCode.BadRequest, "/schedule")]
    [InlineData(
        """{"kind":"fixed","from":"2027-01-02T00:00:00Z","to":"2027-01-01T00:00:00Z"}""",
        HttpStatusCode.UnprocessableEntity,
        "/schedule/to"
    )]
    [InlineData(
        """{"kind":"fixed","from":"2020-01-01T00:00:00Z","to":"2020-01-02T00:00:00Z"}""",
        HttpStatusCode.UnprocessableEntity,
        "/schedule/to"
    )]
    [InlineData(
        """{"kind":"flexible","from":"2027-01-01T00:00:00Z","to":"2027-01-02T00:00:00Z"}""",
        HttpStatusCode.UnprocessableEntity,
        "/schedule/duration"
    )]
    [InlineData(
        """{"kind":"recurring","days":["someday"],"start":"02:00","duration":"PT2H"}""",
        HttpStatusCode.BadRequest,
        "/schedule/days"
    )]
    [InlineData(
        """{"kind":"recurring","days":["sun"],"start":"25:00","duration":"PT2H"}""",
        HttpStatusCode.BadRequest,
        "/schedule/start"
    )]
    [InlineData(
        """{"kind":"recurring","days":["sun"],"start":"02:00","duration":"P8D"}""",
        HttpStatusCode.BadRequest,
        "/schedule/duration"
    )]
    [InlineData(
        """{"kind":"recurring","days":["sun"],"start":"02:00","duration":"PT2H","timeZone":"Mars/Base"}""",
        HttpStatusCode.UnprocessableEntity,
        "/schedule/timeZone"
    )]
    public async Task A_bad_plan_is_refused_with_the_member(string plan, HttpStatusCode status, string pointer)
    {
        var group = await _world.GroupAsync("Shop");
        var problem = await fixture.Client.ExpectAsync(status, "POST", Path, Body(group, plan));
        problem.GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue(problem.GetRawText());
    }

    [Fact]
    public async Task Unknown_nodes_and_calendars_of_more_than_a_year_are_refused()
    {
        var body = Body(Guid.NewGuid().ToString(), Fixed(Now.AddHours(1), Now.AddHours(2)));
        var problem = await fixture.Client.ExpectAsync(HttpStatusCode.UnprocessableEntity, "POST", Path, body);
        problem.GetProperty("errors").TryGetProperty("/nodeIds", out _).ShouldBeTrue();
        await fixture.Client.ExpectAsync(
            HttpStatusCode.BadRequest,
            "GET",
            $"{Path}/calendar?from=2026-01-01T00:00:00Z&to=2028-01-01T00:00:00Z"
        );
    }

    private async Task<string> PlanAsync(string node, string schedule) =>
        (await fixture.Client.ExpectAsync(HttpStatusCode.Created, "POST", Path, Body(node, schedule))).Text("id");

    private async Task<JsonElement> WindowAsync(string id, Func<JsonElement, bool> holds)
    {
        JsonElement seen = default;
        await Torch.Testing.Eventually.IsTrueAsync(async () =>
        {
            using var response = await fixture.Client.SendAsync("GET", $"{Path}/{id}");
            return response.IsSuccessStatusCode && holds(seen = await response.ReadAsync());
        });
        return seen;
    }

    private static string Body(string node, string schedule) =>
        $$"""{"name":"Works","nodeIds":["{{node}}"],"reason":"planned","schedule":{{schedule}}}""";

    private static string Fixed(DateTimeOffset from, DateTimeOffset to, string kind = "fixed", string more = "") =>
        $$"""{"kind":"{{kind}}","from":"{{from:O}}","to":"{{to:O}}"{{more}}}""";
}
