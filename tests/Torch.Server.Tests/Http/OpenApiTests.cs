using System.Net;
using System.Text.Json;

namespace Torch.Server.Tests.Http;

public sealed class OpenApiTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private const string Refresh = "dotnet run --project backend/Torch.Server -- openapi > frontend/openapi.json";

    [Fact]
    public async Task The_committed_document_is_the_served_one()
    {
        var served = await fixture.Client.FetchAsync("/openapi/v1.json");
        var committed = JsonDocument.Parse(await File.ReadAllTextAsync(CommittedPath())).RootElement;

        JsonElement.DeepEquals(served, committed).ShouldBeTrue($"frontend/openapi.json is out of date: {Refresh}");
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_and_how_it_fails()
    {
        var document = await fixture.Client.FetchAsync("/openapi/v1.json");
        document.Text("openapi").ShouldStartWith("3.1");

        foreach (var (path, method, operation) in Operations(document))
        {
            operation.TryGetProperty("summary", out _).ShouldBeTrue($"{method} {path} has no summary");
            operation.TryGetProperty("operationId", out _).ShouldBeTrue($"{method} {path} has no name");
            var statuses = operation.GetProperty("responses").EnumerateObject().Select(r => r.Name).ToList();
            statuses.ShouldContain(s => s.StartsWith('2') || s == "302");
            foreach (var answer in operation.GetProperty("responses").EnumerateObject())
                answer.Value.Text("description").ShouldNotBeNullOrEmpty($"{method} {path} {answer.Name}");
            if (path.StartsWith("/api/v1/"))
                new[] { "401", "429", "500", "503" }.ShouldBeSubsetOf(statuses, $"{method} {path}");
        }
    }

    [Fact]
    public async Task An_operation_that_answers_in_two_forms_lists_both()
    {
        var document = await fixture.Client.FetchAsync("/openapi/v1.json");

        var (_, _, backtest) = Operations(document).Single(o => o.Operation.Text("operationId") == "BacktestTree");
        var content = backtest.GetProperty("responses").GetProperty("200").GetProperty("content");
        content.EnumerateObject().Select(c => c.Name).ShouldBe(["application/json", "application/x-ndjson"], true);
    }

    [Fact]
    public async Task Items_that_may_be_null_are_said_to_be_so()
    {
        var document = await fixture.Client.FetchAsync("/openapi/v1.json");

        var schemas = document.GetProperty("components").GetProperty("schemas");
        var heartbeat = schemas.GetProperty("NodeHistory").GetProperty("properties").GetProperty("heartbeat");
        var types = heartbeat.GetProperty("items").GetProperty("type").EnumerateArray().Select(t => t.GetString());
        types.ShouldBe(["null", "string"], ignoreOrder: true);
    }

    [Fact]
    public async Task Swagger_ui_is_served()
    {
        using var response = await fixture.Client.SendAsync("GET", "/swagger/index.html");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldContain("swagger-ui");
    }

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value);

    private static string CommittedPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Torch.Cqrs.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        return Path.Combine(folder.FullName, "frontend", "openapi.json");
    }
}
