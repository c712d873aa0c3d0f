namespace Torch.EventStore.Tests;

public sealed class LogTailTests : IAsyncLifetime
{
    private readonly LogFixture _fixture = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private async Task<long> AppendAsync(int count) =>
        (
            await _fixture.Log.MustAppendAsync(Some.Append(Log.Telemetry, Guid.CreateVersion7(), Some.Events(count)))
        ).Position;

    private async Task<List<long>> FollowAsync(LogTail tail, long after, long until)
    {
        var seen = new List<long>();
        await foreach (var page in tail.FollowAsync(after, _limit.Token))
        {
            seen.AddRange(page.Events.Select(e => e.Position));
            if (page.Through >= until)
                break;
        }
        return seen;
    }

    [Fact]
    public async Task A_follower_reads_history_and_then_what_comes_without_a_gap_or_a_double()
    {
        await using var tail = new LogTail(_fixture.Log);
        await AppendAsync(2_500);
        var following = FollowAsync(tail, 0, 2_800);

        for (var i = 0; i < 300; i++)
            await AppendAsync(1);

        (await following).ShouldBe(Enumerable.Range(1, 2_800).Select(i => (long)i));
    }

    [Fact]
    public async Task An_empty_log_is_live_at_once()
    {
        await using var tail = new LogTail(_fixture.Log);

        await foreach (var page in tail.FollowAsync(0, _limit.Token))
        {
            page.ShouldSatisfyAllConditions(p => p.Events.ShouldBeEmpty(), p => p.IsLive.ShouldBeTrue());
            break;
        }
    }

    [Fact]
    public async Task A_commit_of_this_process_wakes_the_follower_without_waiting_for_the_poll()
    {
        await using var tail = new LogTail(_fixture.Log, new LogTailOptions { PollInterval = TimeSpan.FromHours(1) });
        var warm = await AppendAsync(1);
        await FollowAsync(tail, 0, warm);

        var following = FollowAsync(tail, warm, warm + 1);
        await AppendAsync(1);

        (await following.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe([warm + 1]);
    }

    [Fact]
    public async Task A_commit_of_another_process_wakes_the_follower_without_waiting_for_the_poll()
    {
        await using var tail = new LogTail(_fixture.Log, new LogTailOptions { PollInterval = TimeSpan.FromHours(1) });
        await using var other = new EventLog(_fixture.Database.DataSource);
        var warm = await AppendAsync(1);
        await FollowAsync(tail, 0, warm);
        await Eventually.IsTrueAsync(() =>
            _fixture.Database.CountAsync("pg_stat_activity where query = 'listen torch_log'")
        );

        var following = FollowAsync(tail, warm, warm + 1);
        await other.MustAppendAsync(Some.Append(Log.Journal, Guid.CreateVersion7(), Some.Event()));

        (await following.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe([warm + 1]);
    }

    [Fact]
    public async Task Followers_far_behind_the_kept_pages_read_the_database_and_join_the_others()
    {
        var small = new LogTailOptions { RecentEvents = 20, PageSize = 10 };
        await using var tail = new LogTail(_fixture.Log, small);
        var first = FollowAsync(tail, 0, 500);
        for (var i = 0; i < 50; i++)
            await AppendAsync(10);

        var late = FollowAsync(tail, 100, 500);

        (await first).ShouldBe(Enumerable.Range(1, 500).Select(i => (long)i));
        (await late).ShouldBe(Enumerable.Range(101, 400).Select(i => (long)i));
    }

    [Fact]
    public async Task Losing_every_connection_costs_no_event()
    {
        await using var tail = new LogTail(_fixture.Log);
        var following = FollowAsync(tail, 0, 40);

        for (var i = 0; i < 4; i++)
        {
            await AppendAsync(10);
            await _fixture.Database.EndOtherSessionsAsync();
        }

        (await following).Distinct().Count().ShouldBe(40);
    }
}
