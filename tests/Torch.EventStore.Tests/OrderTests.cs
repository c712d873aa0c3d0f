using System.Diagnostics;

namespace Torch.EventStore.Tests;

public sealed class OrderTests : IAsyncLifetime
{
    private readonly LogFixture _fixture = new();

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private EventLog Log => _fixture.Log;

    [Fact]
    public async Task Time_never_decreases_along_positions_even_when_the_clock_has_stepped_back()
    {
        await _fixture.Database.ExecuteAsync(
            "select setval('torch_log.clock', (extract(epoch from now() + interval '1 hour') * 1000000)::bigint)"
        );
        var stream = Guid.CreateVersion7();

        var first = await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, stream, Some.Event()));
        var second = await Log.MustAppendAsync(Some.Append(EventStore.Log.Journal, stream, Some.Event()));

        first.Timestamp.ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(50));
        second.Timestamp.ShouldBe(first.Timestamp);
    }

    [Fact]
    public async Task A_commit_beyond_the_last_partition_makes_the_next_ones_itself()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("select setval('torch_log.positions', 2999998)");
        // More events than the two partitions that maintenance may have made already would take.
        await using var log = new EventLog(database.DataSource, new EventLogOptions { PartitionWidth = 1_000 });
        var stream = Guid.CreateVersion7();

        await log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, stream, Some.Events(2_500)));

        (await log.ReadStreamAsync(new StreamRead(EventStore.Log.Telemetry, stream))).Count.ShouldBe(2_500);
    }

    [Fact]
    public async Task More_requests_than_the_queue_takes_are_refused_at_once()
    {
        await using var small = new EventLog(_fixture.Database.DataSource, new EventLogOptions { MaxWaiting = 10 });
        await using var blocker = await _fixture.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await using (var command = new Npgsql.NpgsqlCommand("select pg_advisory_xact_lock(8391177341250815)", blocker))
            await command.ExecuteNonQueryAsync();

        var waiting = Enumerable
            .Range(0, 50)
            .Select(_ => small.AppendAsync(Some.Append(EventStore.Log.Journal, Guid.CreateVersion7(), Some.Event())))
            .ToList();
        var busy = waiting.Where(t => t.IsFaulted).ToList();
        await transaction.RollbackAsync();

        // Ten may be on their way, and ten wait.
        busy.Count.ShouldBeGreaterThanOrEqualTo(30);
        busy.ShouldAllBe(t => t.Exception!.InnerException is LogBusyException);
        (await Task.WhenAll(waiting.Except(busy))).ShouldAllBe(o => o is AppendOutcome.Appended);
    }

    [Fact]
    public async Task A_commit_whose_backend_is_killed_is_settled_by_its_ids()
    {
        var stream = Guid.CreateVersion7();
        using var done = new CancellationTokenSource();
        var killing = KillWritersAsync(done.Token);
        var acknowledged = new List<long>();
        var time = Stopwatch.StartNew();
        while (time.Elapsed < TimeSpan.FromSeconds(acknowledged.Count > 10 ? 2 : 30))
        {
            try
            {
                var appended = await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, stream, Some.Events(3)));
                acknowledged.Add(appended.Position);
            }
            catch (LogUnavailableException)
            {
                // Not acknowledged: it may be there or not.
            }
        }
        await done.CancelAsync();
        await killing;

        var read = await Log.ReadStreamAsync(new StreamRead(EventStore.Log.Telemetry, stream));
        read.Select(e => e.Version).ShouldBe(Enumerable.Range(1, read.Count).Select(v => (long)v));
        read.Select(e => e.Id).Distinct().Count().ShouldBe(read.Count);
        acknowledged.Except(read.Select(e => e.Position)).ShouldBeEmpty();
        acknowledged.Count.ShouldBeGreaterThan(10);
    }

    private async Task KillWritersAsync(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await Task.Delay(30, CancellationToken.None);
            await _fixture.Database.ExecuteAsync(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'torch-writer-%' and datname = current_database()"
            );
        }
    }
}
