using System.Net;
using System.Text;
using System.Text.Json;

namespace Torch.Server.Tests.Features;

public sealed class ReportTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private const string Path = "/api/v1/reports";
    private readonly HttpClient _client = fixture.Client;

    [Fact]
    public async Task A_report_is_an_event_in_the_log_before_it_is_answered()
    {
        var answer = await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            Path,
            """{"source":"backup/db1","value":42,"metrics":{"disk.used":0.8},"title":"Backup of db1"}"""
        );

        var stored = await StoredAsync(answer.Text("eventId"));
        stored.Position.ShouldBe(answer.Number("position"));
        stored.Type.ShouldBe("report_received");
        stored.Data.GetProperty("value").GetDouble().ShouldBe(42);
        stored.Data.GetProperty("metrics").GetProperty("disk.used").GetDouble().ShouldBe(0.8);
    }

    [Fact]
    public async Task An_unknown_source_becomes_an_unplaced_report()
    {
        var source = NewSource();
        var position = await ReportAsync(source, 7);

        var page = await _client.FetchAsync($"{Path}?unplaced=true&source={source}", position);

        var report = page.Items().ShouldHaveSingleItem();
        report.Text("source").ShouldBe(source);
        report.Text("status").ShouldBe("up");
        report.GetProperty("value").GetDouble().ShouldBe(7);
        report.GetProperty("nodeIds").GetArrayLength().ShouldBe(0);
        (await _client.FetchAsync($"{Path}?unplaced=false&source={source}", position)).Items().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_latest_report_of_a_source_is_shown_once()
    {
        var source = NewSource();
        await ReportAsync(source, 1);
        var position = await ReportAsync(source, 2);

        var page = await _client.FetchAsync($"{Path}?source={source}", position);

        page.Items().ShouldHaveSingleItem().GetProperty("value").GetDouble().ShouldBe(2);
    }

    [Fact]
    public async Task A_time_with_an_offset_is_kept_in_utc()
    {
        var source = NewSource();
        var json = $$"""{"source":"{{source}}","value":1,"at":"2026-01-31T10:00:00+02:00"}""";
        var answer = await _client.ExpectAsync(HttpStatusCode.Accepted, "POST", Path, json);

        (await StoredAsync(answer.Text("eventId"))).Data.Text("at").ShouldBe("2026-01-31T08:00:00Z");
    }

    [Theory]
    [InlineData("application/json", """[{"source":"SRC/a","value":1},{"source":"SRC/b","status":"down"}]""")]
    [InlineData(
        "application/x-ndjson",
        "{\"source\":\"SRC/a\",\"value\":1}\n\n{\"source\":\"SRC/b\",\"status\":\"down\"}\n"
    )]
    public async Task A_batch_is_taken_as_an_array_or_as_lines(string type, string body)
    {
        var source = NewSource();
        using var response = await _client.PostAsync($"{Path}/batch", Json.Content(body.Replace("SRC", source), type));

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var answer = await response.ReadAsync();
        answer.Number("accepted").ShouldBe(2);
        var page = await _client.FetchAsync($"{Path}?source={source}/b", answer.Number("position"));
        page.Items().ShouldHaveSingleItem().Text("status").ShouldBe("down");
    }

    [Theory]
    [InlineData("application/json", """[{"source":"SRC","value":1},{"source":"SRC","value":"x"}]""", "/1/value")]
    [InlineData("application/json", """[{"source":"SRC","value":1},{"source":"","value":1}]""", "/1/source")]
    [InlineData("application/json", """[{"source":"SRC","value":1},null]""", "/1")]
    [InlineData("application/x-ndjson", "{\"source\":\"SRC\",\"value\":1}\n{\"source\":\"SRC\",\"valu\":1}", "/1/valu")]
    public async Task One_bad_report_rejects_its_batch_and_nothing_is_stored(string type, string body, string pointer)
    {
        var source = NewSource();
        using var response = await _client.PostAsync($"{Path}/batch", Json.Content(body.Replace("SRC", source), type));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.ReadAsync()).GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue();
        (await CountAsync(source)).ShouldBe(0);
    }

    [Fact]
    public async Task A_repeated_key_is_answered_as_the_first_request_and_stored_once()
    {
        var source = NewSource();
        var json = $$"""{"source":"{{source}}","value":1}""";
        var key = ("Idempotency-Key", source);
        var first = await _client.ExpectAsync(HttpStatusCode.Accepted, "POST", Path, json, key);

        var second = await _client.ExpectAsync(HttpStatusCode.Accepted, "POST", Path, json, key);

        second.ToString().ShouldBe(first.ToString());
        (await CountAsync(source)).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_with_another_body_is_refused_and_the_first_kept()
    {
        var source = NewSource();
        var key = ("Idempotency-Key", source);
        await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            Path,
            $$"""{"source":"{{source}}","value":1}""",
            key
        );

        using var second = await _client.SendAsync("POST", Path, $$"""{"source":"{{source}}","value":2}""", key);

        await second.ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        (await CountAsync(source)).ShouldBe(1);
    }

    [Fact]
    public async Task Many_posts_of_one_source_at_once_are_as_many_events()
    {
        var source = NewSource();
        var json = $$"""{"source":"{{source}}","value":1}""";

        await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => _client.ExpectAsync(HttpStatusCode.Accepted, "POST", Path, json))
        );

        (await CountAsync(source)).ShouldBe(50);
    }

    [Fact]
    public async Task Sources_are_listed_page_by_page_without_loss()
    {
        var prefix = NewSource();
        var lines = string.Join(
            '\n',
            Enumerable.Range(0, 25).Select(i => $$"""{"source":"{{prefix}}/{{i:00}}","value":{{i}}}""")
        );
        using var response = await _client.PostAsync($"{Path}/batch", Json.Content(lines, "application/x-ndjson"));
        var position = (await response.ReadAsync()).Number("position");
        var seen = new List<string>();
        for (string? next = null, path = $"{Path}?limit=10"; path is not null; )
        {
            var page = await _client.FetchAsync(path, position);
            seen.AddRange(page.Items().Select(i => i.Text("source")));
            next = page.GetProperty("next").GetString();
            path = next is null ? null : $"{Path}?limit=10&after={next}";
        }

        seen.ShouldBeUnique();
        seen.Count(s => s.StartsWith(prefix)).ShouldBe(25);
    }

    [Fact]
    public async Task A_script_of_torch_v1_runs_unchanged()
    {
        var source = NewSource();
        var json = $$"""{"report_id":"{{source}}","title":"Queue","description":"length","value":17}""";
        using var response = await _client.PostAsync("/api/v1/post/reports", Json.Content(json));

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var row = await response.ReadAsync();
        row.EnumerateObject()
            .Select(p => p.Name)
            .ShouldBe(["id", "report_id", "title", "description", "value", "parent", "time"]);
        row.Text("report_id").ShouldBe(source);
        row.Number("value").ShouldBe(17);
        var page = await _client.FetchAsync($"{Path}?unplaced=true&source={source}", row.Number("id"));
        page.Items().ShouldHaveSingleItem().Text("message").ShouldBe("length");
    }

    [Fact]
    public async Task A_script_of_torch_v1_may_send_any_content_type_and_members_of_its_own()
    {
        var source = NewSource();
        var json = $$"""{"report_id":"{{source}}","value":0,"host":"db1"}""";
        using var response = await _client.PostAsync(
            "/api/v1/post/reports",
            Json.Content(json, "application/x-www-form-urlencoded")
        );

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private async Task<long> ReportAsync(string source, double value)
    {
        var json = JsonSerializer.Serialize(new { source, value });
        return (await _client.ExpectAsync(HttpStatusCode.Accepted, "POST", Path, json)).Number("position");
    }

    private static string NewSource() => "test/" + Guid.CreateVersion7();

    private async Task<(long Position, string Type, JsonElement Data)> StoredAsync(string eventId)
    {
        await using var command = fixture.Torch.Database.DataSource.CreateCommand(
            "select seq_id, type, data from telemetry.mt_events where id = $1"
        );
        command.Parameters.Add(new() { Value = Guid.Parse(eventId) });
        await using var row = await command.ExecuteReaderAsync();
        (await row.ReadAsync()).ShouldBeTrue();
        var data = JsonDocument.Parse(Encoding.UTF8.GetBytes(row.GetString(2))).RootElement;
        return (row.GetInt64(0), row.GetString(1), data);
    }

    private Task<long> CountAsync(string source) =>
        ScalarAsync("select count(*) from telemetry.mt_events where data->>'source' like $1 || '%'", source);

    private async Task<long> ScalarAsync(string sql, string argument)
    {
        await using var command = fixture.Torch.Database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = argument });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
