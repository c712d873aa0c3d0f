using Torch.Cli.Checks;
using Torch.Cli.Client;

namespace Torch.Cli.Simulating;

/// <summary>The demo's hierarchy: groups with rules, leaves with checks.</summary>
internal sealed class DemoTree(ApiClient client, DeviceFleet fleet, string devices)
{
    private const string Root = "Demo shop";
    private const string CheckPrefix = "demo/device-";

    // The devices of the last part report by themselves; the others are asked.
    private static readonly (string Name, int First, int Last)[] Parts =
    [
        ("Checkout", 1, 2),
        ("Payments", 3, 5),
        ("Search", 6, 8),
        ("Warehouse", 9, 12),
    ];

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var trees = await client.GetAsync("/api/v1/trees", cancellationToken);
        if (trees.EnumerateArray().Any(t => t.GetProperty("name").ValueEquals(Root)))
            await FollowAsync(cancellationToken);
        else
            await MakeAsync(cancellationToken);
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        var shop = await IdAsync("/api/v1/nodes", new { name = Root }, cancellationToken);
        foreach (var (name, first, last) in Parts)
        {
            var group = await IdAsync("/api/v1/nodes", new { name, parentId = shop }, cancellationToken);
            for (var device = first; device <= last; device++)
                await LeafAsync(group, device, isPushed: name == Parts[^1].Name, cancellationToken);
            await RulesAsync(group, cancellationToken);
        }
    }

    // The devices of this run listen on another port than those of the run before.
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        foreach (var check in await CheckNaming.AllAsync(client, cancellationToken))
        {
            var name = check.GetProperty("name").GetString()!;
            if (!name.StartsWith(CheckPrefix, StringComparison.Ordinal))
                continue;
            var wanted = UpdateCheck.Settings(check);
            wanted["http"]!["url"] = Health(name[CheckPrefix.Length..]);
            await client.PutAsync($"/api/v1/checks/{check.GetProperty("id")}", wanted, cancellationToken);
        }
    }

    // One device down degrades its part; two take it down.
    private Task RulesAsync(Guid group, CancellationToken cancellationToken)
    {
        var rules = new
        {
            rules = new[]
            {
                new { when = "count(children where status >= critical) >= 2", then = "down" },
                new { when = "any child is down", then = "degraded" },
            },
            reason = "One of several may fail",
        };
        return client.PutAsync($"/api/v1/nodes/{group}/rules", rules, cancellationToken);
    }

    private async Task LeafAsync(Guid group, int device, bool isPushed, CancellationToken cancellationToken)
    {
        var checkId = isPushed
            ? await PushedAsync(device, cancellationToken)
            : await ProbedAsync(device, cancellationToken);
        var node = new
        {
            name = $"device-{device}",
            parentId = group,
            checkId,
        };
        await IdAsync("/api/v1/nodes", node, cancellationToken);
    }

    private Task<Guid> ProbedAsync(int device, CancellationToken cancellationToken)
    {
        var check = new
        {
            name = $"{CheckPrefix}{device}",
            kind = "http",
            interval = "PT5S",
            timeout = "PT2S",
            http = new { url = Health($"{device}"), expect = new { bodyMatches = "\"health\":\"ok\"" } },
        };
        return IdAsync("/api/v1/checks", check, cancellationToken);
    }

    private async Task<Guid> PushedAsync(int device, CancellationToken cancellationToken)
    {
        var report = fleet.Report(device);
        var stored = await client.PostAsync("/api/v1/reports", report, cancellationToken);
        var source = Uri.EscapeDataString((string)report["source"]!);
        var path = $"/api/v1/reports?source={source}&minPosition={stored.GetProperty("position")}";
        var found = await client.GetAsync(path, cancellationToken);
        return found.GetProperty("items")[0].GetProperty("checkId").GetGuid();
    }

    private string Health(string device) => $"{devices}/devices/{device}/health";

    private async Task<Guid> IdAsync(string path, object body, CancellationToken cancellationToken) =>
        (await client.PostAsync(path, body, cancellationToken)).GetProperty("id").GetGuid();
}
