using Torch.EventStore.Chaining;
using Torch.EventStore.Measuring;

namespace Torch.EventStore.Tests;

public sealed class LogMeasureTests(LogFixture fixture) : IClassFixture<LogFixture>
{
    [Fact]
    public async Task The_log_is_measured_as_it_is()
    {
        var stream = Guid.CreateVersion7();
        await fixture.Log.MustAppendAsync(Some.Append(Log.Journal, stream, Some.Events(20)));
        await new JournalChainWriter(fixture.Database.DataSource, key: null).CloseAsync(CancellationToken.None);
        await fixture.Log.MustAppendAsync(Some.Append(Log.Telemetry, stream, Some.Events(300)));
        // As retention cuts a partition: the rest of its positions is never drawn, and counts for no rate.
        var edge = await EdgeAsync();
        await fixture.Database.ExecuteAsync($"select setval('torch_log.positions', {edge - 1})");
        await fixture.Log.MustAppendAsync(
            Some.Append(
                Log.Telemetry,
                stream,
                Enumerable.Range(0, 50).Select(_ => Some.Event("probe_completed")).ToArray()
            )
        );
        await fixture.Database.ExecuteAsync(
            "set session_replication_role = replica; "
                + "update telemetry.mt_events set timestamp = timestamp - interval '2 hours' where seq_id <= 120; "
                + "update journal.mt_events set timestamp = timestamp - interval '2 hours'; reset session_replication_role"
        );

        var stats = await new LogMeasure(fixture.Database.DataSource).RunAsync(CancellationToken.None);

        stats.Head.ShouldBe(edge + 49);
        stats
            .Logs.Select(l => (l.Log, l.Events, l.IsCounted))
            .ShouldBe([(Log.Journal, 20, true), (Log.Telemetry, 350, true)]);
        stats.Logs.ShouldAllBe(l => l.Bytes > 0 && l.BytesPerEvent > 50);
        stats.Rates.Select(r => r.Positions).ShouldBe([250, 250, 370]);
        var partitions = stats.Partitions.Select(p => (p.First, p.Last, p.Events)).ToList();
        partitions[..2].ShouldBe([(21, 320, 300), (edge, edge + 49, 50)]);
        partitions[2..].ShouldAllBe(p => p.First == null && p.Events == 0);
        var chain = stats.Checkpoints.ShouldHaveSingleItem();
        (chain.Name, chain.Position, chain.Behind).ShouldBe((JournalChainWriter.Checkpoint, 20, edge + 29));
        chain.BehindTime.ShouldBeInRange(TimeSpan.FromHours(1.9), TimeSpan.FromHours(2.1));
        stats.Types.Select(t => (t.Type, t.Events)).ShouldBe([("probe_completed", 50)]);
        stats.Chain.ShouldBe(new ChainState(20, 0, 0));
        stats.DatabaseBytes.ShouldBeGreaterThan(1_000_000);
        stats.WalBytes!.Value.ShouldBeGreaterThan(0);
    }

    private async Task<long> EdgeAsync()
    {
        await using var command = fixture.Database.DataSource.CreateCommand(
            "select min(to_position) from torch_log.telemetry_partitions"
        );
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
