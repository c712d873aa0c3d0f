using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>A whole installation moves: export beside the running Torch and after it, from a database into a data directory, and a Torch on the copy.</summary>
public sealed class LogCopyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torch-cli-").FullName;
    private readonly HttpClient _http = new();

    private string From => Path.Combine(_folder, "from");

    private string To => Path.Combine(_folder, "to");

    private string Export => Path.Combine(_folder, "log.ndjson.gz");

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_Torch_on_the_copy_answers_the_same_tree()
    {
        await using var database = await TestDatabase.CreateAsync([]);
        string[] from = ["--data", From, "--postgres", database.ConnectionString];
        string tree;
        await using (var torch = await ServedTorch.StartAsync(From, from[2..]))
        {
            await FillAsync(torch.Address);
            tree = await TreeAsync(torch.Address);
            await LogAsync(from, "export", Path.Combine(_folder, "live.ndjson"));
            (await torch.StopAsync()).ShouldBe(ExitCodes.Success);
        }
        await LogAsync(from, "export", Export);
        var person = new Screen(isScreen: true);
        var imported = await Cli.RunAsync(person, ["log", "import", Export, "--data", To]);
        imported.Output.ShouldContain("0 were there already");
        imported.Errors.ShouldContain("[##############################]  100 %  position ");
        await LogAsync(["--data", To], "export", Path.Combine(_folder, "again.ndjson.gz"));
        HashOf(Path.Combine(_folder, "again.ndjson.gz")).ShouldBe(HashOf(Export));

        await using var copy = await ServedTorch.StartAsync(To);
        await LogAsync(["--data", To], "verify", "--public-key", Path.Combine(From, "keys", "journal.pub.pem"));
        (await TreeAsync(copy.Address)).ShouldBe(tree);
    }

    [Fact]
    public async Task What_is_no_export_is_refused_in_one_line()
    {
        await using var database = await TestDatabase.CreateAsync([]);
        await File.WriteAllTextAsync(Export[..^3], "hello\n");

        var ended = await Cli.RunAsync("log", "import", Export[..^3], "--postgres", database.ConnectionString);

        ended.ExitCode.ShouldBe(ExitCodes.Failed);
        ended.Errors.Trim().Split('\n').Length.ShouldBe(1, ended.Errors);
    }

    private static string HashOf(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private static Task<string> LogAsync(string[] where, params string[] arguments) =>
        Cli.RunAsync(ExitCodes.Success, ["log", .. arguments, .. where]);

    private async Task FillAsync(string address)
    {
        var root = await PostAsync(address + "/api/v1/nodes", new { name = "Shop" });
        for (var i = 0; i < 3; i++)
        {
            var source = "shop/part" + i.ToString(CultureInfo.InvariantCulture);
            var status = i == 1 ? "down" : "up";
            var stored = await PostAsync(address + "/api/v1/reports", new { source, status });
            var report = await _http.GetFromJsonAsync<JsonElement>(
                $"{address}/api/v1/reports?source={Uri.EscapeDataString(source)}&minPosition={stored.GetProperty("position")}"
            );
            var checkId = report.GetProperty("items")[0].GetProperty("checkId").GetGuid();
            var node = new
            {
                name = source,
                parentId = root.GetProperty("id").GetGuid(),
                checkId,
            };
            await PostAsync(address + "/api/v1/nodes", node);
        }
        await Eventually.IsTrueAsync(async () => (await TreeAsync(address)).Contains("\"down\""));
    }

    private async Task<JsonElement> PostAsync(string url, object body)
    {
        using var answer = await _http.PostAsJsonAsync(url, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonElement.Parse(text);
    }

    // Names, statuses and since when; positions are the moment's.
    private async Task<string> TreeAsync(string address)
    {
        var trees = await _http.GetFromJsonAsync<JsonElement>(address + "/api/v1/trees");
        var roots = trees.ValueKind == JsonValueKind.Array ? trees : trees.GetProperty("items");
        return string.Join('\n', roots.EnumerateArray().Select(Text));
    }

    private static string Text(JsonElement node) =>
        $"{node.GetProperty("id")} {node.GetProperty("name")} \"{node.GetProperty("status")}\" {node.GetProperty("since")} ["
        + string.Join(", ", node.GetProperty("children").EnumerateArray().Select(Text))
        + "]";
}
