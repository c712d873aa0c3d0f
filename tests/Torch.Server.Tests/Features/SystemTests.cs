using Npgsql;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

public sealed class SystemTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private const string Path = "/api/v1/system";
    private readonly HttpClient _client = fixture.Client;

    private static async Task<IReadOnlyList<string>> WarningsAsync(HttpClient client)
    {
        var system = await client.FetchAsync(Path);
        return [.. system.GetProperty("warnings").EnumerateArray().Select(w => w.Text("code"))];
    }

    [Fact]
    public async Task System_says_what_the_log_takes_on_disk()
    {
        var storage = (await _client.FetchAsync(Path)).GetProperty("storage");

        storage.Number("telemetryBytes").ShouldBeGreaterThan(0);
        storage
            .Number("databaseBytes")
            .ShouldBeGreaterThan(storage.Number("journalBytes") + storage.Number("telemetryBytes"));
    }

    [Fact]
    public async Task A_snapshot_that_is_held_open_is_warned_about_until_it_ends()
    {
        await using (var holder = await fixture.Torch.Database.DataSource.OpenConnectionAsync())
        {
            await using var transaction = await holder.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
            await using var look = new NpgsqlCommand("select count(*) from telemetry.mt_events", holder);
            await look.ExecuteScalarAsync();

            await Eventually.IsTrueAsync(async () => (await WarningsAsync(_client)).Contains("held-snapshot"));
        }
        await Eventually.IsTrueAsync(async () => !(await WarningsAsync(_client)).Contains("held-snapshot"));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_is_warned_about()
    {
        await using var torch = await TorchFactory.StartAsync();
        using var client = torch.Client();
        var micros = (TimeProvider.System.GetUtcNow().AddMinutes(2) - DateTimeOffset.UnixEpoch).Ticks / 10;
        await torch.Database.ExecuteAsync($"select setval('torch_log.clock', {micros})");

        (await WarningsAsync(client)).ShouldContain("clock-behind");
    }
}
