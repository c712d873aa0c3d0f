using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server;
using Torch.Server.Events;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>
/// A rebuild under ingest whose process is killed again and again. TORCH_DRILL_EVENTS gives the length: 1000000 for the full
/// drill, 12000 in an ordinary run; TORCH_DRILL_KILLS how often it is killed: 5 and 1. TORCH_DRILL_LAG_SECONDS is the bar of the live lag's
/// p99: 2 for the full drill, on a machine that does nothing else.
/// </summary>
public sealed class RebuildDrillTests : IAsyncLifetime
{
    private static readonly int Events = Setting("TORCH_DRILL_EVENTS", 12_000);
    private static readonly int Kills = Setting("TORCH_DRILL_KILLS", 1);
    private static readonly int MostLagSeconds = Setting("TORCH_DRILL_LAG_SECONDS", 20);

    private readonly string _data = Directory.CreateTempSubdirectory("torch-cli-").FullName;
    private readonly CancellationTokenSource _reading = new();
    private readonly Random _random = new(8);
    private readonly HttpClient _http = new();
    private TestDatabase _database = null!;
    private long _rows;

    public async ValueTask InitializeAsync() =>
        _database = await TestDatabase.CreateAsync(SchemaScript.EmbeddedIn(typeof(TorchServer).Assembly));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _reading.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_rebuild_during_ingest_killed_again_and_again_ends_in_the_state_that_the_log_says()
    {
        await FillAsync();
        var torch = await StartAsync();
        await CaughtUpAsync();
        _rows = await _database.CountAsync("torch.rollups");
        var reads = Enumerable.Range(0, 2).Select(_ => Task.Run(ReadAsync)).ToList();
        await PostAsync(torch.Address, "/api/v1/projections/Rollups/rebuild");

        for (var kill = 0; kill < Kills; kill++)
        {
            await MovedAsync(_random.NextDouble() / Kills);
            await torch.Run.DisposeAsync();
            torch = await StartAsync();
            await PostAsync(torch.Address, "/api/v1/reports", new { source = "during", value = kill });
        }
        var lags = await IngestUntilAsync(torch.Address, OverAsync);

        await _reading.CancelAsync();
        (await Task.WhenAll(reads)).Sum().ShouldBeGreaterThan(Kills);
        lags.Order().ElementAt(lags.Count * 99 / 100).ShouldBeLessThan(TimeSpan.FromSeconds(MostLagSeconds));
        (await _database.CountAsync("torch_log.rebuild_results where outcome = 'swapped'")).ShouldBe(1);
        var verified = await Cli.RunAsync(ExitCodes.Success, "projections", "verify", "--server", torch.Address);
        verified.ShouldContain("Rollups: equal at position");
        await torch.Run.DisposeAsync();
    }

    // Values whose sums as doubles would depend on their order.
    private async Task FillAsync()
    {
        await using var log = new EventLog(_database.DataSource);
        var at = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
        for (var done = 0; done < Events; done += 1_000)
        {
            var first = done;
            var streams = Enumerable
                .Range(0, 1_000)
                .Select(i => Report(i, at.AddSeconds(first + i), first / 7.0 + i / 3.0));
            await log.AppendAsync(new AppendRequest { Streams = [.. streams] }, CancellationToken.None);
        }
    }

    private static StreamAppend Report(int source, DateTimeOffset at, double value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"drill/{source}");
        var report = new ReportReceived(CheckIds.OfSource(name), name, at, value);
        return new(
            EventStore.Log.Telemetry,
            report.CheckId,
            [EventCodec.Encode(report, Guid.CreateVersion7())],
            "check"
        );
    }

    private async Task<(TorchRun Run, string Address)> StartAsync()
    {
        var run = TorchRun.Start(
            ["serve", "--data", _data, "--urls", "http://127.0.0.1:0"],
            ("TORCH_POSTGRES", _database.ConnectionString)
        );
        return (run, await run.AddressAsync());
    }

    private Task CaughtUpAsync() =>
        Eventually.IsTrueAsync(
            async () => await PositionAsync("Rollups:All") >= await _database.CountAsync("telemetry.mt_events"),
            TimeSpan.FromMinutes(5)
        );

    // Not at any time, but at any place: until so much of the log has been folded since, or all of it.
    private async Task MovedAsync(double share)
    {
        var from = await PositionAsync("Rollups:Rebuild");
        var wanted = from + (long)(share * Events);
        await Eventually.IsTrueAsync(
            async () => await PositionAsync("Rollups:Rebuild") >= wanted || await OverAsync(),
            TimeSpan.FromMinutes(2)
        );
    }

    private async Task<bool> OverAsync() => await _database.CountAsync("torch_log.rebuilds") == 0;

    private async Task<long> PositionAsync(string checkpoint)
    {
        const string sql = "select coalesce(max(last_seq_id), 0) from journal.mt_event_progression where name = $1";
        await using var command = _database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = checkpoint });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<List<TimeSpan>> IngestUntilAsync(string address, Func<Task<bool>> isOver)
    {
        var lags = new List<TimeSpan>();
        for (var i = 0; lags.Count < 20 || !await isOver(); i++)
        {
            var position = (
                await PostAsync(address, "/api/v1/reports", new { source = $"live/{i % 50}", value = i / 9.0 })
            )
                .GetProperty("position")
                .GetInt64();
            var since = TimeProvider.System.GetTimestamp();
            await Eventually.IsTrueAsync(async () => await PositionAsync("Rollups:All") >= position);
            lags.Add(TimeProvider.System.GetElapsedTime(since));
        }
        return lags;
    }

    private async Task<JsonElement> PostAsync(string address, string path, object? body = null)
    {
        using var answer = await _http.PostAsJsonAsync(address + path, body ?? new { });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    // The rows that stood before: never fewer, and never an error, whichever moment it is.
    private async Task<int> ReadAsync()
    {
        var reads = 0;
        for (; !_reading.IsCancellationRequested; reads++)
            (await _database.CountAsync("torch.rollups")).ShouldBeGreaterThanOrEqualTo(_rows);
        return reads;
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
