using Torch.Agent.Spool;
using Torch.Contracts;

namespace Torch.Agent.Tests.Spool;

/// <summary>SQLite finds no room on the disk, for a while.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const long Plenty = 1L << 40;

    private readonly SpoolFolder _folder = new();
    private readonly TakingServer _server = new();
    private long _room = Plenty;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task While_the_disk_is_full_results_are_delivered_from_memory_and_with_room_again_they_are_on_the_disk()
    {
        using var spool = Open();
        await AddAsync(spool, 0, 50);
        _room = 0;
        await AddAsync(spool, 50, 2_000);
        await Some.Until(() => spool.Condition.Fault is not null && spool.Peek(500)?.Results.Count == 500);
        spool.Condition.Fault!.ShouldContain("full");
        var first = spool.Peek(500)!;
        spool.Settle(first, _server.Take(first));
        _server.Numbers.ShouldBe(Enumerable.Range(0, 500));

        _room = Plenty;
        await Some.Until(() => spool.Condition.Fault is null);
        await AddAsync(spool, 2_050, 10);
        // What a killed process leaves is what the files hold at that moment.
        using var killed = _folder.Copy();
        using var next = killed.Open();
        Drain(next);
        _server.Numbers.ShouldBe(Enumerable.Range(0, 2_060));
        _server.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_spool_cannot_even_be_opened_for_is_delivered_from_memory_and_the_rest_recorded_once_it_can()
    {
        var inTheWay = Obstacle();
        using var spool = _folder.Open(options => options with { File = Path.Combine(inTheWay, "spool.db") });
        spool.Add(Some.Result(1));
        await Some.Until(() => spool.Condition.Fault is not null && spool.Peek(10) is not null);
        var first = spool.Peek(10)!;
        first.SpoolId.ShouldNotBe(spool.Id);
        spool.Add(Some.Result(2));
        await Some.Until(() => spool.Count == 2 && spool.Peek(1)!.To == 1);
        spool.Settle(first, _server.Take(first));
        File.Delete(inTheWay);
        await Some.Until(() => spool.Condition.Fault is null);
        await AddAsync(spool, 3, 1);
        Drain(spool);
        _server.Numbers.ShouldBe([1, 2, 3]);
        _server.Gaps.ShouldBeEmpty();
        spool.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_spool_that_stays_closed_keeps_no_more_than_memory_may_hold_and_tells_what_it_dropped()
    {
        var inTheWay = Obstacle();
        using var spool = _folder.Open(options =>
            options with
            {
                File = Path.Combine(inTheWay, "spool.db"),
                MaxUnrecordedBytes = 10_000,
            }
        );
        for (var number = 0; number < 25; number++)
            spool.Add(Some.Result(number));
        await Some.Until(() => spool.Dropped == 15);
        Drain(spool);
        _server.Numbers.ShouldBe(Enumerable.Range(15, 10));
        _server.Gaps.Sum(gap => gap.Results).ShouldBe(15);
    }

    [Fact]
    public async Task What_memory_cannot_hold_meanwhile_is_dropped_good_results_first_and_told()
    {
        const int count = 5_000;
        using var spool = Open(options => options with { MaxUnrecordedBytes = 1 << 20 });
        await AddAsync(spool, 0, 1);
        _room = 0;
        var check = Guid.CreateVersion7();
        for (var number = 1; number < count; number++)
            spool.Add(
                Some.Result(number) with
                {
                    CheckId = check,
                    Outcome = number % 50 == 0 ? ProbeOutcome.Down : ProbeOutcome.Up,
                }
            );
        await Some.Until(() => spool.Dropped > 0);
        _room = Plenty;
        await Some.Until(() => spool.Condition.Fault is null);
        await spool.FlushAsync(TestContext.Current.CancellationToken);
        Drain(spool);
        _server.Numbers.ShouldBeInOrder();
        _server.Numbers.Count(number => number % 50 == 0).ShouldBe(count / 50, "only good ones were dropped");
        var gap = _server.Gaps.ShouldHaveSingleItem();
        (gap.CheckId, gap.Reason).ShouldBe((check, GapReasons.Full));
        (gap.Results, gap.Results + _server.Numbers.Count).ShouldBe((spool.Dropped, count));
    }

    [Fact]
    public async Task What_was_dropped_of_many_checks_takes_no_room_of_its_own_for_ever()
    {
        const int checkCount = 3_000;
        var checks = Enumerable.Range(0, checkCount).Select(_ => Guid.CreateVersion7()).ToArray();
        const int count = 40_000;
        using (var spool = _folder.Open(options => options with { MaxBytes = 1 << 20 }))
        {
            for (var number = 0; number < count; number++)
                spool.Add(Some.Result(number) with { CheckId = checks[number % checkCount] });
            await Some.Until(() => spool.Dropped > 30_000, () => spool.Dropped.ToString());
        }
        _folder.Rows("drops").ShouldBeLessThan(18_000);
        using var next = _folder.Open();
        Drain(next);
        _server.Gaps.Count.ShouldBe(_server.Gaps.DistinctBy(gap => gap.CheckId).Count(), "one gap per check");
        (_server.Gaps.Sum(gap => gap.Results) + _server.Numbers.Count).ShouldBe(count);
        _server.Gaps.ShouldAllBe(gap => gap.Reason == GapReasons.Full && checks.Contains(gap.CheckId!.Value));
    }

    [Fact]
    public async Task A_delivery_stays_below_what_a_server_takes_however_long_its_results_are()
    {
        var text = new string('x', 16_000);
        using (var spool = _folder.Open())
            for (var number = 0; number < 1_000; number++)
                spool.Add(Some.Result(number) with { Text = text });
        using var next = _folder.Open();
        await Some.Until(() => next.Peek(1) is not null);
        var most = 0L;
        while (next.Peek(5_000) is { } delivery)
        {
            most = Math.Max(most, delivery.Results.Sum(result => (long)result.Text!.Length));
            next.Settle(delivery, _server.Take(delivery));
        }
        most.ShouldBeInRange(5 << 20, 7 << 20);
        _server.Numbers.ShouldBe(Enumerable.Range(0, 1_000));
        _server.Gaps.ShouldBeEmpty();
    }

    private string Obstacle()
    {
        var path = Path.Combine(_folder.Folder, "here");
        File.WriteAllText(path, "");
        return path;
    }

    private DiskSpool Open(Func<SpoolOptions, SpoolOptions>? with = null) =>
        _folder.Open(options =>
        {
            var limited = options with { Room = () => Interlocked.Read(ref _room) };
            return with?.Invoke(limited) ?? limited;
        });

    private static async Task AddAsync(DiskSpool spool, int first, int count)
    {
        for (var number = first; number < first + count; number++)
            spool.Add(Some.Result(number));
        await spool.FlushAsync(TestContext.Current.CancellationToken);
    }

    private void Drain(DiskSpool spool)
    {
        SpinWait.SpinUntil(() => spool.Peek(1) is not null, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        while (spool.Peek(700) is { } delivery)
            spool.Settle(delivery, _server.Take(delivery));
    }
}
