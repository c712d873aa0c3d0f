using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Torch.Cli.Tests;

/// <summary>API keys from the command line, against a real Torch.</summary>
public sealed class KeysTests(SharedTorch torch)
{
    [Fact]
    public async Task A_key_is_made_listed_exchanged_and_revoked()
    {
        string[] add =
        [
            "keys",
            "add",
            "cli backups",
            "--scope",
            "ingest",
            "--source-prefix",
            "backup/",
            "--expires",
            "90d",
        ];
        var first = (await torch.RunAsync(ExitCodes.Success, add)).Trim();
        first.ShouldStartWith("torch_");
        (await StatusAsync(first)).ShouldBe(HttpStatusCode.Forbidden);

        var list = await torch.RunAsync(ExitCodes.Success, "keys", "list");
        list.Split('\n').Single(l => l.StartsWith("cli backups", StringComparison.Ordinal)).ShouldContain("backup/*");
        list.ShouldNotContain(first);

        var second = (
            await torch.RunAsync(ExitCodes.Success, "keys", "rotate", "cli backups", "--overlap", "0s")
        ).Trim();
        (await StatusAsync(first)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(second)).ShouldBe(HttpStatusCode.Forbidden);

        await torch.RunAsync(ExitCodes.Success, "keys", "revoke", "cli backups", "--yes");
        (await StatusAsync(second)).ShouldBe(HttpStatusCode.Unauthorized);
        var json = JsonElement.Parse(await torch.RunAsync(ExitCodes.Success, "keys", "list", "--json"));
        json.EnumerateArray().Select(k => k.GetProperty("name").GetString()).ShouldNotContain("cli backups");
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_said_so() =>
        await torch.RunAsync(ExitCodes.Settings, "keys", "revoke", "no such key", "--yes");

    // What a key that may only report is answered where something is read: known, and refused.
    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.GetAsync($"{torch.Address}/api/v1/nodes");
        return answer.StatusCode;
    }
}
