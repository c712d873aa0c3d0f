using System.Net.Http.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Chaining;

public sealed class JournalChainHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torch-chain-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_running_server_chains_and_signs_its_journal()
    {
        var key = Path.Combine(_folder, "keys", "journal.pem");
        await using var torch = await TorchFactory.StartAsync(("JOURNAL_KEY", key));
        using var client = torch.Client();

        (await client.PostAsJsonAsync("/api/v1/nodes", new { name = "Shop" })).EnsureSuccessStatusCode();

        await Eventually.IsTrueAsync(() => torch.Database.CountAsync("torch_log.journal_checkpoints"));
        (await torch.Database.CountAsync("torch_log.journal_chain")).ShouldBeGreaterThan(0);
        File.Exists(Path.ChangeExtension(key, ".pub.pem")).ShouldBeTrue();
    }
}
