using System.Diagnostics;
using Npgsql;

namespace Torch.EventStore.Tests;

/// <summary>What others do on the same PostgreSQL must cost time at most, never an event or its place.</summary>
public sealed class OtherTransactionsTests : IAsyncLifetime
{
    private readonly LogFixture _fixture = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        _limit.Dispose();
    }

    private EventLog Log => _fixture.Log;

    [Theory]
    [InlineData("another database")]
    [InlineData("this database")]
    public async Task A_transaction_left_open_stalls_no_reader(string where)
    {
        await using var idle = new NpgsqlConnection(
            where == "this database" ? _fixture.Database.ConnectionString : await PostgresServer.ConnectionStringAsync()
        );
        await idle.OpenAsync();
        // Both a transaction id and a snapshot: what readers that go by xmin would wait for.
        await ExecuteAsync(idle, "begin isolation level repeatable read; select pg_current_xact_id()");
        await using var tail = new LogTail(Log);

        var appended = await Log.MustAppendAsync(
            Some.Append(EventStore.Log.Telemetry, Guid.CreateVersion7(), Some.Events(500))
        );
        var page = await Log.ReadPageAsync(new PageRead(0));
        var followed = await FollowAsync(tail, appended.Position);
        await ExecuteAsync(idle, "rollback");

        page.Events.Select(e => e.Position).ShouldBe(Enumerable.Range(1, 500).Select(i => (long)i));
        followed.ShouldBe(page.Events.Select(e => e.Position));
    }

    [Fact]
    public async Task A_commit_that_sleeps_four_seconds_holds_others_up_that_long_and_costs_no_event_its_place()
    {
        await _fixture.Database.ExecuteAsync(
            """
            create function public.doze() returns trigger language plpgsql as $$ begin perform pg_sleep(4); return new; end $$;
            create trigger doze before insert on telemetry.mt_events for each row when (new.type = 'sleepy')
                execute function public.doze();
            """
        );
        await using var other = new EventLog(_fixture.Database.DataSource);
        await other.MustAppendAsync(Some.Append(EventStore.Log.Journal, Guid.CreateVersion7(), Some.Event()));
        await using var tail = new LogTail(other);
        var sleepy = Log.AppendAsync(
            Some.Append(EventStore.Log.Telemetry, Guid.CreateVersion7(), Some.Event("sleepy"))
        );
        await Eventually.IsTrueAsync(() =>
            _fixture.Database.CountAsync(
                "pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()"
            )
        );

        var begun = Stopwatch.GetTimestamp();
        var others = Enumerable
            .Range(0, 40)
            .Select(i =>
                (i % 2 == 0 ? Log : other).MustAppendAsync(
                    Some.Append(EventStore.Log.Telemetry, Guid.CreateVersion7(), Some.Event())
                )
            );
        var appended = await Task.WhenAll(others);
        var waited = Stopwatch.GetElapsedTime(begun);

        waited.ShouldBeLessThan(TimeSpan.FromSeconds(30), "forty of them do not wait one after the other");
        var first = (await sleepy).ShouldBeOfType<AppendOutcome.Appended>();
        appended.ShouldAllBe(a => a.Position > first.Position);
        var head = appended.Max(a => a.Position);
        (await FollowAsync(tail, head)).ShouldBe(Enumerable.Range(1, 42).Select(i => (long)i));
    }

    private async Task<List<long>> FollowAsync(LogTail tail, long until)
    {
        var seen = new List<long>();
        await foreach (var page in tail.FollowAsync(0, _limit.Token))
        {
            seen.AddRange(page.Events.Select(e => e.Position));
            if (page.Through >= until)
                break;
        }
        return seen;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
