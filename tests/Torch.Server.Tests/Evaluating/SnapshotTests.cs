using System.Text;
using Torch.Domain;
using Torch.EventStore;
using Torch.Server.Evaluating;
using Torch.Server.Tests.Folding;
using Torch.Testing;

namespace Torch.Server.Tests.Evaluating;

public sealed class SnapshotTests : FoldingTest
{
    private const string Evaluator = "name = 'Evaluator:All'";

    private const string Projection = "projection = 'Evaluator:All'";

    [Fact]
    public async Task A_start_goes_on_from_the_snapshot_of_a_clean_stop_though_the_telemetry_before_it_is_gone()
    {
        var (root, leaf) = await ShopAsync();
        await _server.ReportAsync("db", "down", 7);
        await _server.SettleAsync();
        var (before, sentence) = (await StatesAsync(), _server.Evaluation.Explain(leaf)!.Sentence);
        await StopAsync();
        (await SnapshotAsync()).ShouldBe(await CheckpointAsync());
        await _database.ExecuteAsync("truncate telemetry.mt_events");

        await StartAsync();
        (await StatesAsync()).ShouldBe(before);
        _server.Evaluation.Explain(leaf)!.Sentence.ShouldBe(sentence);
        _server.Evaluation.Explain(root)!.RootCauses.ShouldHaveSingleItem().Observation.ShouldNotBeNull();
        await _server.ReportAsync("db", "up", 1);
        await _server.SettleAsync();
        (await _database.TransitionsAsync(root)).ShouldBe("unknown>down down>up");
    }

    [Fact]
    public async Task After_a_kill_what_came_after_the_snapshot_is_folded_again_and_nothing_is_written_twice()
    {
        var (root, leaf) = await ShopAsync();
        await _server.ReportAsync("db", "down", 7);
        await _server.SettleAsync();
        await StopAsync();
        var snapshot = await SnapshotAsync();
        await StartAsync();
        // The second above 5 in a row: the first stands in the snapshot.
        await _server.ReportAsync("db", "degraded", 7);
        await _server.SettleAsync();
        await StopAsync();
        // A server that was killed has not saved its last state.
        await _database.ExecuteAsync($"delete from torch_log.snapshots where position > {snapshot}");
        await _database.ExecuteAsync($"delete from telemetry.mt_events where seq_id <= {snapshot}");

        await StartAsync();
        await _server.ReportAsync("db", "up", 1);
        await _server.SettleAsync();
        foreach (var node in (Guid[])[leaf, root])
            (await _database.TransitionsAsync(node)).ShouldBe("unknown>down down>critical critical>up");
    }

    [Theory]
    [InlineData("data = substring(data for 100)")]
    [InlineData("data = overlay(data placing '\\x00000000' from 60)")]
    [InlineData("data = ''")]
    [InlineData("format = 999")]
    public async Task A_snapshot_that_cannot_be_read_is_ignored_and_the_log_folded_instead(string damage)
    {
        var (root, _) = await ShopAsync();
        await _server.ReportAsync("db", "down", 7);
        await _server.SettleAsync();
        var before = await StatesAsync();
        await StopAsync();
        await _database.ExecuteAsync($"update torch_log.snapshots set {damage}");

        await StartAsync();
        (await StatesAsync()).ShouldBe(before);
        (await _database.TransitionsAsync(root)).ShouldBe("unknown>down");
    }

    [Fact]
    public async Task A_kept_snapshot_of_the_format_before_is_read_where_the_telemetry_behind_it_is_gone()
    {
        var (root, _) = await ShopAsync();
        await _server.ReportAsync("db", "down", 7);
        await _server.SettleAsync();
        var before = await StatesAsync();
        await StopAsync();
        var snapshot = await SnapshotAsync();
        await _database.ExecuteAsync(
            $"update torch_log.snapshots set format = {SnapshotCodec.Format - 1}, kept = position = {snapshot}"
        );
        await _database.ExecuteAsync("truncate telemetry.mt_events");
        await _database.ExecuteAsync(
            $"update torch_log.telemetry_partitions set from_position = {snapshot + 1} where from_position = (select min(from_position) from torch_log.telemetry_partitions)"
        );

        await StartAsync();
        (await StatesAsync()).ShouldBe(before);
        await _server.ReportAsync("db", "up", 1);
        await _server.SettleAsync();
        (await _database.TransitionsAsync(root)).ShouldBe("unknown>down down>up");
    }

    [Fact]
    public async Task The_state_at_a_position_is_what_the_events_up_to_it_give()
    {
        await ShopAsync();
        var positions = new List<long>();
        foreach (var status in (string[])["up", "down", "up", "degraded"])
            positions.Add(await _server.ReportAsync("db", status, 7));
        await _server.SettleAsync();
        var snapshots = _server.Get<IEvaluatorSnapshots>();
        var fromTheStart = new List<string>();
        foreach (var position in positions)
            fromTheStart.Add(Text(await snapshots.AtAsync(position, default)));
        fromTheStart.Distinct().Count().ShouldBe(4);

        var second = await snapshots.AtAsync(positions[1], default);
        await snapshots.SaveAsync(second, kept: true, default);
        (await snapshots.NearestAsync(positions[2], default)).Position.ShouldBe(positions[1]);
        for (var i = 0; i < positions.Count; i++)
            Text(await snapshots.AtAsync(positions[i], default)).ShouldBe(fromTheStart[i]);
    }

    [Fact]
    public async Task Of_large_snapshots_the_newest_three_and_those_that_are_kept_stay()
    {
        var snapshots = _server.Get<IEvaluatorSnapshots>();
        var empty = new FoldedEvaluator().Save();
        for (var position = 1; position <= 5; position++)
            await snapshots.SaveAsync(empty, position, kept: position == 2, default);
        await LargeAsync(6);
        await snapshots.SaveAsync(empty, 2, kept: false, default);

        (await PositionsAsync()).ShouldBe("2 4 5 6");
    }

    [Fact]
    public async Task Of_small_snapshots_the_newest_that_take_64_megabytes_stay()
    {
        var snapshots = _server.Get<IEvaluatorSnapshots>();
        var empty = new FoldedEvaluator().Save();
        await LargeAsync(1);
        for (var position = 2; position <= 9; position++)
            await snapshots.SaveAsync(empty, position, kept: false, default);

        (await PositionsAsync()).ShouldBe("2 3 4 5 6 7 8 9");
    }

    [Fact]
    public async Task Snapshots_are_thinned_to_one_per_hour_of_the_last_day_one_per_day_and_one_per_two_million_positions()
    {
        await _database.ExecuteAsync(
            $"""
            insert into torch_log.snapshots (name, position, format, data, taken_at)
            select 'Evaluator:All', n, {SnapshotCodec.Format}, ''::bytea, date_trunc('day', now()) - interval '2 days' + n * interval '10 minutes'
            from generate_series(1, 144) n
            union all
            select 'Evaluator:All', 1000 + n, {SnapshotCodec.Format}, ''::bytea, now() - interval '3 hours' + n * interval '1 minute'
            from generate_series(1, 170) n
            union all
            select 'Evaluator:All', n * 1500000, {SnapshotCodec.Format}, ''::bytea, now() - interval '1 minute' from generate_series(1, 4) n
            """
        );
        await LargeAsync(8_000_000);
        var snapshots = _server.Get<IEvaluatorSnapshots>();
        await snapshots.SaveAsync(new FoldedEvaluator().Save(), 9_000_000, kept: false, default);

        (await CountAsync("position <= 144")).ShouldBeInRange(1, 2);
        (await CountAsync("position between 1001 and 1170")).ShouldBeInRange(2, 4);
        (await CountAsync("position > 1170")).ShouldBe(6);
    }

    [Fact]
    public async Task A_stream_with_an_event_that_cannot_be_folded_is_parked_and_stays_so_after_a_restart()
    {
        var (root, leaf) = await ShopAsync();
        var other = await _server.LeafAsync("other", root);
        var damaged = new EventData(
            Guid.CreateVersion7(),
            "report_received",
            Encoding.UTF8.GetBytes("""{"checkId":1}""")
        );
        var check = CheckIds.OfSource("db");
        var at = await _server.AppendAsync(new StreamAppend(Log.Telemetry, check, [damaged], "check"));
        await _server.ReportAsync("db", "down", 7);
        await _server.ReportAsync("other", "degraded");
        await Eventually.IsTrueAsync(async () => await _database.StatusAsync(other) == "degraded");

        var parked = _server.Evaluation.Parked.ShouldHaveSingleItem();
        parked.ShouldBe(new(Log.Telemetry, check, at, "report_received", parked.Error));
        parked.Error.ShouldNotBeEmpty();
        (await _database.StatusAsync(leaf)).ShouldBe("unknown");
        await Eventually.IsTrueAsync(async () =>
            await _database.TextAsync(
                $"select stream_id || ' ' || type from torch_log.parked_events where {Projection} and position = {at}"
            ) == $"{check} report_received"
        );
        await StopAsync();
        await StartAsync();
        _server.Evaluation.Parked.ShouldHaveSingleItem().ShouldBe(parked);
    }

    [Fact]
    public async Task Events_of_unknown_types_are_counted()
    {
        var unknown = new EventData(Guid.CreateVersion7(), "invented_tomorrow", Encoding.UTF8.GetBytes("{}"));
        var position = await _server.AppendAsync(
            new StreamAppend(
                Log.Journal,
                Guid.CreateVersion7(),
                [unknown, unknown with { Id = Guid.CreateVersion7() }],
                "x"
            )
        );
        await _server.Evaluation.WaitForAsync(position, FoldingServer.Limit.Token);
        _server.Evaluation.Unknown.ShouldBe(new Dictionary<string, long> { ["invented_tomorrow"] = 2 });
    }

    [Fact]
    public void A_state_that_has_been_written_and_read_is_the_same_bytes()
    {
        var evaluator = new FoldedEvaluator();
        var saved = SnapshotCodec.Decode(SnapshotCodec.Encode(evaluator.Save()));
        Text(new FoldedEvaluator(saved, 5)).ShouldBe(Text(evaluator));
    }

    private async Task<(Guid Root, Guid Leaf)> ShopAsync()
    {
        var root = await _server.GroupAsync("shop");
        var leaf = await _server.LeafAsync("db", root);
        await _server.PublishAsync(leaf, "(value > 5) for 2 checks", "critical");
        await _server.PublishAsync(root, "any child is down", "down");
        return (root, leaf);
    }

    private async Task StartAsync()
    {
        _server = await FoldingServer.StartAsync(_database);
        await _server.SettleAsync();
    }

    private async Task StopAsync() => await _server.DisposeAsync();

    private Task<string?> StatesAsync() =>
        _database.TextAsync("select string_agg(s::text, ' ' order by s::text) from torch.node_statuses s");

    // As much as all the newest may take, and one byte.
    private Task LargeAsync(long position) =>
        _database.ExecuteAsync(
            $"""
            insert into torch_log.snapshots (name, position, format, data)
            values ('Evaluator:All', {position}, {SnapshotCodec.Format}, convert_to(repeat('0', {SnapshotTable.Newest
                + 1}), 'UTF8'))
            """
        );

    private Task<string?> PositionsAsync() =>
        _database.TextAsync("select string_agg(position::text, ' ' order by position) from torch_log.snapshots");

    private async Task<long> CountAsync(string which) =>
        long.Parse((await _database.TextAsync($"select count(*) from torch_log.snapshots where {which}"))!);

    private async Task<long> SnapshotAsync() =>
        long.Parse((await _database.TextAsync($"select max(position) from torch_log.snapshots where {Evaluator}"))!);

    private async Task<long> CheckpointAsync() =>
        long.Parse(
            (await _database.TextAsync($"select last_seq_id from journal.mt_event_progression where {Evaluator}"))!
        );

    private static string Text(FoldedEvaluator evaluator) =>
        Convert.ToBase64String(SnapshotCodec.Encode(evaluator.Save()));
}
