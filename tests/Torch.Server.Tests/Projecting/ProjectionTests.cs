using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Projecting;
using Torch.Server.Tests.Folding;

namespace Torch.Server.Tests.Projecting;

public sealed class ProjectionTests : FoldingTest
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_node_is_read_as_its_events_left_it()
    {
        var shop = await _server.GroupAsync("shop");
        var payments = await _server.GroupAsync("payments", shop);
        await _server.AppendAsync(Log.Journal, payments, new NodeRenamed(payments, "pay"));
        await _server.AppendAsync(Log.Journal, payments, new NodeTagged(payments, ["env=prod", "money"]));
        await _server.AppendAsync(Log.Journal, payments, new NodePaused(payments, "works"));
        await _server.PublishAsync(payments, "count(children where status is down) >= 1", "critical");
        await _server.SettleAsync();

        var row = await _database.TextAsync(
            $"select name || ' ' || tags::text || ' ' || paused || ' ' || version || ' ' || rules_version || ' ' || (rules->'rules'->0->>'then') from torch.nodes where id = '{payments}'"
        );
        row.ShouldBe("pay {env=prod,money} true 5 1 critical");
        (await _database.CountAsync($"torch.edges where parent_id = '{shop}' and child_id = '{payments}'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_deleted_node_takes_its_edges_along()
    {
        var shop = await _server.GroupAsync("shop");
        var payments = await _server.GroupAsync("payments", shop);
        await _server.AppendAsync(Log.Journal, payments, new NodeDeleted(payments));
        await _server.AppendAsync(Log.Journal, WellKnown.Topology, new NodeRemoved(payments));
        await _server.SettleAsync();

        (await _database.CountAsync($"torch.nodes where id = '{payments}'")).ShouldBe(0);
        (await _database.CountAsync($"torch.edges where child_id = '{payments}'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_report_makes_its_check_known_and_its_title_names_it()
    {
        var check = CheckIds.OfSource("backup/db1");
        await _server.ReportAsync("backup/db1", value: 1);
        await _server.AppendAsync(
            Log.Telemetry,
            check,
            new ReportReceived(check, "backup/db1", Noon, 2, Title: "Nightly backup")
        );
        await _server.SettleAsync();

        var row = await _database.TextAsync(
            $"select name || '|' || kind || '|' || source || '|' || version || '|' || (settings is null) from torch.checks where id = '{check}'"
        );
        row.ShouldBe("Nightly backup|report|backup/db1|0|true");
    }

    [Fact]
    public async Task An_older_observation_never_replaces_a_newer_one()
    {
        await _server.ReportAsync("a", value: 1, at: Noon);
        await _server.ReportAsync("a", value: 2, at: Noon.AddMinutes(-1));
        await _server.SettleAsync();
        await _server.ReportAsync("a", value: 3, at: Noon.AddMinutes(-2));
        await _server.SettleAsync();
        (await LatestAsync("a")).ShouldBe("1");

        await _server.ReportAsync("a", value: 4, at: Noon);
        await _server.SettleAsync();
        (await LatestAsync("a")).ShouldBe("4");
    }

    [Fact]
    public async Task Observations_are_counted_per_minute_quarter_of_an_hour_and_day_and_inconclusive_ones_not_at_all()
    {
        await _server.ReportAsync("q", value: 2, at: Noon.AddMinutes(14));
        await _server.ReportAsync("q", "down", value: 6, at: Noon.AddMinutes(1));
        await _server.SettleAsync();
        await _server.ReportAsync("q", "inconclusive", at: Noon.AddMinutes(2));
        await _server.ReportAsync("q", "degraded", value: 1, at: Noon.AddMinutes(3));
        await _server.ReportAsync("q", at: Noon.AddMinutes(15));
        await _server.SettleAsync();

        var rows = await _database.TextAsync(
            $"""
            select string_agg(concat_ws(' ', level_minutes, to_char(bucket at time zone 'utc', 'HH24:MI'), count, good, sum_value,
                min_value, max_value), ', ' order by level_minutes, bucket)
            from torch.rollups where check_id = '{CheckIds.OfSource("q")}'
            """
        );
        rows.ShouldBe(
            "1 12:01 1 0 6 6 6, 1 12:03 1 1 1 1 1, 1 12:14 1 1 2 2 2, 1 12:15 1 1, 15 12:00 3 2 9 1 6, 15 12:15 1 1, 1440 00:00 4 3 9 1 6"
        );
    }

    [Fact]
    public async Task A_deleted_check_is_gone_until_it_reports_again()
    {
        var check = CheckIds.OfSource("gone");
        await _server.ReportAsync("gone");
        await _server.AppendAsync(Log.Journal, check, new CheckDeleted(check));
        await _server.SettleAsync();
        (await _database.CountAsync($"torch.latest_observations where check_id = '{check}'")).ShouldBe(0);

        await _server.ReportAsync("gone");
        await _server.SettleAsync();
        (await _database.CountAsync($"torch.checks where id = '{check}'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_rebuilt_read_model_equals_the_live_one()
    {
        var begin = DateTimeOffset.UtcNow.AddHours(-2);
        var root = await _server.GroupAsync("root");
        for (var i = 0; i < 5; i++)
            await _server.LeafAsync($"leaf/{i}", root);
        for (var i = 0; i < 200; i++)
            await _server.ReportAsync(
                $"leaf/{i * 7 % 5}",
                i * 11 % 3 == 0 ? "down" : null,
                i,
                begin.AddSeconds(i * 37 % 4000)
            );
        await _server.SettleAsync();
        var live = await _database.DumpAsync();
        await _server.RebuildAsync(_database);

        (await _database.DumpAsync()).ShouldBe(live);
        (await _database.CountAsync("torch.transitions")).ShouldBeGreaterThan(0);
        (await _database.CountAsync("torch_log.rebuild_results where outcome = 'swapped'")).ShouldBe(
            ProjectionHost.All().Count
        );
    }

    private Task<string?> LatestAsync(string source) =>
        _database.TextAsync(
            $"select data->>'value' from torch.latest_observations where check_id = '{CheckIds.OfSource(source)}'"
        );
}
