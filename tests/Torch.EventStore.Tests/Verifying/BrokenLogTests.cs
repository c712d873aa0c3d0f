using Torch.EventStore.Verifying;

namespace Torch.EventStore.Tests.Verifying;

public sealed class BrokenLogTests : VerifiedLog
{
    [Fact]
    public async Task A_changed_head_of_a_stream_is_found()
    {
        await TamperAsync($"update telemetry.mt_streams set version = 7 where id = '{Watched}'");

        var finding = Only(await VerifyAsync());

        (finding.Check, finding.Stream, finding.Log).ShouldBe(("heads", Watched, EventStore.Log.Telemetry));
        (finding.Expected, finding.Found, finding.Position).ShouldBe(("version 10", "version 7", 25L));
    }

    [Fact]
    public async Task A_lost_newest_event_is_found_by_its_streams_row_and_by_those_who_have_read_it()
    {
        await TamperAsync("delete from telemetry.mt_events where seq_id = 25");

        var report = await VerifyAsync();

        report
            .Findings.Select(f => (f.Check, f.Expected, f.Found))
            .ShouldBe([("heads", "version 9", "version 10"), ("checkpoints", "at most 24", "25")]);
    }

    [Fact]
    public async Task A_stream_without_its_row_is_found()
    {
        await TamperAsync($"delete from telemetry.mt_streams where id = '{Watched}'");

        var finding = Only(await VerifyAsync());

        (finding.Check, finding.What, finding.Stream).ShouldBe(("heads", "a stream has events but no row", Watched));
    }

    [Fact]
    public async Task A_hole_in_the_telemetry_is_found_where_it_ends()
    {
        await TamperAsync("delete from telemetry.mt_events where seq_id in (18, 19)");

        var finding = Only(await VerifyAsync());

        (finding.Check, finding.Position, finding.Stream).ShouldBe(("versions", 20L, Watched));
        (finding.Expected, finding.Found).ShouldBe(("3", "5"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10_000)]
    public async Task A_position_of_both_logs_is_found_even_at_the_edge_of_a_page(int pageSize)
    {
        await TamperAsync("update telemetry.mt_events set seq_id = 15 where seq_id = 16");

        var report = await VerifyAsync(pageSize);

        Only(report).ShouldSatisfyAllConditions(f => f.Check.ShouldBe("order"), f => f.Position.ShouldBe(15));
    }

    [Fact]
    public async Task A_timestamp_that_goes_back_is_found()
    {
        await TamperAsync("update telemetry.mt_events set timestamp = '2001-02-03T04:05:06.789Z' where seq_id = 20");

        var finding = Only(await VerifyAsync());

        (finding.Check, finding.Position).ShouldBe(("timestamps", 20L));
        finding.Found.ShouldBe("2001-02-03T04:05:06.789000Z");
    }

    [Fact]
    public async Task A_checkpoint_beyond_the_log_is_found()
    {
        await TamperAsync("insert into journal.mt_event_progression (name, last_seq_id) values ('Nodes:All', 26)");

        var finding = Only(await VerifyAsync());

        (finding.Check, finding.What).ShouldBe(("checkpoints", "Nodes:All stands beyond the log"));
        (finding.Expected, finding.Found).ShouldBe(("at most 25", "26"));
    }

    [Fact]
    public async Task Sequences_that_were_set_back_are_found()
    {
        await TamperAsync("select setval('torch_log.positions', 24), setval('torch_log.clock', 1)");

        var report = await VerifyAsync();

        report
            .Findings.Select(f => f.What)
            .ShouldBe(["torch_log.positions is behind the log", "torch_log.clock is behind the log"]);
    }

    [Fact]
    public async Task A_partition_that_is_not_what_the_catalogue_says_is_found()
    {
        await TamperAsync("alter table telemetry.mt_events detach partition telemetry.mt_events_2000000");
        await TamperAsync(
            "alter table telemetry.mt_events_1000000 drop constraint range_mt_events_1000000, add check (seq_id >= 1000000 and seq_id < 2000001)"
        );

        var report = await VerifyAsync();

        report
            .Findings.Select(f => (f.Check, f.Position, f.Expected, f.Found))
            .ShouldBe([
                ("partitions", 1_000_000L, "[1000000, 2000000)", "[1000000, 2000001)"),
                ("partitions", 2_000_000L, "[2000000, 3000000)", "none"),
            ]);
    }

    [Fact]
    public async Task What_retention_has_dropped_is_not_missed()
    {
        await Database.ExecuteAsync("select setval('torch_log.positions', 1000000)");
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, Watched, Some.Events(3)));
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, Guid.CreateVersion7(), Some.Events(3)));
        await Database.ExecuteAsync(
            """
            drop table telemetry.mt_events_0;
            delete from torch_log.telemetry_partitions where name = 'mt_events_0'
            """
        );

        var report = await VerifyAsync();

        report.Findings.ShouldBeEmpty();
        report.TelemetryEvents.ShouldBe(6);
    }

    [Fact]
    public async Task A_log_that_is_written_to_meanwhile_is_sound()
    {
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => WriteAsync(stop.Token)));
        for (var i = 0; i < 10; i++)
            (await VerifyAsync(pageSize: 50)).Findings.ShouldBeEmpty();
        await stop.CancelAsync();
        await writing;

        (await VerifyAsync()).Findings.ShouldBeEmpty();
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        Guid[] streams = [First, Second, Watched, Guid.CreateVersion7()];
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var log = i % 5 == 0 ? EventStore.Log.Journal : EventStore.Log.Telemetry;
            await Log.MustAppendAsync(Some.Append(log, streams[i % 4], Some.Events(3)));
        }
    }

    private static Finding Only(VerifyReport report)
    {
        report.TotalFindings.ShouldBe(1, string.Join('\n', report.Findings));
        return report.Findings[0];
    }
}
