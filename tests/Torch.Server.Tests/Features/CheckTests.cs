using System.Net;

namespace Torch.Server.Tests.Features;

public sealed class CheckTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private const string Path = "/api/v1/checks";
    private const string Web =
        """{"name":"Web","kind":"http","interval":"PT30S","http":{"url":"http://127.0.0.1:1/"}}""";
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_check_is_created_changed_and_deleted()
    {
        var created = await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, Web);
        var path = $"{Path}/{created.Text("id")}";
        var check = await _client.FetchAsync(path, created.Number("position"));
        check.Text("interval").ShouldBe("PT30S");
        check.Text("timeout").ShouldBe("PT15S");
        check.GetProperty("http").Text("method").ShouldBe("GET");

        var changed = await _client.ExpectAsync(
            HttpStatusCode.OK,
            "PUT",
            path,
            Web.Replace("PT30S", "PT1M"),
            ("If-Match", "\"1\"")
        );
        (await _client.FetchAsync(path, changed.Number("position"))).Text("interval").ShouldBe("PT1M");
        await _client.ExpectAsync(HttpStatusCode.PreconditionFailed, "PUT", path, Web, ("If-Match", "\"1\""));

        await _client.ExpectAsync(HttpStatusCode.OK, "DELETE", path);
        await _client.ExpectAsync(HttpStatusCode.NotFound, "GET", path);
        await _client.ExpectAsync(HttpStatusCode.NotFound, "DELETE", path);
    }

    [Fact]
    public async Task A_probe_may_have_a_cron_expression_in_place_of_an_interval()
    {
        const string nightly =
            """{"name":"Nightly","kind":"http","cron":"*/5 3 * * mon-fri","timeZone":"Europe/Berlin","http":{"url":"http://127.0.0.1:1/"}}""";
        var created = await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, nightly);
        var path = $"{Path}/{created.Text("id")}";
        var check = await _client.FetchAsync(path, created.Number("position"));
        (check.Text("cron"), check.Text("timeZone")).ShouldBe(("*/5 3 * * mon-fri", "Europe/Berlin"));
        check.TryGetProperty("interval", out var interval).ShouldBeTrue();
        interval.ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var changed = await _client.ExpectAsync(HttpStatusCode.OK, "PUT", path, Web);
        check = await _client.FetchAsync(path, changed.Number("position"));
        check.Text("interval").ShouldBe("PT30S");
    }

    [Theory]
    [InlineData("""{"cron":"* * * * *","interval":"PT30S"}""", "/cron")]
    [InlineData("""{"cron":"61 * * * *"}""", "/cron")]
    [InlineData("""{"cron":"0 0 30 2 *"}""", "/cron")]
    [InlineData("""{"cron":"* * * * *","timeZone":"Mars/Olympus"}""", "/timeZone")]
    [InlineData("""{"interval":"PT30S","timeZone":"Europe/Berlin"}""", "/timeZone")]
    [InlineData("""{}""", "/interval")]
    public async Task A_cron_expression_that_makes_no_sense_is_refused_by_its_field(string schedule, string field)
    {
        var check = System.Text.Json.Nodes.JsonNode.Parse(schedule)!.AsObject();
        check["name"] = "Odd";
        check["kind"] = "http";
        check["http"] = new System.Text.Json.Nodes.JsonObject { ["url"] = "http://127.0.0.1:1/" };
        var refused = await _client.ExpectAsync(HttpStatusCode.BadRequest, "POST", Path, check.ToJsonString());
        refused.GetProperty("errors").ToString().ShouldContain(field);
    }

    [Theory]
    [InlineData("""{"name":"A","kind":"report","source":"put back/a","staleness":"PT1H"}""")]
    [InlineData("""{"name":"B","kind":"heartbeat","source":"put back/b","interval":"PT1H","grace":"PT5M"}""")]
    [InlineData("""{"name":"C","kind":"http","interval":"PT30S","http":{"url":"http://127.0.0.1:1/"}}""")]
    public async Task What_is_read_can_be_put_back_as_it_is_and_changes_nothing(string settings)
    {
        var created = await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, settings);
        var path = $"{Path}/{created.Text("id")}";
        var check = await _client.FetchAsync(path, created.Number("position"));
        var put = await _client.ExpectAsync(HttpStatusCode.OK, "PUT", path, check.GetRawText(), ("If-Match", "\"1\""));
        put.Number("version").ShouldBe(1);

        using var odd = await _client.SendAsync("PUT", path, check.GetRawText().Replace("\"id\"", "\"ids\""));
        odd.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_report_with_settings_of_its_own_becomes_a_heartbeat_and_a_report_again()
    {
        const string report = """{"name":"Backup","kind":"report","source":"becomes/a heartbeat","staleness":"PT1H"}""";
        const string heartbeat =
            """{"name":"Backup","kind":"heartbeat","source":"becomes/a heartbeat","interval":"PT1H","grace":"PT5M"}""";
        var created = await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, report);
        var path = $"{Path}/{created.Text("id")}";
        var changed = await _client.ExpectAsync(HttpStatusCode.OK, "PUT", path, heartbeat);
        var check = await _client.FetchAsync(path, changed.Number("position"));
        (check.Text("kind"), check.Text("grace")).ShouldBe(("heartbeat", "PT5M"));
        changed = await _client.ExpectAsync(HttpStatusCode.OK, "PUT", path, report);
        (await _client.FetchAsync(path, changed.Number("position"))).Text("kind").ShouldBe("report");
        using var probe = await _client.SendAsync("PUT", path, Web);
        await probe.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "kind_changed");
    }

    [Fact]
    public async Task A_check_that_a_report_made_stays_a_report()
    {
        await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            """{"source":"stays/a report","value":1}"""
        );
        var check = (await _client.FetchAsync("/api/v1/reports?source=stays%2Fa%20report")).Items()[0].Text("checkId");
        using var response = await _client.SendAsync("PUT", $"{Path}/{check}", Web);

        await response.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "kind_changed");
        await _client.ExpectAsync(
            HttpStatusCode.OK,
            "PUT",
            $"{Path}/{check}",
            """{"name":"A name","kind":"report","source":"stays/a report"}"""
        );
    }

    [Fact]
    public async Task A_check_that_a_node_shows_is_not_deleted()
    {
        var check = await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, Web);
        var id = check.Text("id");
        await _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/nodes",
            $$"""{"name":"Front door","checkId":"{{id}}"}"""
        );
        using var response = await _client.SendAsync("DELETE", $"{Path}/{id}");

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.Conflict, "check_in_use");
        problem.Text("detail").ShouldContain("Front door");
    }

    [Fact]
    public async Task A_report_s_check_is_the_one_that_its_source_reports_to()
    {
        var source = "test/" + Guid.CreateVersion7();
        var json = $$"""{"name":"Nightly backup","kind":"report","source":"{{source}}","staleness":"P1D"}""";
        var created = await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, json);
        var report = await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            $$"""{"source":"{{source}}","value":3}"""
        );

        var check = await _client.FetchAsync($"{Path}/{created.Text("id")}", report.Number("position"));
        check.Text("name").ShouldBe("Nightly backup");
        check.GetProperty("latest").GetProperty("value").GetDouble().ShouldBe(3);
        using var second = await _client.SendAsync("POST", Path, json);
        await second.ShouldBeProblemAsync(HttpStatusCode.Conflict, "check_exists");
    }

    [Theory]
    [InlineData("""{"name":"x","kind":"http","http":{"url":"http://a/"}}""", "/interval")]
    [InlineData("""{"name":"x","kind":"http","interval":"PT0.9S","http":{"url":"http://a/"}}""", "/interval")]
    [InlineData("""{"name":"x","kind":"http","interval":"5s","http":{"url":"http://a/"}}""", "/interval")]
    [InlineData("""{"name":"x","kind":"http","interval":"P1Y","http":{"url":"http://a/"}}""", "/interval")]
    [InlineData("""{"name":"x","kind":"http","interval":"PT5S"}""", "/http")]
    [InlineData("""{"name":"x","kind":"http","interval":"PT5S","http":{"url":"ftp://a/"}}""", "/http/url")]
    [InlineData("""{"name":"x","kind":"http","interval":"PT5S","http":{"url":"/path"}}""", "/http/url")]
    [InlineData(
        """{"name":"x","kind":"http","interval":"PT5S","http":{"url":"http://a/","method":"TRACE"}}""",
        "/http/method"
    )]
    [InlineData(
        """{"name":"x","kind":"http","interval":"PT5S","http":{"url":"http://a/","headers":{"A":"b\r\nX: y"}}}""",
        "/http/headers"
    )]
    [InlineData(
        """{"name":"x","kind":"http","interval":"PT5S","http":{"url":"http://a/","headers":{"A":null}}}""",
        "/http/headers/A"
    )]
    [InlineData(
        """{"name":"x","kind":"http","interval":"PT5S","http":{"url":"http://a/","headers":{"content-length":"5"}}}""",
        "/http/headers"
    )]
    [InlineData(
        """{"name":"x","kind":"http","interval":"PT5S","http":{"url":"http://a/","headers":{"A B":"c"}}}""",
        "/http/headers"
    )]
    [InlineData(
        """{"name":"x","kind":"http","interval":"PT5S","http":{"url":"http://a/","expect":{"statusCodes":["299-200"]}}}""",
        "/http/expect/statusCodes/0"
    )]
    [InlineData(
        """{"name":"x","kind":"http","interval":"PT5S","http":{"url":"http://a/","expect":{"bodyMatches":"("}}}""",
        "/http/expect/bodyMatches"
    )]
    [InlineData(
        """{"name":"x","kind":"http","interval":"PT5S","http":{"url":"http://a/","expect":{"bodyMatches":"(?=a)"}}}""",
        "/http/expect/bodyMatches"
    )]
    [InlineData("""{"name":"x","kind":"tcp","interval":"PT5S"}""", "/tcp")]
    [InlineData("""{"name":"x","kind":"magic","interval":"PT5S"}""", "/kind")]
    [InlineData("""{"name":"x","kind":0,"interval":"PT5S"}""", "/kind")]
    [InlineData("""{"name":"x","kind":"report"}""", "/source")]
    [InlineData("""{"name":"x","kind":"report","source":"a","interval":"PT5S"}""", "/interval")]
    public async Task A_bad_check_is_refused_by_name(string json, string pointer)
    {
        using var response = await _client.SendAsync("POST", Path, json);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync());
        var problem = await response.ReadAsync();
        problem.GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue(problem.ToString());
    }

    [Fact]
    public async Task Without_an_agent_a_run_is_503_and_a_report_cannot_be_run()
    {
        var web = await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, Web);
        await _client.FetchAsync(Path, web.Number("position"));
        using var run = await _client.SendAsync("POST", $"{Path}/{web.Text("id")}/run");
        await run.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "no_agent");

        var source = $$"""{"name":"Script","kind":"report","source":"test/{{Guid.CreateVersion7()}}"}""";
        var script = await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, source);
        await _client.FetchAsync(Path, script.Number("position"));
        using var noRun = await _client.SendAsync("POST", $"{Path}/{script.Text("id")}/run");
        await noRun.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "no_probe");
    }

    [Fact]
    public async Task Observations_are_listed_newest_first_and_summed_up_in_buckets()
    {
        var source = "test/" + Guid.CreateVersion7();
        var position = 0L;
        foreach (var value in new[] { 1, 2, 3, 4 })
            position = (
                await _client.ExpectAsync(
                    HttpStatusCode.Accepted,
                    "POST",
                    "/api/v1/reports",
                    $$"""{"source":"{{source}}","value":{{value}}}"""
                )
            ).Number("position");
        var report = (await _client.FetchAsync($"/api/v1/reports?source={source}", position)).Items()[0];
        var path = $"{Path}/{report.Text("checkId")}";

        var first = await _client.FetchAsync($"{path}/observations?limit=3");
        var rest = await _client.FetchAsync($"{path}/observations?limit=3&before={first.Text("next")}");
        Values(first.Items()).ShouldBe([4, 3, 2]);
        Values(rest.Items()).ShouldBe([1]);
        rest.GetProperty("next").GetString().ShouldBeNull();

        var series = await _client.FetchAsync($"{path}/series?buckets=10");
        var buckets = series.GetProperty("buckets").EnumerateArray().ToList();
        buckets.Count.ShouldBe(10);
        var filled = buckets.Where(b => b.Number("count") > 0).ToList();
        filled.Sum(b => b.Number("count")).ShouldBe(4);
        filled[^1].GetProperty("max").GetDouble().ShouldBe(4);
        filled[^1].GetProperty("p50").GetDouble().ShouldBeInRange(1, 4);
        buckets[0].Number("count").ShouldBe(0);
        (await _client.FetchAsync($"{path}/series?from=2026-01-01T00:00:00Z&buckets=50"))
            .GetProperty("buckets")
            .EnumerateArray()
            .Sum(b => b.Number("count"))
            .ShouldBe(4);
    }

    private static IEnumerable<double> Values(IEnumerable<System.Text.Json.JsonElement> observations) =>
        observations.Select(o => o.GetProperty("value").GetDouble());
}
