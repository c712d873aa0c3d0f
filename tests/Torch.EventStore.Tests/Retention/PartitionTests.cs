using Npgsql;
using Torch.EventStore.Retention;

namespace Torch.EventStore.Tests.Retention;

public sealed class PartitionTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly Guid _check = Guid.CreateVersion7();
    private TestDatabase _database = null!;
    private EventLog _log = null!;
    private TelemetryPartitions _partitions = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _log = new EventLog(_database.DataSource);
        _partitions = new TelemetryPartitions(_database.DataSource);
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_partition_that_is_old_enough_is_closed_and_the_next_append_goes_into_the_next_one()
    {
        await AppendAsync(3);
        (await _partitions.CloseAsync(Day, Token)).ShouldBeNull();
        (await _partitions.CloseAsync(TimeSpan.Zero, Token)).ShouldBe("mt_events_0");
        var next = await AppendAsync(2);
        await _partitions.MeasureAsync(Token);

        var partitions = await _partitions.ListAsync(Token);
        next.Position.ShouldBe(partitions[1].FromPosition + 1);
        var contents = partitions[0].Contents.ShouldNotBeNull();
        contents.Rows.ShouldBe(3);
        (contents.First!.Position, contents.Last!.Position).ShouldBe((1, 3));
        partitions[1].Contents.ShouldBeNull();
        (await _log.ReadPageAsync(new PageRead(0))).Events.Select(e => e.Version).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task There_is_nothing_to_close_in_an_empty_partition()
    {
        (await _partitions.CloseAsync(TimeSpan.Zero, Token)).ShouldBeNull();
        await _log.MustAppendAsync(Some.Append(Log.Journal, Guid.CreateVersion7(), Some.Events(3)));
        (await _partitions.CloseAsync(TimeSpan.Zero, Token)).ShouldBeNull();
        await AppendAsync(1);
        (await _partitions.CloseAsync(TimeSpan.Zero, Token)).ShouldBe("mt_events_0");
        (await _partitions.CloseAsync(TimeSpan.Zero, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_server_killed_after_the_switch_or_before_the_next_partition_leaves_nothing_to_mend()
    {
        // Killed between the switch and the measuring, again and again, without partitions made ahead: each run goes on by itself.
        for (var i = 0; i < 4; i++)
        {
            await AppendAsync(5);
            await _partitions.CloseAsync(TimeSpan.Zero, Token);
        }
        await AppendAsync(1);
        await _partitions.MeasureAsync(Token);

        var closed = (await _partitions.ListAsync(Token)).Where(p => p.Contents is not null).ToList();
        closed.Sum(p => p.Contents!.Rows).ShouldBeGreaterThanOrEqualTo(10);
        (await _log.ReadPageAsync(new PageRead(0)))
            .Events.Select(e => e.Version)
            .ShouldBe(Enumerable.Range(1, 21).Select(v => (long)v));
    }

    [Fact]
    public async Task The_next_partitions_are_made_to_measure()
    {
        await AppendAsync(3);
        await _partitions.CloseAsync(TimeSpan.Zero, Token);
        await _partitions.MeasureAsync(Token);
        await _database.ExecuteAsync(
            "update torch_log.telemetry_partitions set last_position = 400000, last_time = first_time + interval '1 day' where row_count > 0"
        );
        await AppendAsync(1);
        await _database.ExecuteAsync("select torch_log.keep_telemetry_partitions_ahead(10000000)");

        var newest = (await _partitions.ListAsync(Token))[^1];
        (newest.ToPosition - newest.FromPosition).ShouldBe(800_000);
    }

    [Fact]
    public async Task Appends_and_reads_go_on_while_a_partition_is_dropped()
    {
        await AppendAsync(1_000);
        await _partitions.CloseAsync(TimeSpan.Zero, Token);
        await AppendAsync(10);
        await _partitions.MeasureAsync(Token);
        using var stop = new CancellationTokenSource();
        var writing = WriteUntilAsync(stop.Token);
        var reading = ReadUntilAsync(stop.Token);

        await _partitions.DropAsync((await _partitions.ListAsync(Token))[0], Token);

        await stop.CancelAsync();
        (await writing).ShouldBeGreaterThan(0);
        (await reading).ShouldBeGreaterThan(0);
        (await _partitions.ListAsync(Token)).ShouldNotContain(p => p.Name == "mt_events_0");
        (await _database.CountAsync("telemetry.mt_events where seq_id <= 1000")).ShouldBe(0);
        (await AppendAsync(1)).Versions[0].ShouldBe(1_011 + await writing);
    }

    [Fact]
    public async Task An_interrupted_detachment_is_finalised_by_the_next_run()
    {
        await AppendAsync(10);
        await _partitions.CloseAsync(TimeSpan.Zero, Token);
        await AppendAsync(10);
        await _partitions.MeasureAsync(Token);
        var oldest = (await _partitions.ListAsync(Token))[0];
        await using (var reader = await _database.DataSource.OpenConnectionAsync(Token))
        {
            // A reader that does not let go: the detachment begins, cannot end, and gives up.
            await using var transaction = await reader.BeginTransactionAsync(Token);
            await using var look = new NpgsqlCommand("select count(*) from telemetry.mt_events", reader);
            (await look.ExecuteScalarAsync(Token)).ShouldBe(20L);
            var refused = await Should.ThrowAsync<PostgresException>(() => _partitions.DropAsync(oldest, Token));
            refused.SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
            (await _partitions.ListAsync(Token))[0].State.ShouldBe(PartitionState.Detaching);
            await AppendAsync(1);
        }

        await _partitions.DropAsync(oldest, Token);

        (await _partitions.ListAsync(Token)).ShouldNotContain(p => p.Name == oldest.Name);
        (await _log.ReadPageAsync(new PageRead(0))).Events.Count.ShouldBe(11);
    }

    [Fact]
    public async Task A_server_killed_between_detachment_and_drop_is_mended_by_the_next_run()
    {
        await AppendAsync(10);
        await _partitions.CloseAsync(TimeSpan.Zero, Token);
        await AppendAsync(1);
        await _partitions.MeasureAsync(Token);
        var oldest = (await _partitions.ListAsync(Token))[0];
        await _database.ExecuteAsync(
            "alter table telemetry.mt_events detach partition telemetry.mt_events_0 concurrently"
        );
        (await _partitions.ListAsync(Token))[0].State.ShouldBe(PartitionState.Detached);
        await _partitions.DropAsync(oldest, Token);
        await _partitions.DropAsync(oldest, Token);

        (await _partitions.ListAsync(Token)).ShouldNotContain(p => p.Name == oldest.Name);
        (await _database.CountAsync("pg_class where relname = 'mt_events_0'")).ShouldBe(0);
    }

    [Fact]
    public async Task Of_several_servers_one_closes_a_partition()
    {
        await AppendAsync(10);
        var closed = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => _partitions.CloseAsync(TimeSpan.Zero, Token)))
        );
        closed.Count(name => name is not null).ShouldBe(1);
        (await AppendAsync(1)).Position.ShouldBe((await _partitions.ListAsync(Token))[1].FromPosition);
    }

    private async Task<long> WriteUntilAsync(CancellationToken stop)
    {
        var written = 0L;
        while (!stop.IsCancellationRequested)
        {
            await AppendAsync(1);
            written++;
        }
        return written;
    }

    private async Task<long> ReadUntilAsync(CancellationToken stop)
    {
        var reads = 0L;
        while (!stop.IsCancellationRequested)
        {
            (await _log.ReadPageAsync(new PageRead(1_000_000 - 1, 100))).Events.Count.ShouldBeGreaterThanOrEqualTo(10);
            reads++;
        }
        return reads;
    }

    private Task<AppendOutcome.Appended> AppendAsync(int events) =>
        _log.MustAppendAsync(Some.Append(Log.Telemetry, _check, Some.Events(events)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
