using Torch.Agent.Spool;
using Torch.Contracts;

namespace Torch.Agent.Tests.Spool;

/// <summary>A spool on a real file, and a server that keeps to the rules of deliveries.</summary>
public sealed class SpoolTests : IDisposable
{
    private readonly SpoolFolder _folder = new();
    private readonly TakingServer _server = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_recorded_outlives_the_process_and_comes_in_order()
    {
        using (var first = _folder.Open())
            await Record(first, 0, 2_500);
        using var second = _folder.Open();
        await Record(second, 2_500, 10);
        await DrainAsync(second);
        _server.Numbers.ShouldBe(Enumerable.Range(0, 2_510));
        _server.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_copy_of_the_file_brings_nothing_twice_and_loses_nothing_of_its_own()
    {
        using (var original = _folder.Open())
            await Record(original, 0, 100);
        using var elsewhere = _folder.Copy();
        using (var original = _folder.Open())
        {
            await Record(original, 100, 50);
            await DrainAsync(original);
        }
        using var copy = elsewhere.Open();
        await Record(copy, 1_000, 20);
        await DrainAsync(copy);

        _server.Numbers.ShouldBe(Enumerable.Range(0, 150).Concat(Enumerable.Range(1_000, 20)));
        _server.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_spool_restored_from_a_copy_goes_on_without_loss_or_doubling()
    {
        using (var first = _folder.Open())
        {
            await Record(first, 0, 60);
            _server.Take(first.Peek(40)!);
        }
        using var backup = _folder.Copy();
        using (var second = _folder.Open())
        {
            await Record(second, 60, 10);
            await DrainAsync(second);
        }
        _folder.Restore(backup);
        using var restored = _folder.Open();
        await Record(restored, 200, 10);
        await DrainAsync(restored);

        _server.Numbers.ShouldBe(Enumerable.Range(0, 70).Concat(Enumerable.Range(200, 10)));
    }

    [Fact]
    public async Task An_answer_that_was_lost_doubles_nothing_also_after_a_restart()
    {
        using (var first = _folder.Open())
        {
            await Record(first, 0, 100);
            _server.Take(first.Peek(30)!);
        }
        using var second = _folder.Open();
        await DrainAsync(second);
        _server.Numbers.ShouldBe(Enumerable.Range(0, 100));
        _server.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_restored_from_a_backup_gets_again_what_the_collector_has_not_deleted()
    {
        using var spool = _folder.Open(options => options with { Collects = false });
        await Record(spool, 0, 30);
        await DrainAsync(spool);
        var backUp = new TakingServer();
        await DrainAsync(spool, backUp);
        backUp.Numbers.ShouldBeEmpty("nothing waits");
        await Record(spool, 30, 1);
        await DrainAsync(spool, backUp);
        backUp.Numbers.ShouldBe(Enumerable.Range(0, 31));
    }

    [Fact]
    public async Task The_collector_deletes_what_the_server_has_and_gives_the_disk_back()
    {
        using var spool = _folder.Open();
        await Record(spool, 0, 20_000);
        await Some.Until(() => spool.Condition.Bytes > 6 << 20);
        var full = spool.Condition.Bytes;
        await DrainAsync(spool);
        await Some.Until(() => new FileInfo(_folder.File).Length < full / 2 && _folder.Rows() == 0);
        spool.Condition.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_collector_what_the_server_has_stays()
    {
        using (var spool = _folder.Open(options => options with { Collects = false }))
        {
            await Record(spool, 0, 100);
            await DrainAsync(spool);
        }
        _folder.Rows().ShouldBe(100);
    }

    [Fact]
    public async Task At_the_cap_the_oldest_good_results_go_first_and_each_is_told_as_a_gap_of_its_check()
    {
        const int count = 20_000;
        var bad = Enumerable.Range(0, count).Where(number => number % 100 == 7).ToArray();
        using var spool = _folder.Open(options => options with { MaxBytes = 4 << 20 });
        var checks = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToArray();
        for (var number = 0; number < count; number++)
            spool.Add(
                Some.Result(number) with
                {
                    CheckId = checks[number % 3],
                    Outcome = number % 100 == 7 ? ProbeOutcome.Down : ProbeOutcome.Up,
                }
            );
        await spool.FlushAsync(TestContext.Current.CancellationToken);
        await Some.Until(
            () => spool.Dropped > 1_000 && spool.Condition.Bytes < 6 << 20,
            () => $"{spool.Condition} {spool.Dropped}"
        );
        await DrainAsync(spool);

        _server.Numbers.ShouldBeInOrder();
        _server.Numbers.Where(number => number % 100 == 7).ShouldBe(bad, "only good ones were dropped");
        _server.Gaps.ShouldAllBe(gap => gap.Reason == GapReasons.Full && checks.Contains(gap.CheckId!.Value));
        (_server.Gaps.Sum(gap => gap.Results) + _server.Numbers.Count).ShouldBe(count);
        _server.Gaps.Sum(gap => gap.Results).ShouldBe(spool.Dropped);
    }

    [Fact]
    public async Task Recorded_means_on_the_disk_a_kill_takes_nothing_of_it()
    {
        using var spool = _folder.Open();
        await Record(spool, 0, 500);
        // What a killed process leaves is what the files hold at that moment.
        using var killed = _folder.Copy();
        using var next = killed.Open();
        await Record(next, 500, 5);
        await DrainAsync(next);
        _server.Numbers.ShouldBe(Enumerable.Range(0, 505));
        _server.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task Long_results_that_fill_pages_of_their_own_come_whole()
    {
        var text = new string('x', 30_000);
        using (var first = _folder.Open())
        {
            first.Add(Some.Result(1) with { Text = text });
            await first.FlushAsync(TestContext.Current.CancellationToken);
        }
        using var second = _folder.Open();
        await Some.Until(() => second.Peek(1) is not null);
        second.Peek(1)!.Results[0].Text.ShouldBe(text);
    }

    private static async Task Record(DiskSpool spool, int first, int count)
    {
        for (var number = first; number < first + count; number++)
            spool.Add(Some.Result(number));
        await spool.FlushAsync(TestContext.Current.CancellationToken);
    }

    private Task DrainAsync(DiskSpool spool) => DrainAsync(spool, _server);

    private static async Task DrainAsync(DiskSpool spool, TakingServer server)
    {
        await spool.FlushAsync(TestContext.Current.CancellationToken);
        await Some.Until(() =>
        {
            while (spool.Peek(700) is { } delivery)
                spool.Settle(delivery, server.Take(delivery));
            return spool.Count == 0;
        });
    }
}
