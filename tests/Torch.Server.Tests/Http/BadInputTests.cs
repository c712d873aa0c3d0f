using System.Net;
using System.Text;
using System.Text.Json;

namespace Torch.Server.Tests.Http;

/// <summary>What people and fuzzers send: 4xx problem+json that names the field, and nothing stored.</summary>
public sealed class BadInputTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private readonly HttpClient _client = fixture.Client;

    public static TheoryData<string, string> BadReports =>
        new()
        {
            { "", "" },
            { "null", "" },
            { "[]", "" },
            { "{", "" },
            { "{\"source\":\"a\",\"value\":1}x", "" },
            { "{\"source\":\"a\",\"value\":1,}", "" },
            { "{'source':'a','value':1}", "" },
            { "{\"value\":1}", "" },
            { "{\"source\":null,\"value\":1}", "/source" },
            { "{\"source\":5,\"value\":1}", "/source" },
            { "{\"source\":\"\",\"value\":1}", "/source" },
            { "{\"source\":\"  \",\"value\":1}", "/source" },
            { "{\"source\":\"a\\u0000b\",\"value\":1}", "/source" },
            { "{\"source\":\"a\\ud800\",\"value\":1}", "/source" },
            { "{\"source\":\"a\\nb\",\"value\":1}", "/source" },
            { "{\"source\":\"a\"}", "/value" },
            { "{\"source\":\"a\",\"value\":\"1\"}", "/value" },
            { "{\"source\":\"a\",\"value\":1e400}", "/value" },
            { "{\"source\":\"a\",\"value\":-1e999}", "/value" },
            { "{\"source\":\"a\",\"value\":NaN}", "" },
            { "{\"source\":\"a\",\"value\":true}", "/value" },
            { "{\"source\":\"a\",\"value\":1,\"value\":2}", "/value" },
            { "{\"source\":\"a\",\"Value\":1}", "/Value" },
            { "{\"source\":\"a\",\"value\":1,\"colour\":\"red\"}", "/colour" },
            { "{\"source\":\"a\",\"status\":\"broken\"}", "/status" },
            { "{\"source\":\"a\",\"status\":\"paused\"}", "/status" },
            { "{\"source\":\"a\",\"value\":1,\"at\":\"2099-01-01T00:00:00Z\"}", "/at" },
            { "{\"source\":\"a\",\"value\":1,\"at\":\"2026-01-01\"}", "/at" },
            { "{\"source\":\"a\",\"value\":1,\"at\":\"2026-01-01T00:00:00\"}", "/at" },
            { "{\"source\":\"a\",\"value\":1,\"at\":\"9999-12-31T23:59:59Z\"}", "/at" },
            { "{\"source\":\"a\",\"value\":1,\"at\":17}", "/at" },
            { "{\"source\":\"a\",\"metrics\":{\"m\":1e400}}", "/metrics/m" },
            { "{\"source\":\"a\",\"metrics\":{\"m\":null}}", "/metrics/m" },
            { "{\"source\":\"a\",\"metrics\":{\"\":1}}", "/metrics" },
            { "{\"source\":\"a\",\"metrics\":[1]}", "/metrics" },
            { "{\"source\":\"" + new string('x', 201) + "\",\"value\":1}", "/source" },
            { "{\"source\":\"a\",\"value\":1,\"title\":\"" + new string('x', 201) + "\"}", "/title" },
            { "{\"source\":\"a\",\"value\":1,\"message\":\"" + new string('ä', 4097) + "\"}", "/message" },
        };

    [Theory]
    [MemberData(nameof(BadReports))]
    public async Task A_bad_report_is_refused_by_name(string json, string pointer)
    {
        using var response = await _client.SendAsync("POST", "/api/v1/reports", json);

        var problem = await ShouldBeRefusedAsync(response);
        if (pointer.Length > 0)
            problem.GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue(problem.ToString());
        problem.ToString().ShouldNotContain("System.");
    }

    [Fact]
    public async Task A_number_just_within_double_is_taken()
    {
        await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            """{"source":"big","value":1.7e308}"""
        );
        await _client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            """{"source":"big","value":-0.0}"""
        );
    }

    [Fact]
    public async Task Naughty_text_is_stored_as_it_is()
    {
        const string naughty = "\u202E<script>alert(1)</script>'; drop table x;-- \U0001F525 \uFEFF %s {0}";
        var json = JsonSerializer.Serialize(
            new
            {
                source = naughty,
                value = 1,
                message = naughty,
            }
        );
        var answer = await _client.ExpectAsync(HttpStatusCode.Accepted, "POST", "/api/v1/reports", json);

        var path = "/api/v1/reports?source=" + Uri.EscapeDataString(naughty);
        var page = await _client.FetchAsync(path, answer.Number("position"));

        page.Items().ShouldHaveSingleItem().Text("message").ShouldBe(naughty);
    }

    [Fact]
    public async Task Nesting_beyond_32_levels_is_refused()
    {
        var deep = new string('[', 100_000);
        using var response = await _client.SendAsync("POST", "/api/v1/reports", deep);

        await ShouldBeRefusedAsync(response);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_refused()
    {
        byte[] bytes = [.. "{\"source\":\""u8, 0xC3, 0x28, .. "\",\"value\":1}"u8];
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/json");
        using var response = await _client.PostAsync("/api/v1/reports", content);

        await ShouldBeRefusedAsync(response);
    }

    [Fact]
    public async Task A_body_over_a_mebibyte_is_too_large_but_a_batch_may_be_larger()
    {
        var padding = new string(' ', 1024 * 1024);
        var json = $$"""{"source":"large",{{padding}}"value":1}""";
        using var single = await _client.SendAsync("POST", "/api/v1/reports", json);
        using var batch = await _client.SendAsync("POST", "/api/v1/reports/batch", $"[{json}]");

        await single.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
        batch.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_batch_over_ten_mebibytes_is_too_large()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/reports/batch");
        request.Content = Json.Content("[" + new string(' ', 10 * 1024 * 1024) + "]");
        request.Headers.ExpectContinue = true;
        using var response = await _client.SendAsync(request);

        await response.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data")]
    public async Task Another_content_type_is_refused(string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"source":"a","value":1}"""));
        content.Headers.ContentType = new(type);
        using var response = await _client.PostAsync("/api/v1/reports", content);

        await response.ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Theory]
    [InlineData("/api/v1/nodes/not-an-id")]
    [InlineData("/api/v1/nodes/01990000-0000-7000-8000-000000000000")]
    [InlineData("/api/v1/checks/01990000-0000-7000-8000-000000000000")]
    [InlineData("/api/v1/checks/01990000-0000-7000-8000-000000000000/series")]
    [InlineData("/api/v1/checks/01990000-0000-7000-8000-000000000000/observations")]
    [InlineData("/api/v1/nodes/01990000-0000-7000-8000-000000000000/tree")]
    [InlineData("/api/v1/nodes/01990000-0000-7000-8000-000000000000/rules")]
    [InlineData("/api/v1/nodes/01990000-0000-7000-8000-000000000000/explain")]
    [InlineData("/api/v1/nodes/01990000-0000-7000-8000-000000000000/transitions")]
    [InlineData("/api/v1/nothing")]
    public async Task What_is_not_there_is_404(string path)
    {
        using var response = await _client.SendAsync("GET", path);

        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_wrong_method_is_405_and_names_the_right_ones()
    {
        using var response = await _client.SendAsync("PATCH", "/api/v1/reports", "{}");

        await response.ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        response.Content.Headers.Allow.ShouldBe(["GET", "POST"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("/api/v1/reports?limit=0", "limit")]
    [InlineData("/api/v1/reports?limit=abc", "limit")]
    [InlineData("/api/v1/reports?limit=99999999999", "limit")]
    [InlineData("/api/v1/reports?after=nonsense", "after")]
    [InlineData("/api/v1/reports?source=%00", "source")]
    [InlineData("/api/v1/reports?unplaced=maybe", "unplaced")]
    [InlineData("/api/v1/reports?minPosition=-1", "minPosition")]
    [InlineData("/api/v1/nodes?after=WyJhIiwiYiJd", "after")]
    [InlineData("/api/v1/overview?hours=0", "hours")]
    [InlineData("/api/v1/overview?buckets=100000", "buckets")]
    [InlineData("/api/v1/events?stream=abc", "stream")]
    [InlineData("/api/v1/events?after=1&newest=true", "after")]
    [InlineData("/api/v1/trees?asOf=2026-01-01T00:00:00Z", "asOf")]
    public async Task A_bad_query_parameter_is_named(string path, string parameter)
    {
        using var response = await _client.SendAsync("GET", path);

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        problem.GetProperty("errors").TryGetProperty(parameter, out _).ShouldBeTrue(problem.ToString());
    }

    [Fact]
    public async Task A_limit_above_1000_is_clamped()
    {
        (await _client.FetchAsync("/api/v1/reports?limit=5000")).Items().Count.ShouldBeLessThanOrEqualTo(1000);
    }

    [Fact]
    public async Task A_position_that_is_not_reached_is_503_with_retry_after()
    {
        using var response = await _client.SendAsync("GET", "/api/v1/nodes?minPosition=999999999");

        await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "behind");
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    private static async Task<JsonElement> ShouldBeRefusedAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        return JsonDocument.Parse(text).RootElement;
    }
}
