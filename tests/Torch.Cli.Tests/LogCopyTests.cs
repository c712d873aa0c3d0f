using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Torch.Cli.Tests;

/// <summary>A whole installation moves: export beside the running Torch, import into another data directory, and a Torch on the copy.</summary>
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
        string tree;
        await using (var torch = Serve(From))
        {
            var address = await torch.AddressAsync();
            await FillAsync(address);
            tree = await TreeAsync(address);
            (await LogAsync(From, "export", Path.Combine(_folder, "live.ndjson"))).ExitCode.ShouldBe(ExitCodes.Success);
            (await torch.StopAsync()).ShouldBe(ExitCodes.Success, torch.Errors);
        }
        var exported = await LogAsync(From, "export", Export);
        exported.ExitCode.ShouldBe(ExitCodes.Success, exported.Errors);
        var imported = await LogAsync(To, "import", Export);
        imported.ExitCode.ShouldBe(ExitCodes.Success, imported.Errors);
        imported.Output.ShouldContain("0 were there already");

        var verified = await LogAsync(To, "verify", "--public-key", Path.Combine(From, "keys", "journal.pub.pem"));
        verified.ExitCode.ShouldBe(ExitCodes.Success, verified.Output + verified.Errors);
        var again = await LogAsync(To, "export", Path.Combine(_folder, "again.ndjson.gz"));
        again.ExitCode.ShouldBe(ExitCodes.Success, again.Errors);
        HashOf(Path.Combine(_folder, "again.ndjson.gz")).ShouldBe(HashOf(Export));

        await using var copy = Serve(To);
        (await TreeAsync(await copy.AddressAsync())).ShouldBe(tree);
    }

    [Fact]
    public async Task Import_waits_for_no_one_and_refuses_what_is_no_export()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Export[..^3], "hello\n");

        var ended = await LogAsync(To, "import", Export[..^3]);

        ended.ExitCode.ShouldBe(ExitCodes.Failed);
        ended.Errors.Trim().Split('\n').Length.ShouldBe(1, ended.Errors);
    }

    private static string HashOf(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private static TorchRun Serve(string data) =>
        TorchRun.Start(["serve", "--data", data, "--urls", "http://127.0.0.1:0"]);

    private static Task<(int ExitCode, string Output, string Errors)> LogAsync(
        string data,
        params string[] arguments
    ) => TorchRun.EndAsync(["log", .. arguments, "--data", data]);

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
        await Testing.Eventually.IsTrueAsync(async () => (await TreeAsync(address)).Contains("\"down\""));
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
