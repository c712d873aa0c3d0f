using System.Globalization;
using System.Text.Json;
using Torch.Benchmarks.Common;

namespace Torch.Benchmarks.Spool;

/// <summary>Checks of the server under test.</summary>
internal static class World
{
    public const string Far = "far";
    private const int AtOnce = 8;
    private const int GroupSize = 100;

    /// <summary>HTTP checks of a target, each told apart by its query, each a leaf of a tree.</summary>
    public static async Task<IReadOnlyList<Guid>> ChecksAsync(
        RunningTorch torch,
        Uri target,
        int count,
        TimeSpan interval,
        string location = Far
    )
    {
        var root = await CreateAsync(torch, "nodes", new { name = location });
        var made = new Guid[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        foreach (var group in Enumerable.Range(0, count).Chunk(GroupSize))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"from {group[0]}");
            var parent = await CreateAsync(torch, "nodes", new { name, parentId = root });
            await Parallel.ForEachAsync(
                group,
                options,
                async (i, _) => made[i] = await LeafAsync(torch, $"{target}?{i}", interval, location, parent)
            );
        }
        return made;
    }

    /// <summary>The agent of that location as the server sees it.</summary>
    public static async Task<JsonElement> AgentAsync(RunningTorch torch, string location = Far)
    {
        using var answer = await torch.Client.GetAsync("/api/v1/agents");
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        var items = json.RootElement.GetProperty("items").EnumerateArray();
        return items.Single(a => a.GetProperty("location").ValueEquals(location)).Clone();
    }

    /// <summary>Returns once the agent of that location runs so many checks.</summary>
    public static async Task UntilAtWorkAsync(RunningTorch torch, int checks)
    {
        while ((await AgentAsync(torch)).GetProperty("checks").GetInt32() < checks)
            await Task.Delay(200);
    }

    public static Task<long> ProbesAsync(RunningTorch torch) =>
        torch.ScalarAsync("select count(*) from telemetry.mt_events where type = 'probe_completed'");

    private static async Task<Guid> LeafAsync(
        RunningTorch torch,
        string url,
        TimeSpan interval,
        string location,
        Guid parentId
    )
    {
        var check = new
        {
            name = url,
            kind = "http",
            interval = System.Xml.XmlConvert.ToString(interval),
            timeout = "PT5S",
            locations = new[] { location },
            http = new { url },
        };
        var checkId = await CreateAsync(torch, "checks", check);
        var leaf = new
        {
            name = url,
            parentId,
            checkId,
        };
        await CreateAsync(torch, "nodes", leaf);
        return checkId;
    }

    private static async Task<Guid> CreateAsync(RunningTorch torch, string what, object body) =>
        (await torch.PostAsync($"/api/v1/{what}", body)).GetProperty("id").GetGuid();
}
