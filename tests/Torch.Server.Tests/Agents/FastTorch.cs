using System.Net;
using Torch.Server.Tests.Features;

namespace Torch.Server.Tests.Agents;

/// <summary>A server for which twenty seconds, or another number of them, pass in one, with agents elsewhere.</summary>
public abstract class FastTorch(int factor = 20) : IAsyncLifetime
{
    private protected readonly FastTime _time = new(factor);
    private protected TorchFactory _torch = null!;
    private protected HttpClient _admin = null!;
    private protected NodeWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _torch = await TorchFactory.StartAsync(_time, ("ADMIN_KEY", KeyedFixture.Key));
        _admin = _torch.Client(KeyedFixture.Key);
        _world = new NodeWorld(_admin);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _torch.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<RemoteAgent> AgentAsync(string name, string location) =>
        RemoteAgent.ComeAsync(_torch, _admin, name, location, _time);

    /// <summary>A leaf called "site" on a new check.</summary>
    private protected async Task<(Guid Check, string Leaf)> LeafAsync(string settings)
    {
        var check = await CheckAsync("site", settings);
        var body = $$"""{"name":"site","checkId":"{{check}}"}""";
        var node = await _admin.ExpectAsync(HttpStatusCode.Created, "POST", NodeWorld.Nodes, body);
        return (check, node.Text("id"));
    }

    private protected async Task<Guid> CheckAsync(string name, string settings)
    {
        var body = $$"""{"name":"{{name}}",{{settings}}}""";
        var check = await _admin.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/checks", body);
        await _admin.FetchAsync($"/api/v1/checks/{check.Text("id")}", check.Number("position"));
        return Guid.Parse(check.Text("id"));
    }

    /// <summary>Settings of a probe that runs from these locations.</summary>
    private protected static string Http(string locations, string more = "") =>
        $$"""
            "kind":"http","interval":"PT5S","locations":["{{locations.Replace(
                ",",
                "\",\"",
                StringComparison.Ordinal
            )}}"],{{more}}"http":{"url":"http://127.0.0.1:9/"}
            """;
}
