using System.Diagnostics;
using System.Globalization;
using Torch.Contracts;

namespace Torch.Agent.Tests.Spool;

/// <summary>Whatever becomes of the files: the spool opens, sends nothing that is damaged, and says how much is missing.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Count = 1_200;
    private const int Taken = 200;

    // The drill of docs/operations.md says how many.
    private static readonly string? Asked = Environment.GetEnvironmentVariable("TORCH_DRILL_DAMAGES");
    private static readonly bool IsDrill = Asked is not null;
    private static readonly int Rounds = IsDrill ? int.Parse(Asked!, CultureInfo.InvariantCulture) : 15;

    private readonly SpoolFolder _sound = new();
    private TimeSpan _slowest;
    private long _lost;
    private Guid _spoolId;

    public void Dispose() => _sound.Dispose();

    [Fact]
    public async Task Flipped_bits_and_truncations_cost_only_what_they_hit_and_are_told()
    {
        var expected = await RecordAsync();
        var random = new Random(20261121);
        for (var round = 0; round < Rounds; round++)
            await CheckAsync(expected, random, round);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Rounds} damages: {_lost} of {(long)Rounds * expected.Count} results lost, all counted; the slowest start {_slowest.TotalMilliseconds:0} ms"
        );
        _slowest.ShouldBeLessThan(TimeSpan.FromSeconds(IsDrill ? 5 : 60));
    }

    [Fact]
    public async Task A_file_that_is_no_database_any_more_is_set_aside_and_what_it_holds_is_rescued()
    {
        var expected = await RecordAsync();
        using var damaged = _sound.Copy();
        // Opened and closed, all is in the file and nothing in the log.
        damaged.Open(options => options with { Collects = false }).Dispose();
        Overwrite(damaged.File, 0, new byte[100]);
        var server = await DeliverAsync(damaged, expected);
        server.Results.Select(r => r.Id).ShouldBe(expected.Select(r => r.Id));
        server.Gaps.ShouldBeEmpty();
        File.Exists(damaged.File + ".damaged").ShouldBeTrue();
    }

    [Fact]
    public async Task Files_that_are_gone_are_missed_by_what_the_mark_says()
    {
        await RecordAsync();
        using var damaged = _sound.Copy();
        File.Delete(damaged.File);
        File.Delete(damaged.File + "-wal");
        var server = await DeliverAsync(damaged, []);
        server.Results.ShouldBeEmpty();
        var gap = server.Gaps.ShouldHaveSingleItem();
        (gap.Results, gap.Reason, gap.CheckId).ShouldBe((Count + 1 - Taken, GapReasons.Damaged, null));
    }

    [Fact]
    public async Task A_log_cut_short_loses_its_end_and_says_so()
    {
        var expected = await RecordAsync();
        using var damaged = _sound.Copy();
        using (var log = File.OpenWrite(damaged.File + "-wal"))
            log.SetLength(log.Length / 2);
        var server = await DeliverAsync(damaged, expected);
        server.Results.Count.ShouldBeLessThan(expected.Count);
        (server.Results.Count + server.Gaps.Sum(gap => gap.Results)).ShouldBe(expected.Count);
    }

    private async Task CheckAsync(IReadOnlyList<ProbeCompleted> expected, Random random, int round)
    {
        using var damaged = _sound.Copy();
        var files = Directory
            .GetFiles(damaged.Folder)
            .Where(f => !f.EndsWith("-shm", StringComparison.Ordinal))
            .Order();
        var what = Damage.Do(files.ToArray()[round % 3], random);
        var server = await DeliverAsync(damaged, expected, what);
        var sent = server.Results.Select(result => result.Id).ToHashSet();
        var lost = expected.Count(result => !sent.Contains(result.Id));
        _lost += lost;
        server.Results.Count.ShouldBe(sent.Count, what);
        server.Gaps.Sum(gap => gap.Results).ShouldBe(lost, what);
        server.Gaps.ShouldAllBe(gap => gap.Reason == GapReasons.Damaged);
    }

    private async Task<TakingServer> DeliverAsync(
        SpoolFolder folder,
        IReadOnlyList<ProbeCompleted> expected,
        string what = ""
    )
    {
        var server = new TakingServer();
        server.Stand(_spoolId, Taken);
        var start = Stopwatch.StartNew();
        using var spool = folder.Open();
        spool.Add(Some.Result(-1));
        await spool.FlushAsync(TestContext.Current.CancellationToken);
        _slowest = start.Elapsed > _slowest ? start.Elapsed : _slowest;
        await Some.Until(() =>
        {
            while (spool.Peek(300) is { } delivery)
                spool.Settle(delivery, server.Take(delivery));
            return server.Results.Any(result => result.StatusCode == -1);
        });
        server.Results.RemoveAt(server.Results.Count - 1);
        var known = expected.ToDictionary(result => result.Id);
        server.Results.ShouldAllBe(
            result => known[result.Id].Text == result.Text && known[result.Id].At == result.At,
            what
        );
        return server;
    }

    /// <summary>A spool as a killed agent leaves it: part in the file, part in the log, some of it at the server already.</summary>
    private async Task<IReadOnlyList<ProbeCompleted>> RecordAsync()
    {
        using var live = new SpoolFolder();
        var results = Enumerable
            .Range(0, Count + 1)
            .Select(number => Some.Result(number) with { Text = new string((char)('a' + (number % 26)), number) })
            .ToList();
        using var spool = live.Open(options => options with { Collects = false });
        foreach (var part in results.Take(Count).Chunk(100))
        {
            foreach (var result in part)
                spool.Add(result);
            await spool.FlushAsync(TestContext.Current.CancellationToken);
        }
        var taken = spool.Peek(Taken)!;
        spool.Settle(taken, taken.To);
        _spoolId = taken.SpoolId;
        spool.Add(results[Count]);
        await spool.FlushAsync(TestContext.Current.CancellationToken);
        _sound.Restore(live);
        return [.. results.Skip(Taken)];
    }

    private static void Overwrite(string path, long at, byte[] bytes)
    {
        using var file = File.OpenWrite(path);
        file.Position = at;
        file.Write(bytes);
    }
}
