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

    [Fact]
    public async Task A_push_key_is_made_with_addresses_to_push_to_exchanged_and_removed()
    {
        var first = Told(
            await torch.RunAsync(ExitCodes.Success, "keys", "push", "add", "cli/nas", "--name", "cli nas")
        );
        (await PushAsync(first["kuma"] + "7")).ShouldBe(HttpStatusCode.OK);
        (await PushAsync(first["healthchecks"])).ShouldBe(HttpStatusCode.OK);
        var list = await torch.RunAsync(ExitCodes.Success, "keys", "push", "list");
        var line = list.Split('\n').Single(l => l.StartsWith("cli nas", StringComparison.Ordinal));
        line.ShouldContain("cli/nas");
        list.ShouldNotContain(first["token"]);

        var second = Told(await torch.RunAsync(ExitCodes.Success, "keys", "push", "rotate", "cli nas"));
        second["token"].ShouldNotBe(first["token"]);
        var id = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
        await torch.RunAsync(ExitCodes.Success, "keys", "push", "remove", id, "--yes");
        (await PushAsync(first["kuma"])).ShouldBe(HttpStatusCode.NotFound);
        (await PushAsync(second["kuma"])).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_push_key_takes_the_token_of_old_and_a_beginning()
    {
        string[] add = ["keys", "push", "add", "--prefix", "cli-cron/", "--token", "a-token-of-old"];
        Told(await torch.RunAsync(ExitCodes.Success, add))["healthchecks"].ShouldEndWith("/ping/a-token-of-old/{slug}");
        await torch.RunAsync(ExitCodes.Settings, "keys", "push", "remove", "no such key", "--yes");
    }

    private static Dictionary<string, string> Told(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries))
            .Where(line => line.Length == 2 && line[1].Length > 0)
            .ToDictionary(line => line[0], line => line[1]);

    private static async Task<HttpStatusCode> PushAsync(string url)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(url);
        return answer.StatusCode;
    }

    // What a key that may only report is answered where something is read: known, and refused.
    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.GetAsync($"{torch.Address}/api/v1/nodes");
        return answer.StatusCode;
    }
}
