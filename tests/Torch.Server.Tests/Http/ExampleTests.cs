using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Server.Http.OpenApi;

namespace Torch.Server.Tests.Http;

/// <summary>The examples of the OpenAPI document, sent to a real server. With TORCH_RECORD_EXAMPLES=1 its answers become the file's.</summary>
public sealed class ExampleTests
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task Every_operation_shows_what_is_sent_and_answered_and_a_server_takes_it()
    {
        await using var walk = await ExampleWalk.StartAsync();
        var shown = Examples.Steps.Where(s => s["setup"] is null).Select(Examples.Operation);
        shown.ShouldBe(walk.Operations, ignoreOrder: true);

        var steps = await walk.RunAsync(Examples.Steps);

        if (Environment.GetEnvironmentVariable("TORCH_RECORD_EXAMPLES") == "1")
            await WriteAsync(steps);
        walk.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_shown_is_of_the_form_that_the_document_promises()
    {
        await using var torch = await TorchFactory.StartAsync();
        using var client = torch.Client();
        var document = await client.FetchAsync("/openapi/v1.json");
        var schemas = new SchemaCheck(document);
        var wrong = new List<string>();

        foreach (var (name, operation) in ExampleWalk.OperationsOf(document))
        {
            if (operation.TryGetProperty("requestBody", out var body))
                wrong.AddRange(Bodies(name, body, schemas, required: Examples.Shown[name]["without"] is null));
            foreach (var answer in operation.GetProperty("responses").EnumerateObject())
                wrong.AddRange(Bodies($"{name} {answer.Name}", answer.Value, schemas, IsShown(name, answer.Name)));
        }

        wrong.ShouldBeEmpty();
    }

    // Of what succeeds, the status that the walk met; of refusals, all that are problems.
    private static bool IsShown(string operation, string status) => $"{Examples.Shown[operation]["status"]}" == status;

    private static IEnumerable<string> Bodies(string name, JsonElement holder, SchemaCheck schemas, bool required)
    {
        if (!holder.TryGetProperty("content", out var contents))
            yield break;
        var found = false;
        foreach (var content in contents.EnumerateObject())
        {
            var isProblem = content.Name == "application/problem+json";
            foreach (var example in schemas.ExamplesOf(content.Value))
            {
                found = true;
                foreach (var fault in schemas.Faults(content.Value.GetProperty("schema"), example))
                    yield return $"{name}: {fault}";
            }
            if (isProblem && !found)
                yield return $"{name} shows no refusal";
        }
        if (required && !found)
            yield return $"{name} shows nothing";
    }

    private static async Task WriteAsync(IEnumerable<JsonObject> steps)
    {
        var path = Path.Combine(Repository(), "backend", "Torch.Server", "Http", "OpenApi", "examples.json");
        var file = JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();
        file["steps"] = new JsonArray([.. steps]);
        await File.WriteAllTextAsync(path, file.ToJsonString(Written) + "\n");
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Torch.Cqrs.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        return folder.FullName;
    }
}
