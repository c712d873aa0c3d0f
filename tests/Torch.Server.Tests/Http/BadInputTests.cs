using System.Net;
using System.Net.Sockets;
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
    public async Task A_byte_order_mark_before_the_body_is_passed_over()
    {
        string[] bodies = ["""{"source":"marked","value":1}""", """[{"source":"marked","value":1}]"""];

        foreach (var (path, body) in bodies.Zip(["/api/v1/reports", "/api/v1/reports/batch"], (b, p) => (p, b)))
            await _client.ExpectAsync(HttpStatusCode.Accepted, "POST", path, "\uFEFF" + body);
        using var twice = await _client.SendAsync("POST", "/api/v1/reports", "\uFEFF\uFEFF" + bodies[0]);
        await ShouldBeRefusedAsync(twice);
    }

    public static TheoryData<string, string, string, string> Explained =>
        new()
        {
            { "/reports", "", "", "there is nothing here where JSON was expected" },
            { "/reports", "{\"source\":\"a\"", "", "the JSON ends before it is complete" },
            { "/reports", "{\"source\":\"a", "/source", "the JSON ends before it is complete" },
            {
                "/reports",
                "{\"source\":\"a\",\"value\":1}\n x",
                "",
                "something follows the JSON, from line 2, byte 2 on"
            },
            { "/reports", "{\"source\":tru}", "/source", "this is not JSON, from line 1, byte 14 on" },
            { "/reports", "[]", "", "expected an object, found something else" },
            { "/reports/batch", "{}", "", "expected an array, found something else" },
            { "/reports/batch", "null", "", "expected an array, found null" },
            { "/reports", "{\"source\":5}", "/source", "expected a string" },
            { "/reports", "{\"source\":null}", "/source", "must not be null" },
            { "/reports", "{\"source\":\"a\\ud800\"}", "/source", "this text holds half of a surrogate pair" },
            { "/reports", "{\"source\":\"a\",\"value\":\"1\"}", "/value", "expected a number" },
            { "/reports", "{\"source\":\"a\",\"metrics\":[]}", "/metrics", "expected an object, found something else" },
            { "/checks", "{\"name\":\"a\",\"kind\":\"HTTP\"}", "/kind", "must be one of http, tcp" },
            { "/checks", "{\"name\":\"a\",\"kind\":0}", "/kind", "must be one of http, tcp" },
            {
                "/checks",
                "{\"name\":\"a\",\"kind\":\"http\",\"enabled\":1}",
                "/enabled",
                "expected true or false, found a number"
            },
            { "/nodes", "{\"name\":\"a\",\"parentId\":\"b\"}", "/parentId", "expected a UUID" },
            { "/nodes", "{\"name\":\"a\",\"tags\":{}}", "/tags", "expected an array, found something else" },
            { "/nodes", "{\"name\":\"a\",\"tags\":[\"b\",null]}", "/tags/1", "must not be null" },
            { "/nodes", "{\"name\":\"a\",\"weight\":1e99}", "/weight", "the number is too large or too small" },
            {
                "/maintenance",
                "{\"name\":\"a\",\"nodeIds\":[null],\"schedule\":{}}",
                "/nodeIds/0",
                "expected a string, found null"
            },
            {
                "/backtests",
                "{\"drafts\":[{\"nodeId\":\"019a1fcc-16ae-773e-a891-b542ab02a1b2\",\"draft\":{\"rules\":[null]}}]}",
                "/drafts/0/draft/rules/0",
                "must not be null"
            },
        };

    [Theory]
    [MemberData(nameof(Explained))]
    public async Task What_is_wrong_with_a_body_is_said_in_words(string path, string json, string pointer, string words)
    {
        using var response = await _client.SendAsync("POST", "/api/v1" + path, json);

        var problem = await ShouldBeRefusedAsync(response);
        problem.GetProperty("errors").GetProperty(pointer)[0].GetString()!.ShouldStartWith(words);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nodes?lmit=5", "lmit", "not known")]
    [InlineData("GET", "/api/v1/nodes?limit=5&limit=6", "limit", "wrong form")]
    [InlineData("GET", "/api/v1/reports?source=a&source=b", "source", "twice")]
    [InlineData("GET", "/api/v1/nodes/01990000-0000-7000-8000-000000000000?id=5", "id", "not known")]
    [InlineData("POST", "/api/v1/reports?dryRun=true", "dryRun", "not known")]
    [InlineData("GET", "/api/v1/stream?root%5B%5D=x", "root[]", "not known")]
    public async Task A_query_parameter_that_means_nothing_is_refused(
        string method,
        string path,
        string parameter,
        string words
    )
    {
        using var response = await _client.SendAsync(
            method,
            path,
            method == "POST" ? """{"source":"a","value":1}""" : null
        );

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        problem.GetProperty("errors").GetProperty(parameter)[0].GetString()!.ShouldContain(words);
    }

    [Fact]
    public async Task A_query_parameters_name_is_read_without_regard_to_case() =>
        await _client.FetchAsync("/api/v1/nodes?LIMIT=5&Root=true");

    [Fact]
    public async Task Torch_v1s_path_passes_over_query_parameters() =>
        await _client.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/post/reports?nocache=1",
            """{"report_id":"old","value":1}"""
        );

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

    [Theory]
    [InlineData("ffffffffffffffffff")]
    [InlineData("-1")]
    [InlineData("zz")]
    public async Task A_chunk_of_an_impossible_size_is_refused(string size)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(_client.BaseAddress!.Host, _client.BaseAddress.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + $"Transfer-Encoding: chunked\r\n\r\n{size}\r\n"
            )
        );
        using var reader = new StreamReader(stream, Encoding.ASCII);

        (await reader.ReadLineAsync())!.ShouldStartWith("HTTP/1.1 400");
    }

    [Fact]
    public async Task An_idempotency_key_holds_on_an_address_of_any_length()
    {
        var name = string.Concat(Enumerable.Range(0, 500).Select(i => $"{i * 7919 % 1000:d3}-{i:d4}-"));
        var path = "/api/v1/statuses/" + name;
        using var response = await _client.SendAsync("DELETE", path, null, ("Idempotency-Key", new string('k', 200)));

        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "no_such_status");
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
    [InlineData("/api/v1/checks?asOf=2026-01-01T00:00:00Z", "asOf")]
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
