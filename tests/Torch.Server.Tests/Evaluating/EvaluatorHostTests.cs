using System.Text;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Projecting;
using Torch.Server.Tests.Folding;
using Torch.Testing;

namespace Torch.Server.Tests.Evaluating;

public sealed class EvaluatorHostTests : FoldingTest
{
    [Fact]
    public async Task A_report_turns_its_leaf_and_every_node_above()
    {
        var root = await _server.GroupAsync("shop");
        var middle = await _server.GroupAsync("payments", root);
        var leaf = await _server.LeafAsync("db", middle);
        await _server.ReportAsync("db", "down");
        await _server.SettleAsync();

        foreach (var node in (Guid[])[leaf, middle, root])
            (await _database.StatusAsync(node)).ShouldBe("down");
        (
            await _database.TextAsync($"select why->>'sentence' from torch.node_statuses where node_id = '{root}'")
        ).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_rule_decides_and_the_transition_names_its_cause()
    {
        var leaf = await _server.LeafAsync("queue");
        await _server.PublishAsync(leaf, "value > 100", "critical");
        var report = Guid.CreateVersion7();
        var check = CheckIds.OfSource("queue");
        await _server.AppendAsync(
            Log.Telemetry,
            check,
            new Torch.Domain.Checks.ReportReceived(check, "queue", DateTimeOffset.UtcNow, 101),
            report
        );
        await _server.SettleAsync();

        (await _database.StatusAsync(leaf)).ShouldBe("critical");
        var stream = StreamIds.StatusOf(leaf);
        (
            await _database.TextAsync(
                $"select causation_id from journal.mt_events where stream_id = '{stream}' order by seq_id desc limit 1"
            )
        ).ShouldBe(report.ToString());
        (await _database.TextAsync($"select type from journal.mt_streams where id = '{stream}'")).ShouldBe(
            "node_status"
        );
    }

    [Fact]
    public async Task A_read_position_covers_what_a_report_brought_about()
    {
        var leaf = await _server.LeafAsync("fast");
        for (var i = 0; i < 20; i++)
        {
            var status = i % 2 == 0 ? "down" : "up";
            var position = await _server.ReportAsync("fast", status);
            await _server.Get<IReadPosition>().WaitForAsync(position, FoldingServer.Limit.Token);
            (await _database.StatusAsync(leaf)).ShouldBe(status);
        }
    }

    [Fact]
    public async Task A_restart_writes_no_transition_again()
    {
        var root = await _server.GroupAsync("shop");
        var leaf = await _server.LeafAsync("db", root);
        await _server.ReportAsync("db", "down");
        await _server.SettleAsync();
        var before = await _database.CountAsync("journal.mt_events where type = 'node_transitioned'");
        await _server.DisposeAsync();

        _server = await FoldingServer.StartAsync(_database);
        await _server.SettleAsync();
        (await _database.CountAsync("journal.mt_events where type = 'node_transitioned'")).ShouldBe(before);

        await _server.ReportAsync("db", "up");
        await _server.SettleAsync();
        (await _database.TransitionsAsync(leaf)).ShouldBe(await _database.TransitionsAsync(root));
        (await _database.StatusAsync(root)).ShouldBe("up");
    }

    [Fact]
    public async Task What_was_appended_while_the_evaluator_was_gone_is_evaluated_afterwards()
    {
        var leaf = await _server.LeafAsync("db");
        await _server.ReportAsync("db");
        await _server.SettleAsync();
        await _server.DisposeAsync();
        await using (var log = new EventLog(_database.DataSource))
            await AppendReportAsync(log, "db", "down");

        _server = await FoldingServer.StartAsync(_database);
        await _server.SettleAsync();
        (await _database.StatusAsync(leaf)).ShouldBe("down");
    }

    [Fact]
    public async Task A_checkpoint_that_somebody_else_moved_makes_the_evaluator_stand_down_and_fold_again()
    {
        var leaf = await _server.LeafAsync("db");
        var folded = await _server.ReportAsync("db");
        await CheckpointIsAtAsync(folded);

        // Another leader that knew of the same events and had gone one page further: past the transition itself.
        await _database.ExecuteAsync(
            "update journal.mt_event_progression set last_seq_id = last_seq_id + 1 where name = 'Evaluator:All'"
        );
        await _server.ReportAsync("db", "down");
        await _server.SettleAsync();

        (await _database.StatusAsync(leaf)).ShouldBe("down");
        (await _database.TransitionsAsync(leaf)).ShouldBe("unknown>up up>down");
    }

    [Fact]
    public async Task Silence_expires_a_leaf_though_nothing_is_reported()
    {
        var leaf = await _server.LeafAsync("heart");
        await _server.AppendAsync(Log.Journal, leaf, new NodeStalenessChanged(leaf, TimeSpan.FromSeconds(1)));
        await _server.ReportAsync("heart");

        await Eventually.IsTrueAsync(async () => await _database.StatusAsync(leaf) == "expired");
        (await _database.CountAsync("telemetry.mt_events where type = 'clock_ticked'")).ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_does_not_stop_the_others()
    {
        var leaf = await _server.LeafAsync("db");
        var damaged = new EventData(
            Guid.CreateVersion7(),
            "report_received",
            Encoding.UTF8.GetBytes("""{"checkId":1}""")
        );
        var unknown = new EventData(Guid.CreateVersion7(), "invented_tomorrow", Encoding.UTF8.GetBytes("{}"));
        await _server.AppendAsync(new StreamAppend(Log.Telemetry, Guid.CreateVersion7(), [damaged, unknown], "check"));
        await _server.ReportAsync("db", "down");

        await Eventually.IsTrueAsync(async () => await _database.StatusAsync(leaf) == "down", TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Only_one_of_two_servers_leads_and_the_other_takes_over()
    {
        await Eventually.IsTrueAsync(() => _server.Evaluation.IsLeading);
        var leaf = await _server.LeafAsync("db");
        await using var second = await FoldingServer.StartAsync(_database);
        await _server.ReportAsync("db", "down");
        await second.SettleAsync();
        second.Evaluation.IsLeading.ShouldBeFalse();
        (await _database.TransitionsAsync(leaf)).ShouldBe("unknown>down");
        second.Evaluation.Explain(leaf).ShouldNotBeNull();

        await _server.DisposeAsync();
        await Eventually.IsTrueAsync(() => second.Evaluation.IsLeading);
        await second.ReportAsync("db", "up");
        await second.SettleAsync();
        (await _database.TransitionsAsync(leaf)).ShouldBe("unknown>down down>up");
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_the_database_ends_every_session()
    {
        var leaf = await _server.LeafAsync("db");
        await _server.ReportAsync("db");
        await _server.SettleAsync();
        await _database.EndOtherSessionsAsync();
        await Eventually.IsTrueAsync(async () =>
        {
            try
            {
                return await _server.ReportAsync("db", "down") > 0;
            }
            catch (LogUnavailableException)
            {
                return false;
            }
        });

        await Eventually.IsTrueAsync(async () => await _database.StatusAsync(leaf) == "down", TimeSpan.FromSeconds(20));
        (await _database.TransitionsAsync(leaf)).ShouldBe("unknown>up up>down");
    }

    [Fact]
    public async Task An_absence_is_recorded_once_before_anything_else()
    {
        await _server.SettleAsync();
        await _server.DisposeAsync();
        await _database.ExecuteAsync("update torch.heartbeat set at = now() - interval '1 minute'");

        _server = await FoldingServer.StartAsync(_database);
        (await _database.CountAsync("telemetry.mt_events where type = 'service_resumed'")).ShouldBe(1);
        await _server.DisposeAsync();
        _server = await FoldingServer.StartAsync(_database);
        (await _database.CountAsync("telemetry.mt_events where type = 'service_resumed'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_quiet_system_writes_nothing_but_its_heartbeat()
    {
        await _server.LeafAsync("quiet");
        await _server.SettleAsync();
        await CheckpointIsAtAsync(await _server.Log.HeadAsync(default));
        const string updated = "select last_updated from journal.mt_event_progression where name = 'Evaluator:All'";
        var before = (await _database.TextAsync(updated), await _server.Log.HeadAsync(default));

        await Task.Delay(TimeSpan.FromSeconds(2.5));
        (await _database.TextAsync(updated), await _server.Log.HeadAsync(default)).ShouldBe(before);
    }

    private Task CheckpointIsAtAsync(long position) =>
        Eventually.IsTrueAsync(async () => await _server.Log.CheckpointAsync("Evaluator:All", default) >= position);

    private static Task AppendReportAsync(EventLog log, string source, string status)
    {
        var check = CheckIds.OfSource(source);
        var report = new Torch.Domain.Checks.ReportReceived(check, source, DateTimeOffset.UtcNow, Status: status);
        var data = Torch.Server.Events.EventCodec.Encode(report, Guid.CreateVersion7());
        return log.AppendAsync(
            new AppendRequest { Streams = [new StreamAppend(Log.Telemetry, check, [data], "check")] },
            default
        );
    }
}
