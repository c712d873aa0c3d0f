using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Torch.Domain;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Projecting;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class SloTests : TorchTest
{
    private const string Path = "/api/v1/slos";
    private static readonly DateTimeOffset Midnight = new(DateTime.UtcNow.Date, TimeSpan.Zero);

    [Fact]
    public async Task A_report_equals_an_independent_fold_of_the_log_to_the_last_digit()
    {
        var node = await GroupAsync("shop");
        var random = new Random(5);
        string[] statuses = ["up", "degraded", "down", "critical", "expired", "maintenance", "unknown"];
        var (at, from) = (Midnight.AddDays(-40), "unknown");
        while (at < Midnight.AddMinutes(-1))
        {
            var to = statuses[random.Next(statuses.Length)];
            if (to != from)
                await TransitionAsync(node, from, to, at);
            (from, at) = (to, at.AddMilliseconds(random.Next(1, 200_000_000)));
        }
        var id = await CreateAsync(node, """ "counts":{"expired":"excluded","maintenance":"bad"} """);
        var asOf = Midnight.AddMilliseconds(-1);

        var report = await _client.FetchAsync($"{Path}/{id}/report?asOf={asOf:O}".Replace("+", "%2B"));

        var (good, bad) = await FoldAsync(node, asOf.AddDays(-30), asOf);
        (report.Number("good"), report.Number("bad")).ShouldBe((good, bad));
        report
            .GetProperty("availability")
            .GetDecimal()
            .ShouldBe(Math.Round(100m * good / (good + bad), 6, MidpointRounding.ToEven));
        var budget = (long)Math.Floor((good + bad) * 0.001m);
        report.GetProperty("budget").Number("left").ShouldBe(budget - bad);
        report.Number("good").ShouldBeGreaterThan(0);
    }

    // Nothing of Torch but its exported log: good and bad milliseconds from the events.
    private async Task<(long Good, long Bad)> FoldAsync(string node, DateTimeOffset from, DateTimeOffset to)
    {
        const string path = "/api/v1/events?types=node_transitioned";
        using var export = await _client.SendAsync("GET", path, null, ("Accept", "application/x-ndjson"));
        var lines = (await export.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var changes = lines
            .Select(l => JsonElement.Parse(l).GetProperty("data"))
            .Where(d => d.Text("nodeId") == node)
            .Select(d => (At: d.GetProperty("at").GetDateTimeOffset(), To: d.Text("to")))
            .ToList();
        var (good, bad) = (0L, 0L);
        for (var i = 0; i < changes.Count; i++)
        {
            var begin = changes[i].At < from ? from : changes[i].At;
            var end = i + 1 == changes.Count || changes[i + 1].At > to ? to : changes[i + 1].At;
            var milliseconds = Math.Max(0, (long)(end - begin).TotalMilliseconds);
            if (changes[i].To is "up" or "degraded")
                good += milliseconds;
            if (changes[i].To is "down" or "critical" or "maintenance")
                bad += milliseconds;
        }
        return (good, bad);
    }

    [Fact]
    public async Task The_reports_of_all_objectives_come_in_one_answer_as_each_alone()
    {
        var (shop, store) = (await GroupAsync("shop"), await GroupAsync("store"));
        await TransitionAsync(shop, "unknown", "up", Midnight.AddDays(-2));
        await TransitionAsync(shop, "up", "down", Midnight.AddHours(-5));
        await TransitionAsync(shop, "down", "up", Midnight.AddHours(-4));
        var (first, second) = (await CreateAsync(shop), await CreateAsync(store));

        var page = await _client.FetchAsync($"{Path}/reports?outages=1000");
        page.Items().Select(r => r.GetProperty("objective").Text("id")).ShouldBe([first, second], ignoreOrder: true);
        foreach (var report in page.Items())
        {
            var alone = $"{Path}/{report.GetProperty("objective").Text("id")}/report";
            var stamp = $"?asOf={report.Text("asOf")}&atPosition={report.Number("position")}";
            (await _client.FetchAsync(alone + stamp)).ToString().ShouldBe(report.ToString());
        }

        var brief = (await _client.FetchAsync($"{Path}/reports?node={shop}")).Items().ShouldHaveSingleItem();
        (brief.Number("outageCount"), brief.Many("outages").Count).ShouldBe((1, 0));
        var before = await _client.FetchAsync($"{Path}/reports?atPosition=1");
        before.Items().ShouldBeEmpty();
        var pages = await _client.FetchAsync($"{Path}/reports?limit=1");
        var next = await _client.FetchAsync($"{Path}/reports?limit=1&after={pages.Text("next")}");
        next.Items().ShouldHaveSingleItem();
        foreach (var wrong in (string[])["?outages=-1", "?outages=1001", "?asOf=2999-01-01T00:00:00Z", "?after=x"])
        {
            using var refused = await _client.SendAsync("GET", $"{Path}/reports{wrong}");
            await refused.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        }
    }

    [Fact]
    public async Task A_report_at_its_position_is_the_same_to_the_byte_whatever_came_since()
    {
        var node = await GroupAsync("shop");
        var child = await GroupAsync("child", node);
        await TransitionAsync(node, "unknown", "up", Midnight.AddDays(-2));
        await TransitionAsync(node, "up", "down", Midnight.AddHours(-5));
        await TransitionAsync(node, "down", "up", Midnight.AddHours(-4));
        await TransitionAsync(child, "unknown", "up", Midnight.AddDays(-1));
        var id = await CreateAsync(node);
        var first = await _client.GetStringAsync($"{Path}/{id}/report?subtree=true");
        var stamp = JsonElement.Parse(first);
        var again = $"{Path}/{id}/report?subtree=true&asOf={stamp.Text("asOf")}&atPosition={stamp.Number("position")}";
        (await _client.GetStringAsync(again)).ShouldBe(first);
        stamp.Number("outageCount").ShouldBe(1);
        stamp.Many("outages")[0].Text("cause").ShouldBe("because down");
        stamp.Text("mttr").ShouldBe("PT1H");
        stamp.Many("nodes").Count.ShouldBe(2);
        ShouldAgree(stamp, node);

        await ReviseAsync(node, Midnight.AddHours(-5), Midnight.AddHours(-3));
        await _client.ExpectAsync(HttpStatusCode.OK, "PATCH", $"/api/v1/nodes/{node}", """{"name":"store"}""");
        await _client.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/nodes/{child}");
        await ExcludeAsync(id, Midnight.AddHours(-4.5), Midnight.AddHours(-4));
        await _client.ExpectAsync(HttpStatusCode.OK, "PUT", $"{Path}/{id}", Objective(node).Replace("99.9", "99"));
        await RebuildAsync("Transitions");

        (await _client.GetStringAsync(again)).ShouldBe(first);
        var now = await _client.FetchAsync($"{Path}/{id}/report?subtree=true&asOf={stamp.Text("asOf")}");
        now.Number("bad").ShouldBe((long)TimeSpan.FromHours(1.5).TotalMilliseconds);
        ShouldAgree(now, node);
        now.GetProperty("node").Text("name").ShouldBe("store");
        now.GetProperty("objective").GetProperty("target").GetDecimal().ShouldBe(99);
        now.Many("exclusions").ShouldHaveSingleItem().Text("reason").ShouldBe("=cmd|'/C calc'!A0");
        await _client.ExpectAsync(HttpStatusCode.OK, "DELETE", $"{Path}/{id}");
        await _client.ExpectAsync(HttpStatusCode.NotFound, "GET", $"{Path}/{id}");
        (await _client.GetStringAsync(again)).ShouldBe(first);
    }

    [Fact]
    public async Task Observations_are_counted_from_rollups_and_late_ones_belong_to_what_was_known_later()
    {
        var leaf = await LeafAsync("web", "slo/web");
        var begin = DateTimeOffset.UtcNow.AddHours(-3);
        for (var i = 0; i < 20; i++)
            await ReportAsync("slo/web", i % 10 == 0 ? "down" : "up", begin.AddMinutes(i));
        var id = await CreateAsync(leaf, """ "sli":{"kind":"count"} """);
        var first = await _client.GetStringAsync($"{Path}/{id}/report");
        var stamp = JsonElement.Parse(first);
        (stamp.Number("good"), stamp.Number("bad"), stamp.Text("unit")).ShouldBe((18, 2, "observations"));
        stamp.GetProperty("availability").GetDecimal().ShouldBe(90);

        await ReportAsync("slo/web", "down", begin.AddMinutes(5));

        var again = $"{Path}/{id}/report?asOf={stamp.Text("asOf")}&atPosition={stamp.Number("position")}";
        (await _client.GetStringAsync(again)).ShouldBe(first);
        (await _client.FetchAsync($"{Path}/{id}/report")).Number("bad").ShouldBe(3);
        await ExcludeAsync(id, begin, begin.AddMinutes(10));
        (await _client.FetchAsync($"{Path}/{id}/report")).Number("bad").ShouldBeLessThan(3);
    }

    [Fact]
    public async Task A_budget_goes_down_to_what_the_report_says_in_time_and_in_observations()
    {
        var node = await GroupAsync("shop");
        await TransitionAsync(node, "unknown", "up", Midnight.AddDays(-20));
        await TransitionAsync(node, "up", "down", Midnight.AddDays(-10));
        await TransitionAsync(node, "down", "up", Midnight.AddDays(-10).AddHours(2));
        var leaf = await LeafAsync("web", "slo/budget");
        var begin = DateTimeOffset.UtcNow.AddHours(-3);
        for (var i = 0; i < 10; i++)
            await ReportAsync("slo/budget", i is 4 or 7 ? "down" : "up", begin.AddMinutes(10 * i));
        var byTime = await CreateAsync(node);
        var byCount = await CreateAsync(leaf, """ "sli":{"kind":"count"} """);

        await ShouldEndAsTheReportAsync(byTime, (long)TimeSpan.FromHours(2).TotalMilliseconds);
        await ShouldEndAsTheReportAsync(byCount, 2);
        using var few = await _client.SendAsync("GET", $"{Path}/{byTime}/budget?points=1");
        await few.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
    }

    private async Task ShouldEndAsTheReportAsync(string id, long spent)
    {
        var report = await _client.FetchAsync($"{Path}/{id}/report");
        var stamp = $"asOf={report.Text("asOf")}&atPosition={report.Number("position")}";
        var series = await _client.FetchAsync($"{Path}/{id}/budget?points=31&{stamp}");

        var points = series.Many("points");
        points.Count.ShouldBe(31);
        points[0].Text("at").ShouldBe(report.Text("from"));
        points[0].Number("spent").ShouldBe(0);
        points[0].Number("left").ShouldBe(series.Number("total"));
        points[^1].Text("at").ShouldBe(report.Text("to"));
        points[^1].Number("spent").ShouldBe(spent);
        points[^1].Number("left").ShouldBe(report.GetProperty("budget").Number("left"));
        points.Select(p => p.Number("spent")).ShouldBeInOrder(SortDirection.Ascending);
        points.Sum(p => p.Number("counted")).ShouldBe(report.Number("good") + report.Number("bad"));
    }

    [Fact]
    public async Task As_CSV_no_cell_begins_a_formula()
    {
        var node = await GroupAsync("=HYPERLINK(\"http://x\",\"y\")");
        await TransitionAsync(node, "unknown", "up", Midnight.AddDays(-2));
        var id = await CreateAsync(node);
        await ExcludeAsync(id, Midnight.AddHours(-4.5), Midnight.AddHours(-4));

        using var answer = await _client.SendAsync("GET", $"{Path}/{id}/report?format=csv");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
        text.ShouldContain(",'=cmd|'/C calc'!A0");
        text.Split(["\r\n", ","], StringSplitOptions.None)
            .ShouldAllBe(c => !c.StartsWith('=') && !c.StartsWith('@') && !c.StartsWith("\"="));
    }

    [Fact]
    public async Task What_cannot_be_measured_is_refused_with_its_place()
    {
        var node = await GroupAsync("shop");
        await RefusedAsync(Objective(Guid.CreateVersion7().ToString()), "unknown_objective_node", "/nodeId");
        await RefusedAsync(Objective(node).Replace("99.9", "101"), "bad_target", "/target");
        await RefusedAsync(Objective(node, """ "sli":{"kind":"count"} """), "no_observations", "/sli/kind");
        await RefusedAsync(Objective(node, """ "counts":{"sleepy":"bad"} """), "unknown_counted_status", "/counts");
        var leaf = await LeafAsync("web", "slo/refused");
        await RefusedAsync(
            Objective(leaf, """ "sli":{"kind":"latency","threshold":"PT1S"} """),
            "no_observations",
            "/sli/kind"
        );
        var id = await CreateAsync(node);
        using var future = await _client.SendAsync(
            "GET",
            $"{Path}/{id}/report?asOf={DateTimeOffset.UtcNow.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}"
        );
        await future.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        using var ahead = await _client.SendAsync("GET", $"{Path}/{id}/report?atPosition=99999999");
        await ahead.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
    }

    [Fact]
    public async Task Windows_without_data_deleted_nodes_and_the_time_before_the_beginning_are_answered()
    {
        var node = await GroupAsync("shop");
        var id = await CreateAsync(node);
        var nothing = await _client.FetchAsync($"{Path}/{id}/report?asOf=2020-01-01T00:00:00Z");
        nothing.GetProperty("availability").ValueKind.ShouldBe(JsonValueKind.Null);
        nothing.GetProperty("met").ValueKind.ShouldBe(JsonValueKind.Null);
        nothing.GetProperty("budget").ValueKind.ShouldBe(JsonValueKind.Null);
        nothing.Number("noData").ShouldBe((long)TimeSpan.FromDays(30).TotalMilliseconds);

        await TransitionAsync(node, "unknown", "down", Midnight.AddHours(-1));
        await _client.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/nodes/{node}");
        var gone = await _client.FetchAsync($"{Path}/{id}/report");
        var deleted = gone.GetProperty("node").GetProperty("deletedAt").GetDateTimeOffset();
        Math.Abs(gone.Number("bad") - (long)(deleted - Midnight.AddHours(-1)).TotalMilliseconds).ShouldBeLessThan(2);
        (await _client.FetchAsync(Path)).Items().ShouldContain(o => o.Text("id") == id);
    }

    [Fact]
    public async Task Outside_of_a_service_period_nothing_counts_for_an_objective()
    {
        var node = await GroupAsync("office");
        await TransitionAsync(node, "unknown", "down", Midnight.AddDays(-2));
        var id = await CreateAsync(node);
        var path = $"{Path}/{id}/report?subtree=true&asOf={Midnight.AddMilliseconds(-1):O}".Replace("+", "%2B");
        (await _client.FetchAsync(path)).Number("bad").ShouldBe(48 * 3_600_000 - 1);

        const string period = """{"schedule":"daily 08:00-18:00"}""";
        await _client.ExpectAsync(
            HttpStatusCode.OK,
            "PATCH",
            $"/api/v1/nodes/{node}",
            $$"""{"servicePeriod":{{period}}}"""
        );
        var report = await _client.FetchAsync(path);
        report.Number("bad").ShouldBe(20 * 3_600_000);
        report.GetProperty("node").GetProperty("servicePeriod").Text("schedule").ShouldBe("daily 08:00-18:00");
        ShouldAgree(report, node);
    }

    // Sums per day of the one and changes of the other are of the same node.
    private static void ShouldAgree(JsonElement report, string node)
    {
        var one = report.Many("nodes").Single(n => n.Text("nodeId") == node);
        foreach (var amount in (string[])["good", "bad", "excluded", "noData"])
            one.Number(amount).ShouldBe(report.Number(amount), amount);
    }

    private static string Objective(string node, string? more = null) =>
        $$"""{"name":"Shop","nodeId":"{{node}}","target":99.9,"window":{"kind":"rolling","duration":"P30D"}{{(more is null ? "" : "," + more)}}}""";

    private async Task<string> CreateAsync(string node, string? more = null) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, Objective(node, more))).Text("id");

    private async Task RefusedAsync(string body, string code, string pointer)
    {
        using var answer = await _client.SendAsync("POST", Path, body);
        var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, code);
        problem.GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue();
    }

    private Task ExcludeAsync(string id, DateTimeOffset from, DateTimeOffset to) =>
        _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            $"{Path}/{id}/exclusions",
            $$"""{"from":"{{from:O}}","to":"{{to:O}}","reason":"=cmd|'/C calc'!A0"}"""
        );

    private async Task<string> GroupAsync(string name, string? parent = null) =>
        await NodeAsync(JsonSerializer.Serialize(new { name, parentId = parent }));

    private async Task<string> LeafAsync(string name, string source)
    {
        await ReportAsync(source, "up", DateTimeOffset.UtcNow.AddDays(-50));
        return await NodeAsync(JsonSerializer.Serialize(new { name, checkId = CheckIds.OfSource(source) }));
    }

    private async Task<string> NodeAsync(string body) =>
        (await _client.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/nodes", body)).Text("id");

    private async Task ReportAsync(string source, string status, DateTimeOffset at)
    {
        var sent = await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            $$"""{"source":"{{source}}","status":"{{status}}","at":"{{at:O}}"}"""
        );
        await SettleAsync(sent.Number("position"));
    }

    private async Task TransitionAsync(string node, string from, string to, DateTimeOffset at)
    {
        var id = Guid.Parse(node);
        var why = new Why("rule", "because " + to, 0, 0, [], [], 1);
        await AppendAsync(id, new NodeTransitioned(id, from, to, at, why));
    }

    // The node was down until later than was known at first.
    private async Task ReviseAsync(string node, DateTimeOffset down, DateTimeOffset up)
    {
        var id = Guid.Parse(node);
        var why = new Why("rule", "as it was", 0, 0, [], [], 1);
        await AppendAsync(
            id,
            new HistoryRevised(
                id,
                down,
                up,
                [new(down.AddHours(1), "down", "up")],
                [new NodeTransitioned(id, "down", "up", up, why)],
                1
            )
        );
    }

    private async Task AppendAsync(Guid node, IEvent @event)
    {
        var log = _torch.Services.GetRequiredService<IEventLog>();
        var data = EventCodec.Encode(@event, Guid.CreateVersion7());
        var append = new StreamAppend(Log.Journal, StreamIds.StatusOf(node), [data], "status");
        var outcome = await log.AppendAsync(new AppendRequest { Streams = [append] }, CancellationToken.None);
        await SettleAsync(outcome.ShouldBeOfType<AppendOutcome.Appended>().Position);
    }

    private async Task SettleAsync(long position) =>
        await _torch.Services.GetRequiredService<IReadPosition>().WaitForAsync(position, CancellationToken.None);

    private async Task RebuildAsync(string name)
    {
        await _client.SendAsync("POST", $"/api/v1/projections/{name}/rebuild");
        await Eventually.IsTrueAsync(
            async () => await _torch.Database.CountAsync("torch_log.rebuilds") == 0,
            TimeSpan.FromSeconds(20)
        );
    }
}
