using System.Net.Http.Json;
using System.Text.Json;
using Torch.EventStore;
using Torch.Server;
using Torch.Testing;

[assembly: AssemblyFixture(typeof(Torch.Cli.Tests.SharedTorch))]

namespace Torch.Cli.Tests;

/// <summary>One Torch for all tests that only need some server: names in it are a test's own.</summary>
public sealed class SharedTorch : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("torch-cli-").FullName;
    private TestDatabase _database = null!;
    private ServedTorch _torch = null!;

    public string Address => _torch.Address;

    public string Postgres => _database.ConnectionString;

    public HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(SchemaScript.EmbeddedIn(typeof(TorchServer).Assembly));
        _torch = await ServedTorch.StartAsync(_data, "--postgres", _database.ConnectionString);
        Http.BaseAddress = new(_torch.Address);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _torch.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>Runs a client verb against it, which must end so.</summary>
    public Task<string> RunAsync(int exitCode, params string[] arguments) =>
        Cli.RunAsync(exitCode, [.. arguments, "--server", Address]);

    /// <summary>Runs a client verb against it on a terminal of the test's own.</summary>
    internal Task<Ended> RunAsync(Screen screen, params string[] arguments) =>
        Cli.RunAsync(screen, [.. arguments, "--server", Address]);

    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Posts, and waits until reads know of it.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        var accepted = JsonElement.Parse(text);
        await GetAsync($"/api/v1/trees?minPosition={accepted.GetProperty("position")}");
        return accepted;
    }

    /// <summary>A root, or a child of one.</summary>
    public async Task<Guid> NodeAsync(string name, Guid? parentId = null, Guid? checkId = null)
    {
        var node = await PostAsync(
            "/api/v1/nodes",
            new
            {
                name,
                parentId,
                checkId,
            }
        );
        return node.GetProperty("id").GetGuid();
    }

    /// <summary>Reports, and answers the source's check.</summary>
    public async Task<Guid> ReportAsync(string source, double value)
    {
        var stored = await PostAsync("/api/v1/reports", new { source, value });
        var query = $"source={Uri.EscapeDataString(source)}&minPosition={stored.GetProperty("position")}";
        return (await GetAsync("/api/v1/reports?" + query)).GetProperty("items")[0].GetProperty("checkId").GetGuid();
    }
}
