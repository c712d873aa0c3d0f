using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Rollups;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Tests.Folding;
using Torch.Testing;

namespace Torch.Server.Tests.Projecting;

public sealed class RollupTests : FoldingTest
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Check = Guid.CreateVersion7();

    [Fact]
    public async Task Probes_in_any_order_and_in_any_pages_come_to_the_same_rows()
    {
        var random = new Random(3);
        var times = Enumerable
            .Range(0, 300)
            .Select(i => (At: Noon.AddSeconds(i * 13), Ms: random.Next(1, 900) / 8.0))
            .ToArray();
        random.Shuffle(times);
        for (var at = 0; at < times.Length; at += 60)
        {
            foreach (var (when, ms) in times.Skip(at).Take(60))
                await ProbeAsync(when, ms);
            await _server.SettleAsync();
        }

        var day = await SketchAsync(1440);
        var quarters = new Sketch();
        foreach (var (_, ms) in times)
            quarters.Add(ms * 1000);
        day.ShouldBe(Convert.ToHexStringLower(quarters.ToBytes()));
        (await CountAsync(1440)).ShouldBe(300);
        (await CountAsync(15)).ShouldBe(300);
        (await CountAsync(1)).ShouldBe(300);

        var live = await _database.DumpAsync();
        await _server.RebuildAsync(_database);
        (await _database.DumpAsync()).ShouldBe(live);
    }

    [Fact]
    public async Task A_late_observation_adds_to_its_own_buckets()
    {
        await ProbeAsync(Noon, 10);
        await ProbeAsync(Noon.AddHours(1), 10);
        await _server.SettleAsync();
        await ProbeAsync(Noon.AddSeconds(20), 30);
        await _server.SettleAsync();

        var rows = await _database.TextAsync(
            $"""
            select string_agg(concat_ws(' ', level_minutes, to_char(bucket at time zone 'utc', 'HH24:MI'), count, sum_us, max_us), ', '
                order by level_minutes, bucket) from torch.rollups where check_id = '{Check}'
            """
        );
        rows.ShouldBe(
            "1 12:00 2 40000 30000, 1 13:00 1 10000 10000, 15 12:00 2 40000 30000, 15 13:00 1 10000 10000, 1440 00:00 3 50000 30000"
        );
    }

    [Fact]
    public async Task A_database_from_before_keeps_its_quarters_of_an_hour_and_is_folded_again_into_all_levels()
    {
        await ProbeAsync(Noon, 10);
        await _server.SettleAsync();
        // As the version before left it.
        await _database.ExecuteAsync("delete from torch.rollups where level_minutes <> 15");
        await _database.ExecuteAsync("alter table torch.rollups drop column sketch, drop column phases");
        foreach (var table in (string[])["torch_sealed.rollups", "torch_sealed.sealed_rollups"])
            await _database.ExecuteAsync($"alter table {table} drop column sketch, drop column phases");
        var script = SchemaScript
            .EmbeddedIn(typeof(EventCodec).Assembly)
            .Single(s => s.Name.Contains("0090_rollup_levels"));

        await _database.ExecuteAsync(script.Sql);

        (await _database.CountAsync("torch.rollups where level_minutes = 15 and count = 1")).ShouldBe(1);
        await Eventually.IsTrueAsync(
            async () => await _database.CountAsync("torch.rollups where count = 1 and sketch is not null") == 3,
            TimeSpan.FromSeconds(20)
        );
    }

    [Fact]
    public async Task The_time_in_which_Torch_was_away_is_a_gap_of_every_check()
    {
        await _server.AppendAsync(Log.Telemetry, WellKnown.Clock, new ServiceResumed(Noon));
        await _server.SettleAsync();

        (await _database.CountAsync($"torch.absences where from_at = '{Noon:O}'")).ShouldBe(1);
    }

    private Task<long> ProbeAsync(DateTimeOffset at, double ms) =>
        _server.AppendAsync(
            Log.Telemetry,
            Check,
            new ProbeCompleted(
                Check,
                Guid.CreateVersion7(),
                at,
                "up",
                null,
                null,
                200,
                "1.1",
                "127.0.0.1",
                new Latency(0.5, 1, null, ms - 2, 0.5, ms),
                null,
                null,
                null,
                10,
                0,
                "here"
            )
        );

    private Task<string?> SketchAsync(int level) =>
        _database.TextAsync(
            $"select encode(sketch, 'hex') from torch.rollups where check_id = '{Check}' and level_minutes = {level}"
        );

    private async Task<long> CountAsync(int level) =>
        long.Parse(
            (
                await _database.TextAsync(
                    $"select sum(count) from torch.rollups where check_id = '{Check}' and level_minutes = {level}"
                )
            )!
        );
}
