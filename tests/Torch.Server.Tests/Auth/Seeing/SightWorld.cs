using System.Globalization;
using System.Net;
using System.Text.Json;
using Torch.Domain;
using Torch.Testing;

namespace Torch.Server.Tests.Auth.Seeing;

/// <summary>
/// Two hierarchies, and a viewer who sees the first one. Whatever stands in the other one alone has "secret" in its name. One leaf stands
/// in both, and its first parent is in the other.
/// </summary>
public sealed class SightWorld : IAsyncLifetime
{
    public const string Viewer = "limited";
    private readonly Dictionary<string, string> _ids = [];

    public TorchFactory Torch { get; private set; } = null!;

    /// <summary>The admin's browser.</summary>
    public HttpClient Admin { get; private set; } = null!;

    /// <summary>The viewer's.</summary>
    public HttpClient Limited { get; private set; } = null!;

    public string Cookie { get; private set; } = "";

    /// <summary>A position at which all of it was there.</summary>
    public long Position { get; private set; }

    /// <summary>By its name in this world.</summary>
    public string this[string name] => _ids[name];

    /// <summary>Every id of the other hierarchy.</summary>
    public IEnumerable<string> Secrets =>
        _ids.Where(i => i.Key.StartsWith("secret", StringComparison.Ordinal)).Select(i => i.Value);

    public async ValueTask InitializeAsync()
    {
        Torch = await TorchFactory.StartAsync();
        Admin = Torch.Browser(await Torch.SetUpAsync());
        await BuildTreesAsync();
        _ids["viewer"] = await Admin.AddPersonAsync(Viewer, "viewer", this["shop"]);
        Limited = Torch.Browser(Cookie = await Torch.SignInAsync(Viewer));
        await BreakAsync();
        await PlanAsync();
        var head = await Admin.FetchAsync("/api/v1/trees");
        Position = head[0].Number("position");
    }

    private async Task BuildTreesAsync()
    {
        await GroupAsync("shop");
        await GroupAsync("checkout", this["shop"]);
        await GroupAsync("secret-realm");
        await GroupAsync("secret-group", this["secret-realm"]);
        await LeafAsync("api", this["checkout"]);
        await LeafAsync("secret-db", this["secret-group"]);
        await LeafAsync("both", this["secret-group"]);
        await DoAsync("PUT", $"/api/v1/nodes/{this["both"]}/parents/{this["checkout"]}", "{}");
        await DoAsync("PUT", $"/api/v1/nodes/{this["api"]}/dependencies/{this["secret-db"]}");
        await DoAsync("PUT", $"/api/v1/nodes/{this["secret-group"]}/dependencies/{this["api"]}");
        await DoAsync(
            "PUT",
            $"/api/v1/nodes/{this["checkout"]}/rules",
            """{"rules":[],"rollUp":"worst","reason":"as is"}"""
        );
    }

    // What the api suffers from is the consequence of what cannot be seen; what is in both hierarchies drags both along.
    private async Task BreakAsync()
    {
        await UntilAsync("secret-db", "down");
        await UntilAsync("api", "down");
        await UntilAsync("both", "down");
        foreach (var cause in new[] { "secret-db", "api", "both" })
            await Eventually.IsTrueAsync(async () =>
                Incident(await Admin.FetchAsync("/api/v1/incidents"), cause) is not null
            );
        var incidents = await Admin.FetchAsync("/api/v1/incidents");
        _ids["secret-incident"] = Incident(incidents, "secret-db")!;
        _ids["api-incident"] = Incident(incidents, "api")!;
        _ids["both-incident"] = Incident(incidents, "both")!;
    }

    private async Task PlanAsync()
    {
        await ObjectiveAsync("checkout");
        await ObjectiveAsync("secret-group");
        await WindowAsync("works", this["checkout"], this["secret-realm"]);
        await WindowAsync("secret-works", this["secret-realm"]);
        await DoAsync("POST", $"/api/v1/nodes/{this["checkout"]}/annotations", """{"text":"v2 is out"}""");
        await DoAsync("POST", $"/api/v1/nodes/{this["secret-group"]}/annotations", """{"text":"secret v3"}""");
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        Limited.Dispose();
        await Torch.DisposeAsync();
    }

    public async Task<JsonElement> DoAsync(string method, string path, string? json = null)
    {
        using var answer = await Admin.SendAsync(method, path, json);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {await answer.Content.ReadAsStringAsync()}");
        var body = await answer.ReadAsync();
        if (body.TryGetProperty("position", out var position))
            await Admin.FetchAsync("/api/v1/nodes?limit=1", position.GetInt64());
        return body;
    }

    public async Task GroupAsync(string name, string? parent = null) =>
        _ids[name] = (
            await DoAsync("POST", "/api/v1/nodes", JsonSerializer.Serialize(new { name, parentId = parent }))
        ).Text("id");

    public async Task LeafAsync(string name, string parent)
    {
        await ReportAsync(name, "up");
        var checkId = CheckIds.OfSource(name).ToString();
        _ids[name + " check"] = checkId;
        var wanted = JsonSerializer.Serialize(
            new
            {
                name,
                parentId = parent,
                checkId,
            }
        );
        _ids[name] = (await DoAsync("POST", "/api/v1/nodes", wanted)).Text("id");
    }

    public Task ReportAsync(string source, string status) =>
        Admin.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            JsonSerializer.Serialize(new { source, status })
        );

    public async Task UntilAsync(string leaf, string status)
    {
        await ReportAsync(leaf, status);
        await Eventually.IsTrueAsync(async () =>
            (await Admin.FetchAsync($"/api/v1/nodes/{this[leaf]}")).Text("status") == status
        );
    }

    private string? Incident(JsonElement page, string cause) =>
        page.Items().Where(i => i.Text("nodeId") == this[cause]).Select(i => i.Text("id")).FirstOrDefault();

    private async Task ObjectiveAsync(string node)
    {
        var made = await DoAsync(
            "POST",
            "/api/v1/slos",
            $$$"""{"name":"{{{node}}} is up","nodeId":"{{{this[node]}}}","target":99,"window":{"kind":"rolling","duration":"P7D"}}"""
        );
        _ids[node + " objective"] = made.Text("id");
    }

    private async Task WindowAsync(string name, params string[] nodeIds)
    {
        var schedule = new
        {
            kind = "fixed",
            from = Time(DateTimeOffset.UtcNow.AddHours(1)),
            to = Time(DateTimeOffset.UtcNow.AddHours(2)),
        };
        var wanted = JsonSerializer.Serialize(
            new
            {
                name,
                nodeIds,
                schedule,
            }
        );
        _ids[name] = (await DoAsync("POST", "/api/v1/maintenance", wanted)).Text("id");
    }

    public static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
